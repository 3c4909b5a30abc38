package dev.invitepacer.operations;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.internal.ExtendedSpanProcessor;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/**
 * Traces, which are sent where an endpoint is configured and cost nothing where none is.
 *
 * <p>Guarantees: no span tells a path, a query, an address of a webhook or a caller's address, since these name people and
 * may hold secrets. A request is known by its route, such as {@code /api/v1/suppressions/{profile}}.
 */
@Singleton
public class Traces implements ExtendedSpanProcessor {
    private static final String ENDPOINT = "quarkus.otel.exporter.otlp.endpoint";
    private static final String TRACES_ENDPOINT = "quarkus.otel.exporter.otlp.traces.endpoint";
    private static final String IS_OFF = "quarkus.otel.sdk.disabled";
    private static final String HIDDEN = "-";

    /** Of the properties that we are built with; what an operator sets has a higher one. */
    private static final int OWN_ORDINAL = 250;

    private static final List<AttributeKey<String>> TELLING = List.of(
            AttributeKey.stringKey("url.path"),
            AttributeKey.stringKey("url.query"),
            AttributeKey.stringKey("url.full"),
            AttributeKey.stringKey("http.url"),
            AttributeKey.stringKey("http.target"),
            AttributeKey.stringKey("client.address"),
            AttributeKey.stringKey("http.client_ip"),
            AttributeKey.stringKey("network.peer.address"),
            AttributeKey.stringKey("code.stacktrace"));

    /** Switches traces on where an endpoint is configured and nobody decided otherwise; must come before the start. */
    public static void followEndpoint(Config config) {
        boolean isWanted = config.getOptionalValue(ENDPOINT, String.class).isPresent()
                || config.getOptionalValue(TRACES_ENDPOINT, String.class).isPresent();
        boolean isDecided = config.getConfigValue(IS_OFF).getSourceOrdinal() > OWN_ORDINAL;
        if (isWanted && !isDecided) {
            System.setProperty(IS_OFF, "false");
        }
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        hide(span);
    }

    private static void hide(ReadWriteSpan span) {
        for (AttributeKey<String> telling : TELLING) {
            if (span.getAttribute(telling) != null) {
                span.setAttribute(telling, HIDDEN);
            }
        }
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    /** From where a request came is set only when it has been answered. */
    @Override
    public void onEnding(ReadWriteSpan span) {
        hide(span);
    }

    @Override
    public boolean isOnEndingRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        // Nothing of it can be changed any more.
    }

    @Override
    public boolean isEndRequired() {
        return false;
    }
}
