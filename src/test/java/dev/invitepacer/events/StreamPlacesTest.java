package dev.invitepacer.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;
import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.operations.embedded.Service;
import dev.invitepacer.web.Asker;

/** How many streams there may be, of all and of one key, and how they end. */
@QuarkusTest
class StreamPlacesTest extends ServiceTest {
    private static final Asker KEY = new Asker("crm (key 7)", "key:7", null, () -> true);

    @Inject
    EventFeed feed;

    @Inject
    EventStreams streams;

    @Inject
    Outbox outbox;

    @Inject
    PacerConfig config;

    @Test
    void beyondTheLastPlaceAStreamIsRefused() throws IOException {
        List<EventReader> readers = new ArrayList<>();
        try {
            for (int i = 0; i < config.events().streams(); i++) {
                readers.add(EventReader.open(RestAssured.port, "", null));
            }

            HttpResponse<InputStream> refused = EventReader.ask(RestAssured.port, "", null);

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(EventReader.text(refused)).contains("pacer.events.streams");
        } finally {
            for (EventReader reader : readers) {
                reader.close();
            }
        }
        awaitStreams(0);
        EventReader.open(RestAssured.port, "", null).close();
    }

    @Test
    void noKeyTakesThePlacesOfTheOthers() {
        awaitStreams(0);
        Position here = outbox.reach().at(feed.last());
        List<AssertSubscriber<EventStreams.Item>> readers = new ArrayList<>();
        int most = config.events().streams() / 5;
        for (int i = 0; i < most; i++) {
            readers.add(reader(here, KEY));
        }
        try {
            assertThatThrownBy(() -> reader(here, KEY)).hasMessageContaining(most + " streams are open for this key");
            readers.add(reader(here, new Asker("other (key 8)", "key:8", null, () -> true)));
        } finally {
            readers.forEach(AssertSubscriber::cancel);
        }
        awaitStreams(0);
        reader(here, KEY).cancel();
        awaitStreams(0);
    }

    private AssertSubscriber<EventStreams.Item> reader(Position from, Asker asker) {
        return streams.open(from, Filter.ALL, asker, () -> {}).subscribe().withSubscriber(AssertSubscriber.create(10));
    }

    @Test
    void whoeverDoesNotReadIsCutOffAndKeepsNobodyWaiting() throws IOException, InterruptedException {
        account("anna", "");
        feed.round();
        awaitStreams(0);
        try (Socket deaf = new Socket("localhost", RestAssured.port);
                EventReader reader = EventReader.open(RestAssured.port, "", null)) {
            deaf.getOutputStream()
                    .write("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            awaitStreams(2);
            execute("insert into history (account, at, event, actor, detail)"
                    + " select 'anna', service_now(), 'account.paused', 'api',"
                    + " jsonb_build_object('reason', repeat('long ', 4000)) from generate_series(1, 2000)");
            feed.round();
            assertThat(reader.next(2000)).hasSize(2000);

            Service.await(() -> {
                streams.cutSlow(Duration.ofSeconds(2));
                return streams.openStreams() <= 1;
            });

            assertThat(streams.openStreams()).as("the one that reads goes on").isEqualTo(1);
            enqueue("anna", "jane-doe");
            feed.round();
            assertThat(reader.next().type()).isEqualTo("invitation.queued");
        }
    }

    @Test
    void aServiceThatStopsEndsItsStreams() {
        EventFeed stopped = new EventFeed(outbox, new SimpleMeterRegistry());
        EventStreams ending = new EventStreams(outbox, stopped, config, new SimpleMeterRegistry());
        stopped.round();
        AssertSubscriber<EventStreams.Item> reader = ending.open(
                        outbox.reach().at(stopped.last()), Filter.ALL, KEY, () -> {})
                .subscribe()
                .withSubscriber(AssertSubscriber.create(10));
        reader.awaitItems(1);

        stopped.stop(null);

        reader.awaitCompletion();
    }

    private void awaitStreams(int many) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (streams.openStreams() != many && System.nanoTime() < deadline) {
            feed.round();
        }
        assertThat(streams.openStreams()).isEqualTo(many);
    }
}
