package dev.invitepacer.delivery;

import java.time.Instant;

/**
 * What a sender is given: values only.
 *
 * @param task the task's id
 * @param attempt of the invitation, or of its withdrawal: a new one is a new message
 * @param tries which try of this hand-over it is, from 1
 * @param note null where none is to be sent
 * @param reference by which the channel knows the invitation; null where it gave none
 * @param lane the way that it takes, which may no longer be its account's: the channel and, after a colon, the endpoint or the name of LinkedIn's
 *     access token
 */
public record HandOver(
        long task,
        TaskKind kind,
        String account,
        long invitation,
        int attempt,
        int tries,
        String profile,
        String profileUrl,
        String firstName,
        String lastName,
        String headline,
        String company,
        String note,
        String memberUrn,
        String email,
        String campaign,
        String reason,
        String reference,
        Instant openedAt,
        String lane) {}
