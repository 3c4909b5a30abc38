package dev.invitepacer.release;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import dev.invitepacer.account.Accounts;

/** Tells what the pacer does now with accounts, and why: four statements, however many they are. */
@ApplicationScoped
public class Paces {
    private final Accounts accounts;
    private final Situations situations;

    Paces(Accounts accounts, Situations situations) {
        this.accounts = accounts;
        this.situations = situations;
    }

    /** Of those accounts that there are, in no order. */
    public List<PacingView> of(Collection<String> names, Instant now) {
        accounts.planOnce();
        List<Situation> known = situations.of(names, now);
        Map<String, Backlog> backlogs = situations.backlogs(known, now);
        return known.stream()
                .map(situation -> PacingView.of(situation, backlogs.get(situation.account()), now))
                .toList();
    }
}
