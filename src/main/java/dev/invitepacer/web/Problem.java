package dev.invitepacer.web;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/** Makes the error answers. Throw what these methods return. */
public final class Problem {
    private static final int MOST = 1_000;

    private Problem() {}

    /** A violation of one request: the field, and what it may hold. */
    @RegisterForReflection
    public record Violation(String field, String message) {}

    public static HttpProblem of(Code code, String detail) {
        return builder(code, detail).build();
    }

    /** With {@code availableAt}: when the same request can succeed. */
    public static HttpProblem of(Code code, String detail, Instant availableAt) {
        return builder(code, detail).with("availableAt", availableAt.toString()).build();
    }

    /** With every violation of the request; a body that is wrong throughout gets the first {@value #MOST}. */
    public static HttpProblem of(Code code, List<Violation> violations) {
        String detail = violations.size() == 1
                ? violations.get(0).field() + ": " + violations.get(0).message()
                : violations.size() + " values are against a rule; violations lists "
                        + (violations.size() > MOST ? "the first " + MOST + "." : "them.");
        return builder(code, detail)
                .with("violations", violations.stream().limit(MOST).toList())
                .build();
    }

    /** What a caller sent, as far as an answer may repeat it: the beginning, in whole and printable characters. */
    public static String shown(String text, int most) {
        int end = text.length() <= most ? text.length() : most;
        StringBuilder shown = new StringBuilder();
        for (int at = 0; at < end; at += Character.charCount(text.codePointAt(at))) {
            int character = text.codePointAt(at);
            boolean isPlain = !Character.isISOControl(character) && Character.getType(character) != Character.SURROGATE;
            shown.appendCodePoint(isPlain ? character : '\uFFFD');
        }
        return end < text.length() ? shown.append('…').toString() : shown.toString();
    }

    public static HttpProblem.Builder builder(Code code, String detail) {
        HttpProblem.Builder builder = HttpProblem.builder()
                .withType(URI.create("/problems/" + code.text()))
                .withTitle(code.title())
                .withStatus(code.status())
                .withDetail(detail)
                .with("code", code.text());
        if (code.status() == 503) {
            builder.withHeader("Retry-After", "5");
        }
        return builder;
    }
}
