package dev.invitepacer.delivery;

import java.time.Instant;

import dev.invitepacer.invitation.Invitation;
import dev.invitepacer.invitation.Profile;

/**
 * A task with what its sender needs to do it.
 *
 * @param readyAt when it comes up; it can be claimed from then on
 * @param note the words to send with it; null where none are to be sent
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
        Instant readyAt,
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
                invitation.person().map(Profile::slug).orElse(null),
                invitation.person().map(Profile::url).orElse(null),
                invitation.firstName,
                invitation.lastName,
                invitation.headline,
                invitation.company,
                task.kind == TaskKind.SEND && !invitation.sentBare ? invitation.note : null,
                task.reason,
                task.openedAt,
                task.readyAt(),
                task.attempt,
                task.isLeased(now) ? task.leasedUntil : null,
                task.closedAt,
                task.outcome);
    }
}
