package dev.invitepacer.withdrawal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;

import dev.invitepacer.account.Accounts;
import dev.invitepacer.invitation.Invitation;
import dev.invitepacer.invitation.Invitations;
import dev.invitepacer.invitation.State;
import dev.invitepacer.time.ServiceClock;
import dev.invitepacer.web.Code;
import dev.invitepacer.web.Problem;

/** Asks for one invitation to be withdrawn. */
@ApplicationScoped
public class SingleWithdrawal {
    private final Accounts accounts;
    private final Invitations invitations;
    private final WithdrawalRequest request;
    private final Outlook outlook;
    private final ServiceClock clock;

    SingleWithdrawal(
            Accounts accounts,
            Invitations invitations,
            WithdrawalRequest request,
            Outlook outlook,
            ServiceClock clock) {
        this.accounts = accounts;
        this.invitations = invitations;
        this.request = request;
        this.outlook = outlook;
        this.clock = clock;
    }

    /** The invitation whose withdrawal is asked for, and its state now. */
    public record Asked(long invitation, State state) {}

    /**
     * Asks for it at once; a second time changes nothing.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 409 where it is not pending, or the allowance that people and the
     *     nightly run share is used up
     */
    @Transactional
    public Asked ask(String account, String id, String actor) {
        accounts.lock(account);
        Invitation invitation = invitations.known(account, id);
        if (invitation.state == State.WITHDRAWING) {
            return new Asked(invitation.id, invitation.state);
        }
        if (invitation.state != State.PENDING) {
            throw Problem.of(
                    Code.TOO_LATE,
                    "The invitation is " + invitation.state + "; only a PENDING one can be withdrawn."
                            + (invitation.state == State.QUEUED ? " Cancel it instead." : ""));
        }
        if (invitation.person().isEmpty()) {
            throw Problem.of(
                    Code.TOO_LATE, "The person was erased: nobody could tell a sender whose invitation to withdraw.");
        }
        Instant now = clock.now();
        checkAllowance(outlook.allowance(account, accounts.settings(account), now), now);
        request.ask(invitation, WithdrawalReason.ASKED, now, actor, now);
        return new Asked(invitation.id, invitation.state);
    }

    private static void checkAllowance(Allowance allowance, Instant now) {
        Optional<Instant> free = allowance.freeAt(now);
        if (free.isEmpty()) {
            throw Problem.of(
                    Code.WITHDRAWALS_USED_UP,
                    allowance.open() + " withdrawals are asked for and not reported, and withdrawalsPerNight is "
                            + allowance.perNight() + ". Report on some of them first.");
        }
        if (free.get().isAfter(now)) {
            throw Problem.of(
                    Code.WITHDRAWALS_USED_UP,
                    "withdrawalsPerNight allows " + allowance.perNight()
                            + " withdrawals in 24 hours, and they are used up until " + free.get() + ".",
                    free.get());
        }
    }
}
