package dev.invitepacer.withdrawal;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.invitepacer.account.AccountSettings;

/**
 * What a nightly run asks for, or what was asked for.
 *
 * @param at the instant of the run
 * @param withdrawals which go, in the order in which their tasks come up
 * @param beyondAllowance how many more would go if the allowance were larger
 */
public record NightView(
        Instant at, List<Withdrawal> withdrawals, int beyondAllowance, Pending pending, Allowance allowance) {

    /** @param readyAt when its task comes up */
    public record Withdrawal(
            long invitation, String profile, WithdrawalReason reason, Instant pendingSince, Instant readyAt) {}

    /**
     * @param before how many are pending at the instant of the run
     * @param after how many are once everything that is asked for, by this run or before it, is done
     */
    public record Pending(int before, int after, int threshold) {}

    /**
     * @param open asked for before this run and not yet reported
     * @param left how many more could be asked for after this run
     */
    public record Allowance(int perNight, int open, int left) {}

    static NightView of(Night night, AccountSettings settings, Map<Long, String> profiles) {
        return new NightView(
                night.at(),
                night.each(going -> new Withdrawal(
                        going.id(), profiles.get(going.id()), going.reason(), going.since(), going.readyAt())),
                night.beyond(),
                new Pending(night.pending(), night.pendingAfter(), settings.pendingThreshold()),
                new Allowance(
                        settings.withdrawalsPerNight(),
                        night.open(),
                        night.left() - night.going().size()));
    }
}
