package dev.invitepacer.delivery.linkedin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import dev.invitepacer.delivery.RetryAfter;
import dev.invitepacer.web.Problem;

/** Reads answers other than success, as far as LinkedIn tells publicly what they mean. */
final class Refusals {
    /** LinkedIn's number for "Not enough permissions to access": the application or the token lacks them, whoever is invited. */
    private static final int NO_PERMISSION = 100;

    /** "Internal Server Error": other than 502 to 504 it does not say that the service is away or has no time. */
    static final int INTERNAL_ERROR = 500;

    private static final int LONGEST_SHOWN = 300;
    private static final Duration LONGEST_WAIT = Duration.ofDays(7);
    private static final ObjectMapper JSON = new ObjectMapper();

    private Refusals() {}

    /** Whether it is about the token or its rights, and not about this request. */
    static boolean isOfToken(Reply.Answered answer) {
        return answer.status() == 401
                || answer.status() == 403
                        && read(answer).path("serviceErrorCode").asInt() == NO_PERMISSION;
    }

    /** Whether the same request may succeed later. */
    static boolean isForNow(Reply.Answered answer) {
        return answer.status() == 429 || answer.status() >= 500;
    }

    /** The status, and what LinkedIn says of it. */
    static String detail(Reply.Answered answer, AccessToken token) {
        String message = read(answer).path("message").asText();
        return "LinkedIn answered " + answer.status()
                + (message.isBlank() ? "" : ": " + Problem.shown(token.hiddenIn(message), LONGEST_SHOWN));
    }

    /** Until when of the service's time LinkedIn asks to wait; null where it does not say, or not readably. At most a week. */
    static Instant until(Reply.Answered answer, Instant now) {
        String header = answer.headers().firstValue("Retry-After").orElse(null);
        Duration wait = RetryAfter.read(header, Clock.systemUTC().instant(), LONGEST_WAIT);
        return wait == null ? null : now.plus(wait);
    }

    private static JsonNode read(Reply.Answered answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException none) {
            return JSON.missingNode();
        }
    }
}
