package dev.invitepacer.withdrawal;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.delivery.TaskState;
import dev.invitepacer.delivery.Tasks;
import dev.invitepacer.invitation.Invitation;
import dev.invitepacer.invitation.Invitations;
import dev.invitepacer.invitation.State;
import dev.invitepacer.journal.Journal;

/** Cleans up in one account: what LinkedIn has dropped expires, and what should go is asked for. Its lock is held. */
@ApplicationScoped
class Cleaning {
    /** One transaction expires no more. */
    static final int MOST_EXPIRED = 500;

    private final Session entities;
    private final Invitations invitations;
    private final Tasks tasks;
    private final Outlook outlook;
    private final WithdrawalRequest request;
    private final Journal journal;
    private final Duration expiry;

    Cleaning(
            Session entities,
            Invitations invitations,
            Tasks tasks,
            Outlook outlook,
            WithdrawalRequest request,
            Journal journal,
            PacerConfig config) {
        this.entities = entities;
        this.invitations = invitations;
        this.tasks = tasks;
        this.outlook = outlook;
        this.request = request;
        this.journal = journal;
        this.expiry = config.withdrawal().expiry();
    }

    /**
     * Ends what was pending for too long, as of when LinkedIn dropped it, oldest first; how many, and {@link #MOST_EXPIRED} where there may be more. Index:
     * invitation_pending.
     */
    int expire(String account, String actor, Instant now) {
        List<Invitation> expired = invitations
                .find(
                        "account = ?1 and state in (RELEASED, PENDING, WITHDRAWING) and pendingSince <= ?2 order by pendingSince, id",
                        account,
                        now.minus(expiry))
                .page(0, MOST_EXPIRED)
                .list();
        expired.forEach(invitation -> {
            invitation.end(State.EXPIRED, invitation.pendingSince.plus(expiry));
            tasks.openOf(account, invitation.id).forEach(task -> task.close(TaskState.CANCELLED, "EXPIRED", now));
            journal.tell(account, invitation.id, now, "invitation.expired", actor, Map.of());
        });
        entities.flush();
        return expired.size();
    }

    /** Asks for all that the policy chooses at {@code now}. */
    Night ask(String account, AccountSettings settings, int expired, String actor, Instant now) {
        Night night = outlook.night(account, settings, now, now);
        night.going()
                .forEach(going -> request.ask(
                        invitations.known(account, going.id()).orElseThrow(),
                        going.reason(),
                        going.readyAt(),
                        actor,
                        now));
        entities.flush();
        journal.tell(
                account,
                null,
                now,
                "account.cleaned",
                actor,
                Map.of(
                        "expired", expired,
                        "asked", night.going().size(),
                        "pending", night.pending(),
                        "threshold", settings.pendingThreshold()));
        return night;
    }
}
