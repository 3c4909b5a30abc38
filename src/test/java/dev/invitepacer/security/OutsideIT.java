package dev.invitepacer.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.invitepacer.operations.embedded.Service;
import dev.invitepacer.operations.embedded.TestPostgres;

/** What takes a certificate, a provider or a stream of its own to see: the packaged service with TLS and keys. */
class OutsideIT {
    private static final String ADMIN = "pk_" + "outside-".repeat(6).substring(0, 43);
    private static final Pattern SECURE = Pattern.compile("(https://127\\.0\\.0\\.1:[0-9]+)");
    private static final Duration UNTIL_IT_IS_CUT = Duration.ofSeconds(15);

    @TempDir
    static Path directory;

    private static final RsaJsonWebKey PAIR = Provider.pair("outside");
    private static final AtomicInteger ASKED = new AtomicInteger();
    private static HttpServer provider;
    private static Service service;
    private static HttpClient client;

    @BeforeAll
    static void launch() throws Exception {
        byte[] keys = new JsonWebKeySet(List.of(PAIR))
                .toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY)
                .getBytes(StandardCharsets.UTF_8);
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/jwks", exchange -> {
            ASKED.incrementAndGet();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        provider.start();
        Path store = certificate();
        TestPostgres.Database database = TestPostgres.shared().createDatabase();
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_DATASOURCE_JDBC_URL", database.url());
        environment.put("QUARKUS_DATASOURCE_USERNAME", database.user());
        environment.put("QUARKUS_DATASOURCE_PASSWORD", database.password());
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_SSL_PORT", "0");
        environment.put("QUARKUS_HTTP_SSL_CERTIFICATE_KEY_STORE_FILE", store.toString());
        environment.put("QUARKUS_HTTP_SSL_CERTIFICATE_KEY_STORE_PASSWORD", "changeit");
        environment.put("PACER_BOOTSTRAP_KEY", ADMIN);
        environment.put(
                "PACER_SECURITY_OPENID_JWKS",
                "http://127.0.0.1:" + provider.getAddress().getPort() + "/jwks");
        environment.put("PACER_SECURITY_OPENID_ISSUER", Locked.ISSUER);
        environment.put("PACER_SECURITY_OPENID_AUDIENCE", Locked.AUDIENCE);
        environment.put("PACER_SECURITY_OPENID_ROLES_CLAIM", "realm_access/roles");
        service = Service.launch(Service.jar(), directory, environment, "-Dpacer.security.enabled=true")
                .awaitReady();
        client = HttpClient.newBuilder().sslContext(trusting(store)).build();
    }

    @AfterAll
    static void endEverything() throws InterruptedException {
        if (service != null) {
            service.kill();
        }
        provider.stop(0);
    }

    @Test
    void overTlsTheCookieIsForTlsAloneAndBrowsersAreToldToStayThere() throws Exception {
        HttpResponse<String> secure = signIn(secureApi());
        HttpResponse<String> plain = signIn(service.api());

        assertThat(secure.headers().firstValue("Set-Cookie").orElse(""))
                .contains("Secure", "HttpOnly", "SameSite=Strict");
        assertThat(secure.headers().firstValue("Strict-Transport-Security")).contains("max-age=31536000");
        assertThat(plain.headers().firstValue("Set-Cookie").orElse(""))
                .contains("HttpOnly")
                .doesNotContain("Secure");
        assertThat(plain.headers().firstValue("Strict-Transport-Security")).isEmpty();
    }

    @Test
    void aTokenIsJudgedByTheKeysThatItsProviderPublishes() throws Exception {
        String good = Provider.sign(Provider.claims(List.of("pacer-admin"), null), PAIR);
        String forged = Provider.sign(Provider.claims(List.of("pacer-admin"), null), Provider.pair("outside"));

        assertThat(get("/api/v1/keys", good).statusCode()).isEqualTo(200);
        assertThat(get("/api/v1/keys", forged).statusCode()).isEqualTo(401);
        assertThat(ASKED).as("times that the keys were asked for").hasPositiveValue();
    }

    @Test
    void aStreamOfEventsEndsWhenItsKeyIsRevoked() throws Exception {
        String made = send("POST", "/api/v1/keys", "{\"name\":\"listener\",\"role\":\"READER\"}")
                .body();
        String key = made.replaceAll("(?s).*\"key\":\"([^\"]+)\".*", "$1");
        String id = made.replaceAll("(?s).*\"id\":(\\d+).*", "$1");
        HttpResponse<InputStream> stream = client.send(
                HttpRequest.newBuilder(URI.create(service.api() + "/api/v1/events"))
                        .header("Authorization", "Bearer " + key)
                        .header("Accept", "text/event-stream")
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertThat(stream.statusCode()).isEqualTo(200);

        assertThat(send("DELETE", "/api/v1/keys/" + id, null).statusCode()).isIn(200, 204);

        long began = System.nanoTime();
        try (InputStream events = stream.body()) {
            events.readAllBytes();
        } catch (IOException cut) {
            // That is an end, too.
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(UNTIL_IT_IS_CUT);
        assertThat(get("/api/v1/events", key).statusCode()).isEqualTo(401);
    }

    private HttpResponse<String> signIn(URI api) throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(api + "/api/v1/session"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"key\":\"" + ADMIN + "\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
        return answer;
    }

    private HttpResponse<String> get(String path, String key) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(service.api() + path))
                        .header("Authorization", "Bearer " + key)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(service.api() + path))
                        .header("Authorization", "Bearer " + ADMIN)
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private URI secureApi() {
        var told = SECURE.matcher(service.output());
        assertThat(told.find()).as(service.output()).isTrue();
        return URI.create(told.group(1));
    }

    private static Path certificate() throws Exception {
        Path store = directory.resolve("keys.p12");
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
                        "CN=localhost",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return store;
    }

    private static SSLContext trusting(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("a", keys.getCertificate("a"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
