package dev.invitepacer.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a span tells, whenever it was put there. The whole way, from a request to a collector, is TracesIT's. */
class TracesTest {
    private final List<Map<AttributeKey<?>, Object>> told = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(
            strings = {"url.path", "url.query", "url.full", "client.address", "network.peer.address", "code.stacktrace"
            })
    void whatNamesSomebodyIsHiddenWhetherItComesWithTheStartOrTheEnd(String telling) {
        try (SdkTracerProvider provider = SdkTracerProvider.builder()
                .addSpanProcessor(new Traces())
                .addSpanProcessor(new Collector())
                .build()) {
            provider.get("test")
                    .spanBuilder("early")
                    .setAttribute(telling, "192.0.2.7/anna-berg")
                    .startSpan()
                    .end();
            Span late = provider.get("test").spanBuilder("late").startSpan();
            late.setAttribute(telling, "192.0.2.7/anna-berg");
            late.setAttribute("http.route", "/api/v1/people/{profile}");
            late.end();
        }

        assertThat(told).hasSize(2).allSatisfy(span -> assertThat(span)
                .containsEntry(AttributeKey.stringKey(telling), "-"));
        assertThat(told.get(1)).containsEntry(AttributeKey.stringKey("http.route"), "/api/v1/people/{profile}");
    }

    /** What an exporter would send. */
    private final class Collector implements SpanProcessor {
        @Override
        public void onStart(Context parent, ReadWriteSpan span) {}

        @Override
        public boolean isStartRequired() {
            return false;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            told.add(span.toSpanData().getAttributes().asMap());
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }
    }
}
