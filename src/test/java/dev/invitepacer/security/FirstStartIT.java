package dev.invitepacer.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.invitepacer.operations.embedded.Service;

/** The packaged service on its first start, with nothing configured but a data directory. */
class FirstStartIT {
    private static final int SIGTERM = 143;

    @TempDir
    Path directory;

    @Test
    void theFirstStartMakesAKeyAndListensOnAllInterfaces() throws Exception {
        Path key = directory.resolve("d/admin-key");
        Service service = Service.launch(directory, "-Dpacer.security.enabled=true", "-Dpacer.embedded.data-dir=d")
                .awaitReady();
        String text = Files.readString(key).strip();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(service.output())
                .contains("Listening on: http://0.0.0.0:", "Management interface listening on http://0.0.0.0:")
                .contains("The first admin key is in " + key.toRealPath())
                .contains("pacer.security.enabled=true", "quarkus.datasource.password=***")
                .doesNotContain(text);
        assertThat(status(service, "nonsense")).isEqualTo(401);
        assertThat(status(service, text)).isEqualTo(200);
        assertThat(service.terminate()).isEqualTo(SIGTERM);
    }

    @Test
    void withoutKeysItDoesNotStartWhereOthersReachIt() throws Exception {
        Service service = Service.launch(
                directory,
                "-Dpacer.security.enabled=false",
                "-Dpacer.embedded.data-dir=d",
                "-Dquarkus.http.host=0.0.0.0");

        assertThat(service.awaitEnd()).isNotZero();
        assertThat(service.output() + service.errors())
                .contains("the service listens on 127.0.0.1 only, and quarkus.http.host is 0.0.0.0")
                .doesNotContain("Listening on:");
    }

    private static int status(Service service, String key) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(service.api() + "/api/v1/keys"))
                                .header("Authorization", "Bearer " + key)
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
