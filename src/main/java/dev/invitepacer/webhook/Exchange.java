package dev.invitepacer.webhook;

/** What is known after a call. */
public sealed interface Exchange {
    /**
     * A whole answer.
     *
     * @param retryAfter the header as it came; null where there was none
     * @param body empty where it was longer than is read
     */
    record Answered(int status, String retryAfter, byte[] body) implements Exchange {}

    /** Nothing was sent: the address is refused or unknown, or there was no connection. */
    record NotSent(String why) implements Exchange {}

    /** It was sent, wholly or in part, and no whole answer came. */
    record Unanswered(String why) implements Exchange {}
}
