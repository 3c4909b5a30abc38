package dev.invitepacer.delivery.linkedin;

import java.net.http.HttpHeaders;

/** What came of asking LinkedIn. */
sealed interface Reply {
    /**
     * LinkedIn answered.
     *
     * @param body as much of it as is read; empty where nothing of it is needed
     * @param isWhole whether that is all of it
     */
    record Answered(int status, HttpHeaders headers, String body, boolean isWhole) implements Reply {}

    /** The request has not left: nobody was there. */
    record NotAsked(String detail) implements Reply {}

    /** The request may have left, and there is no answer. */
    record Unanswered(String detail) implements Reply {}
}
