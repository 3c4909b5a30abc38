package dev.invitepacer.faults.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One request of a client, however often it was sent, and what became of it.
 *
 * @param began when it was sent for the first time
 * @param ended when its answer was there, or the client gave up
 * @param tries what each try before the last came to: {@code 503 busy}, or the failure's name where no answer came
 * @param status of the answer; 0 where there was none, and so nobody knows whether it was done
 */
public record Call(
        String who,
        String method,
        String path,
        String body,
        Instant began,
        Instant ended,
        List<String> tries,
        int status,
        JsonNode answer) {
    private static final Pattern ACCOUNT = Pattern.compile("/api/v1/accounts/([a-z0-9-]+)(?:[/?].*)?");

    public boolean isDone() {
        return status / 100 == 2;
    }

    /** Whether some try had no answer: it may have been done without this client's knowing. */
    public boolean wasInDoubt() {
        return status == 0 || tries.stream().anyMatch(one -> !Character.isDigit(one.charAt(0)));
    }

    /** The account that its path names; empty where it names none. */
    public String account() {
        Matcher matcher = ACCOUNT.matcher(path);
        return matcher.matches() ? matcher.group(1) : "";
    }

    /** Whether it was this method on a path of this form. */
    boolean is(String wanted, String form) {
        return method.equals(wanted) && path.replaceAll("\\?.*", "").matches(form);
    }

    /** The number that the path has after this word; -1 where there is none. */
    long number(String after) {
        Matcher matcher = Pattern.compile("/" + after + "/([0-9]+)").matcher(path);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
    }
}
