package dev.invitepacer.withdrawal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which pending invitations go tonight, and why each.
 *
 * @param withdrawAfter after how long without an answer one is stale
 * @param threshold pending stays under it
 * @param nextDay the most that will be released in the next 24 hours
 * @param allowance the most that may be asked for tonight
 */
public record WithdrawalPolicy(Duration withdrawAfter, int threshold, int nextDay, int allowance) {

    /**
     * A pending invitation.
     *
     * @param since since when it is pending
     * @param withdrawable sent, not kept, and its withdrawal not asked for yet
     * @param leaving its withdrawal is asked for already
     */
    public record Pending(long id, Instant since, boolean withdrawable, boolean leaving) {}

    /** One that goes, and why. */
    public record Choice(long id, WithdrawalReason reason) {}

    WithdrawalPolicy withAllowance(int allowance) {
        return new WithdrawalPolicy(withdrawAfter, threshold, nextDay, allowance);
    }

    /**
     * Chooses what is stale, oldest first, and then as many of the oldest as are still needed.
     *
     * @param pending all that counts as pending, oldest first
     */
    public List<Choice> choose(List<Pending> pending, Instant now) {
        List<Choice> choices = new ArrayList<>();
        Set<Long> chosen = new HashSet<>();
        Instant staleBefore = now.minus(withdrawAfter);
        for (Pending one : pending) {
            if (choices.size() < allowance && one.withdrawable() && !one.since().isAfter(staleBefore)) {
                choices.add(new Choice(one.id(), WithdrawalReason.STALE));
                chosen.add(one.id());
            }
        }
        long leaving = pending.stream().filter(Pending::leaving).count();
        long tooMany = pending.size() - leaving - choices.size() + nextDay - (threshold - 1L);
        for (Pending one : pending) {
            if (tooMany > 0 && choices.size() < allowance && one.withdrawable() && !chosen.contains(one.id())) {
                choices.add(new Choice(one.id(), WithdrawalReason.PENDING_THRESHOLD));
                tooMany--;
            }
        }
        return choices;
    }
}
