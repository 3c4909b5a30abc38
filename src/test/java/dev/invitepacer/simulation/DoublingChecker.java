package dev.invitepacer.simulation;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.invitepacer.invitation.Invitation;

/** Nothing is done twice: no person has two live invitations, and outside nobody was invited twice by one of them. */
final class DoublingChecker implements Checker {
    @Override
    public void committed(Unit unit, Instant now, Consumer<String> finding) {
        for (Invitation one : unit.invitations.values()) {
            if (one.state.isLive()) {
                for (long other : unit.rows.byProfile.get(one.profile)) {
                    if (other != one.id && unit.rows.live.containsKey(other)) {
                        finding.accept(unit.rows.account + ": " + one.id + " and " + other + " are both live, to "
                                + one.profile + ", by " + unit.work);
                    }
                }
            }
        }
    }

    @Override
    public void ended(List<Rows> accounts, Outside outside, Consumer<String> finding) {
        Map<Long, Integer> sent = new HashMap<>(outside.sent());
        // Who is told "not sent" of what was sent cannot know, nor who hears that a person sent it after the channel
        // changed.
        outside.unknowable().forEach(sent::remove);
        sent.forEach((invitation, times) -> {
            if (times > 1) {
                finding.accept("invitation " + invitation + " was sent " + times + " times");
            }
        });
    }
}
