package dev.invitepacer.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.JksOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The one way out, with names that lead where the test says, and change their mind. 127.0.0.2 stands for what is public. */
class GuardedClientTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final AddressGuard GUARD = AddressGuard.of(true, "127.0.0.2/31");
    private static final byte[] BODY = {'{', '}'};

    private final Ear permitted = new Ear("127.0.0.2");
    private final AtomicInteger lookUps = new AtomicInteger();

    @AfterEach
    void hush() {
        permitted.close();
    }

    @AfterAll
    static void end() throws Exception {
        done(VERTX.close());
    }

    private GuardedClient client(Resolver resolver, HttpClientOptions options) {
        return new GuardedClient(VERTX, GUARD, resolver, Duration.ofSeconds(1), Duration.ofSeconds(3), options);
    }

    private GuardedClient client(Resolver resolver) {
        return client(resolver, new HttpClientOptions());
    }

    /** A name that leads elsewhere each time it is looked up, and stays with the last. */
    private Resolver leads(String... addresses) {
        Deque<String> left = new ArrayDeque<>(List.of(addresses));
        return host -> {
            lookUps.incrementAndGet();
            return List.of(InetAddress.getByName(left.size() > 1 ? left.removeFirst() : left.getFirst()));
        };
    }

    private String url() {
        return "http://hooks.example.test:" + permitted.port() + "/hooks";
    }

    /** The HTTP server is such a verticle, and the first to need the client may be one of its requests. */
    @Test
    void itOutlivesTheVerticleInWhichItWasMade() throws Exception {
        AtomicReference<GuardedClient> made = new AtomicReference<>();
        String verticle = done(VERTX.deployVerticle(new AbstractVerticle() {
            @Override
            public void start() {
                made.set(client(leads("127.0.0.2")));
            }
        }));

        done(VERTX.undeploy(verticle));

        assertThat(made.get().post(url(), Map.of(), BODY)).isInstanceOf(Exchange.Answered.class);
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void theAddressThatIsConnectedToIsTheOneThatWasChecked() {
        try (Ear inside = new Ear("127.0.0.1")) {
            // The second look-up would lead inside: there is none in a call.
            GuardedClient client = client(leads("127.0.0.2", "127.0.0.1"));

            Exchange first = client.post(url(), Map.of(), BODY);
            assertThat(first).isInstanceOf(Exchange.Answered.class);
            assertThat(lookUps).hasValue(1);

            String other = "http://hooks.example.test:" + inside.port() + "/hooks";
            assertThat(client.post(other, Map.of(), BODY))
                    .isInstanceOfSatisfying(Exchange.NotSent.class, refused -> assertThat(refused.why())
                            .contains("not public"));
            assertThat(lookUps).hasValue(2);
            assertThat(inside.heard()).isEmpty();
            assertThat(permitted.heard().get(0).headers())
                    .containsEntry("host", "hooks.example.test:" + permitted.port());
        }
    }

    @Test
    void aKeptConnectionIsNoWayAroundTheCheck() {
        permitted.does((heard, connection) -> {
            Ear.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            connection.getInputStream().read();
        });
        GuardedClient client = client(leads("127.0.0.2", "10.0.0.1"));

        assertThat(client.post(url(), Map.of(), BODY)).isInstanceOf(Exchange.Answered.class);
        assertThat(client.post(url(), Map.of(), BODY)).isInstanceOf(Exchange.NotSent.class);
        assertThat(permitted.heard()).hasSize(1);
    }

    /** Whoever keeps the connection could answer the next call before it is made. */
    @ParameterizedTest
    @ValueSource(ints = {100, 101, 102, 103, 150, 199})
    void anAnswerThatIsNotFinalEndsItsConnection(int status) {
        permitted.does((heard, connection) -> {
            Ear.write(connection, "HTTP/1.1 " + status + " Whatever\r\n\r\n");
            connection.getInputStream().read();
        });
        GuardedClient client = client(leads("127.0.0.2"));

        assertThat(client.post(url(), Map.of(), BODY)).isInstanceOf(Exchange.Unanswered.class);

        permitted.does(Ear.answers(204, "", ""));
        assertThat(client.post(url(), Map.of(), BODY))
                .isInstanceOfSatisfying(Exchange.Answered.class, answer -> assertThat(answer.status())
                        .isEqualTo(204));
        assertThat(permitted.heard()).hasSize(2);
        assertThat(permitted.connections()).isEqualTo(2);
    }

    /** A final answer may follow what is none. */
    @ParameterizedTest
    @ValueSource(ints = {100, 103})
    void whatComesBeforeTheFinalAnswerIsPassedOver(int status) {
        permitted.does(Ear.says("HTTP/1.1 " + status + " Whatever\r\n\r\nHTTP/1.1 204 Done\r\n\r\n"));

        assertThat(client(leads("127.0.0.2")).post(url(), Map.of(), BODY))
                .isInstanceOfSatisfying(Exchange.Answered.class, answer -> assertThat(answer.status())
                        .isEqualTo(204));
    }

    @Test
    void oneAddressThatIsRefusedRefusesThemAll() {
        Resolver mixed = host -> List.of(InetAddress.getByName("127.0.0.2"), InetAddress.getByName("169.254.169.254"));

        assertThat(client(mixed).post(url(), Map.of(), BODY)).isInstanceOf(Exchange.NotSent.class);
        assertThat(permitted.heard()).isEmpty();
    }

    @Test
    void whereOneAddressIsDeadTheNextIsTried() {
        Resolver two = host -> List.of(InetAddress.getByName("127.0.0.3"), InetAddress.getByName("127.0.0.2"));

        assertThat(client(two).post(url(), Map.of(), BODY)).isInstanceOf(Exchange.Answered.class);
    }

    @Test
    void aRedirectIsAnAnswerAndNobodyGoesThere() {
        try (Ear inside = new Ear("127.0.0.1")) {
            permitted.does(Ear.answers(307, "Location: " + inside.url() + "\r\n", ""));

            assertThat(client(leads("127.0.0.2")).post(url(), Map.of(), BODY))
                    .isInstanceOfSatisfying(Exchange.Answered.class, answer -> assertThat(answer.status())
                            .isEqualTo(307));
            assertThat(inside.heard()).isEmpty();
        }
    }

    @Test
    void aNameThatLeadsNowhereIsToldAsSuch() {
        Resolver none = host -> {
            throw new UnknownHostException(host);
        };

        assertThat(client(none).post(url(), Map.of(), BODY))
                .isInstanceOfSatisfying(Exchange.NotSent.class, unsent -> assertThat(unsent.why())
                        .contains("leads nowhere"));
    }

    @Test
    void whyThereIsNoConnectionIsToldInWordsAndNotByTheNamesOfClasses() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"))) {
            closed = socket.getLocalPort();
        }

        assertThat(client(leads("127.0.0.2")).post("http://hooks.example.test:" + closed + "/", Map.of(), BODY))
                .isIn(
                        new Exchange.NotSent("No connection: the connection was refused"),
                        new Exchange.NotSent("No connection: no connection in time"));
    }

    @Test
    void theCertificateIsTheNamesThoughTheNumberIsConnectedTo(@TempDir Path directory) throws Exception {
        Path keys = directory.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "EC",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-dname",
                        "CN=hooks.example.test",
                        "-ext",
                        "san=dns:hooks.example.test",
                        "-validity",
                        "2",
                        "-keystore",
                        keys.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        JksOptions store = new JksOptions().setPath(keys.toString()).setPassword("changeit");
        HttpServer server = VERTX.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(store)
                        .setHost("127.0.0.2")
                        .setPort(0))
                .requestHandler(request -> request.response().setStatusCode(204).end())
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        GuardedClient trusting = client(leads("127.0.0.2"), new HttpClientOptions().setTrustOptions(store));
        String place = ".example.test:" + server.actualPort() + "/";

        assertThat(trusting.post("https://hooks" + place, Map.of(), BODY)).isInstanceOf(Exchange.Answered.class);
        assertThat(trusting.post("https://other" + place, Map.of(), BODY)).isInstanceOf(Exchange.NotSent.class);
        assertThat(client(leads("127.0.0.2")).post("https://hooks" + place, Map.of(), BODY))
                .isInstanceOfSatisfying(Exchange.NotSent.class, untrusted -> assertThat(untrusted.why())
                        .contains("certificate is not trusted")
                        .doesNotContain("Exception"));
    }
}
