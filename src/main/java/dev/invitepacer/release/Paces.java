package dev.invitepacer.release;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Tells what the pacer does now with accounts, and why: four statements, however many they are. */
@ApplicationScoped
public class Paces {
    private final Situations situations;

    Paces(Situations situations) {
        this.situations = situations;
    }

    /** Of those accounts that there are, in no order. */
    public List<PacingView> of(Collection<String> accounts, Instant now) {
        situations.planOnce();
        List<Situation> known = situations.of(accounts, now);
        Map<String, Backlog> backlogs = situations.backlogs(known, now);
        return known.stream()
                .map(situation -> PacingView.of(situation, backlogs.get(situation.account()), now))
                .toList();
    }
}
