package dev.invitepacer.simulation;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

import dev.invitepacer.account.PaceRow;
import dev.invitepacer.invitation.Invitation;
import dev.invitepacer.pacing.Pacer;
import dev.invitepacer.pacing.Reason;

/** Every account that does nothing says why, looks again when time ends it, and does not sleep while it could release. */
final class ExplanationChecker implements Checker {
    private final Tally tally;

    ExplanationChecker(Tally tally) {
        this.tally = tally;
    }

    @Override
    public void committed(Unit unit, Instant now, Consumer<String> finding) {
        for (Invitation one : unit.invitations.values()) {
            tally.states.merge(one.state, 1L, Long::sum);
        }
        if (!unit.isLook) {
            return;
        }
        String reason = PaceRow.reason(unit.rows.pace);
        Instant due = PaceRow.dueAt(unit.rows.pace);
        if (reason == null) {
            if (due == null || due.isAfter(now)) {
                finding.accept(unit.rows.account + " waits until " + due + " and does not say why");
            }
        } else {
            tally.reasons.merge(Reason.valueOf(reason), 1L, Long::sum);
        }
    }

    @Override
    public void quiet(Rows rows, Instant now, boolean isClockSteady, Consumer<String> finding) {
        Instant due = PaceRow.dueAt(rows.pace);
        boolean sleeps = (due == null || due.isAfter(now)) && rows.retryAt == null;
        if (!sleeps || !isClockSteady || isToBeSwept(rows, now)) {
            return;
        }
        Unit reader = new Unit("reading", rows);
        Situations.Situation situation = Situations.read(reader, now, Canary.NONE);
        Optional<Instant> next = Pacer.nextRelease(situation.limits(), situation.state(), now);
        if (next.filter(at -> due == null || due.isAfter(at)).isPresent()) {
            finding.accept(rows.account + " sleeps until " + due + " for " + PaceRow.reason(rows.pace)
                    + ", and could release at " + next.get());
        }
    }

    /**
     * A draft's time is over, and the sweep that wakes the account is still to come; or it can never go, as a cooldown
     * that ends after it lapses makes it, and counts as demand of its week all the same.
     */
    private static boolean isToBeSwept(Rows rows, Instant now) {
        for (Invitation one : rows.live.values()) {
            if (Service.isLapsed(one, now)
                    || one.lapsesAt != null && one.notBefore != null && !one.lapsesAt.isAfter(one.notBefore)) {
                return true;
            }
        }
        return false;
    }
}
