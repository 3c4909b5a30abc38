package dev.invitepacer.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Map;

/**
 * Counts who was not let in. Its counters are there from the start: one that appears with 1 is not seen to rise. Neither key,
 * name nor address is a label; the log tells which.
 */
@Startup
@ApplicationScoped
public class AccessFigures {
    /** Why somebody was not let in. */
    public enum Kind {
        /** No key has this text. */
        UNKNOWN_KEY,
        /** The key is one that has expired. */
        EXPIRED_KEY,
        /** The key is one that was revoked. */
        REVOKED_KEY,
        /** A token that is no valid one of the configured issuer and audience. */
        BAD_TOKEN,
        /** Known, but its role does not reach that far. */
        NOT_ALLOWED,
        /** A change from the console without the console's own token. */
        FORGED
    }

    private final Map<Kind, Counter> failures = new EnumMap<>(Kind.class);
    private final Counter throttled;

    AccessFigures(MeterRegistry metrics) {
        for (Kind kind : Kind.values()) {
            failures.put(
                    kind,
                    Counter.builder("pacer.security.failures")
                            .description("Requests that were not let in")
                            .tag("kind", kind.name())
                            .register(metrics));
        }
        this.throttled = Counter.builder("pacer.security.throttled")
                .description("Requests that were refused unread, after too many failures from their address")
                .register(metrics);
    }

    public void failed(Kind kind) {
        failures.get(kind).increment();
    }

    public void throttled() {
        throttled.increment();
    }
}
