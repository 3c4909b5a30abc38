package dev.invitepacer.delivery;

import java.time.Instant;

import dev.invitepacer.invitation.Invitation;
import dev.invitepacer.invitation.Profile;

/**
 * A task with what its sender needs to do it.
 *
 * @param readyAt when it comes up; it can be claimed from then on
 * @param source where the person was found
 * @param note the words to send with it; null where none are to be sent
 * @param leasedUntil until when somebody holds it; null where it is free
 * @param delivery how far its hand-over to an automatic sender has come; null where people do it
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
        int degree,
        String campaign,
        String source,
        String template,
        Instant queuedAt,
        String note,
        String reason,
        Instant openedAt,
        Instant readyAt,
        int attempt,
        Instant leasedUntil,
        Delivery delivery,
        Instant closedAt,
        String outcome) {

    /**
     * How far a hand-over has come.
     *
     * @param lane the channel and, after a colon, the endpoint or the name of LinkedIn's access token
     * @param tries since it was opened, or since somebody asked for it anew
     * @param nextTryAt null where nothing is tried by itself
     * @param detail what the sender said of the last try
     * @param reference by which the channel knows it
     */
    public record Delivery(String lane, Stage stage, int tries, Instant nextTryAt, String detail, String reference) {
        static Delivery of(Task task) {
            return task.lane == null
                    ? null
                    : new Delivery(
                            task.lane, task.stage, task.tries, task.nextTryAt, task.deliveryDetail, task.reference);
        }
    }

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
                invitation.degree,
                invitation.campaign,
                invitation.source,
                invitation.template,
                invitation.queuedAt,
                task.noteOf(invitation),
                task.reason,
                task.openedAt,
                task.readyAt(),
                task.attempt,
                task.isLeased(now) ? task.leasedUntil : null,
                Delivery.of(task),
                task.closedAt,
                task.outcome);
    }
}
