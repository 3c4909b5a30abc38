package dev.invitepacer.web;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/** Makes the error answers. Throw what these methods return. */
public final class Problem {
    private Problem() {}

    /** A violation of one request: the field, and what it may hold. */
    public record Violation(String field, String message) {}

    public static HttpProblem of(Code code, String detail) {
        return builder(code, detail).build();
    }

    /** With {@code availableAt}: when the same request can succeed. */
    public static HttpProblem of(Code code, String detail, Instant availableAt) {
        return builder(code, detail).with("availableAt", availableAt.toString()).build();
    }

    /** With every violation of the request. */
    public static HttpProblem of(Code code, List<Violation> violations) {
        String detail = violations.size() == 1
                ? violations.get(0).field() + ": " + violations.get(0).message()
                : violations.size() + " values are against a rule; violations lists them.";
        return builder(code, detail).with("violations", violations).build();
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
