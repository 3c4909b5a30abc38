package dev.invitepacer.withdrawal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.delivery.Tasks;
import dev.invitepacer.invitation.Invitation;
import dev.invitepacer.journal.Journal;
import dev.invitepacer.pacing.ReleaseWindow;

/** The room's own choice and its own request, over values and a store that are given to it. */
public final class OpenNight {
    private final WithdrawalRequest request;

    public OpenNight(Tasks tasks, Journal journal) {
        this.request = new WithdrawalRequest(tasks, journal);
    }

    /** One that goes tonight. */
    public record Going(long id, WithdrawalReason reason, Instant readyAt) {}

    /**
     * What goes tonight.
     *
     * @param pending all that counts as pending, oldest first
     * @param asked the withdrawals of the last 24 hours and those that are open
     * @param nextDay the most that is released in the next 24 hours
     */
    public static List<Going> choose(
            AccountSettings settings,
            List<WithdrawalPolicy.Pending> pending,
            List<Tasks.Withdrawal> asked,
            int nextDay,
            Instant now) {
        List<Tasks.Withdrawal> done =
                asked.stream().filter(one -> !one.isOpen()).toList();
        Allowance allowance = new Allowance(
                settings.withdrawalsPerNight(), asked.size() - done.size(), instants(asked), instants(done));
        Duration over = settings.withdrawOver();
        return Night.of(
                        pending,
                        new Night.Limits(settings.withdrawAfter(), settings.pendingThreshold()),
                        allowance,
                        0,
                        nextDay,
                        now,
                        over)
                .each(going -> new Going(going.id(), going.reason(), going.readyAt()));
    }

    public void ask(Invitation pending, Going going, Instant now) {
        request.ask(pending, going.reason(), going.readyAt(), "nightly", now);
    }

    private static ReleaseWindow instants(List<Tasks.Withdrawal> withdrawals) {
        return ReleaseWindow.of(withdrawals.stream().map(Tasks.Withdrawal::at).toList());
    }
}
