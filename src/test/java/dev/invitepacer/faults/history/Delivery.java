package dev.invitepacer.faults.history;

import java.time.Instant;

/**
 * One call that the receiver of webhooks heard.
 *
 * @param at the receiver's own time
 * @param isSigned whether the signature is that of the endpoint's secret over these bytes
 * @param opened what the message says of when its task was opened: for a SEND, the instant of the release
 * @param body the bytes as a text; every try of one id has the same
 * @param act what the receiver did on hearing it: {@code SENT} where it sent the invitation now, else nothing
 * @param answer what it answered, or tried to: a report's type, {@code TAKEN}, or a status
 */
public record Delivery(
        Instant at,
        String id,
        boolean isSigned,
        String kind,
        String account,
        long task,
        long invitation,
        int attempt,
        String profile,
        String note,
        Instant opened,
        String body,
        String act,
        String answer) {
    public static final String SENT = "SENT";
    public static final String NOTHING = "";
}
