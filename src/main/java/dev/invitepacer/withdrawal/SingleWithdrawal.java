package dev.invitepacer.withdrawal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

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
    private final ServiceClock clock;

    SingleWithdrawal(Accounts accounts, Invitations invitations, WithdrawalRequest request, ServiceClock clock) {
        this.accounts = accounts;
        this.invitations = invitations;
        this.request = request;
        this.clock = clock;
    }

    /** The invitation whose withdrawal is asked for, and its state now. */
    public record Asked(long invitation, State state) {}

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
        request.ask(invitation, WithdrawalReason.ASKED, actor, clock.now());
        return new Asked(invitation.id, invitation.state);
    }
}
