package dev.invitepacer.security;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.time.Duration;

import dev.invitepacer.web.Code;
import dev.invitepacer.web.Problem;

/** The answers to those who are not let in. */
final class Refused {
    static final String CHALLENGE = "Bearer realm=\"invite-pacer\"";

    private Refused() {}

    static HttpProblem nothingShown() {
        return Problem.builder(
                        Code.KEY_MISSING,
                        "Send Authorization: Bearer pk_… with a key of this service, or sign in to the console.")
                .withHeader("WWW-Authenticate", CHALLENGE)
                .build();
    }

    static HttpProblem opensNothing() {
        return Problem.builder(
                        Code.KEY_REFUSED,
                        "What was sent is no key of this service, or revoked, or expired; a session ends with its key, when"
                                + " it is not used, and after some days.")
                .withHeader("WWW-Authenticate", CHALLENGE + ", error=\"invalid_token\"")
                .build();
    }

    static HttpProblem tooMany(Duration wait) {
        long seconds = wait.toSeconds() + 1;
        return Problem.builder(
                        Code.TOO_MANY_FAILURES,
                        "Too many keys from this address opened nothing (pacer.security.failures). Wait " + seconds
                                + " seconds.")
                .withHeader("Retry-After", Long.toString(seconds))
                .build();
    }
}
