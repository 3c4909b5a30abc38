package dev.invitepacer.webhook;

/** What is known after a call. */
public sealed interface Exchange {
    /**
     * A whole answer.
     *
     * @param retryAfter the header as it came; null where there was none
     * @param body empty where it is not read
     * @param unread what there is about the body that it is not read; null where it is
     */
    record Answered(int status, String retryAfter, byte[] body, String unread) implements Exchange {}

    /** Nothing was sent: the address is refused or unknown, or there was no connection. */
    record NotSent(String why) implements Exchange {}

    /** It was sent, wholly or in part, and no whole answer came. */
    record Unanswered(String why) implements Exchange {}
}
