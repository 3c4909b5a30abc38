package dev.invitepacer.delivery;

import java.time.Instant;

import dev.invitepacer.invitation.Invitation;
import dev.invitepacer.invitation.Profile;

/**
 * A task with what its sender needs to do it.
 *
 * @param leasedUntil until when somebody holds it; null where it is free
 * @param outcome what became of it, once it is closed
 */
public record TaskView(
        long id,
        TaskKind kind,
        TaskState state,
        String account,
        long invitation,
        String profile,
        String profileUrl,
        String firstName,
        String lastName,
        String headline,
        String company,
        String note,
        String reason,
        Instant openedAt,
        int attempt,
        Instant leasedUntil,
        Instant closedAt,
        String outcome) {

    static TaskView of(Task task, Invitation invitation, Instant now) {
        return new TaskView(
                task.id,
                task.kind,
                task.state,
                task.account,
                task.invitation,
                invitation.profile,
                new Profile(invitation.profile).url(),
                invitation.firstName,
                invitation.lastName,
                invitation.headline,
                invitation.company,
                task.kind == TaskKind.SEND ? invitation.note : null,
                task.reason,
                task.openedAt,
                task.attempt,
                task.isLeased(now) ? task.leasedUntil : null,
                task.closedAt,
                task.outcome);
    }
}
