package dev.invitepacer.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.invitepacer.config.PacerConfig;

/** The first admin key: made once, written for its owner alone, and again when no admin can come in any more. */
@QuarkusTest
@TestProfile(Locked.class)
class FirstKeyTest extends LockedTest {
    @Inject
    Keys keys;

    @TempDir
    Path directory;

    @BeforeEach
    void noKeys() {
        execute("update api_key set name = 'put away', revoked_at = now(), revoked_by = 'x' where name = 'first'");
    }

    @AfterEach
    void bringBackTheFirst() {
        execute("delete from api_key where name = 'first'");
        execute("update api_key set name = 'first', revoked_at = null, revoked_by = null where name = 'put away'");
    }

    private void start(String bootstrapKey, Path file) {
        PacerConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(PacerConfig.class)
                .withSources(new PropertiesConfigSource(
                        Map.of("pacer.bootstrap-key", bootstrapKey, "pacer.security.key-file", file.toString()),
                        "given",
                        100))
                .build()
                .getConfigMapping(PacerConfig.class);
        QuarkusTransaction.requiringNew().run(() -> new FirstKey(keys, config).atStart(null));
    }

    @Test
    void itIsWrittenToAFileThatItsOwnerAloneReads() throws IOException {
        Path file = directory.resolve("data/admin-key");
        start("none", file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        String key = Files.readString(file).strip();
        assertThat(read(key, "/api/v1/keys").status()).isEqualTo(200);
        try (var others = Files.list(file.getParent())) {
            assertThat(others).containsExactly(file);
        }

        start("none", file);
        assertThat(Files.readString(file).strip()).isEqualTo(key);
        assertThat(count("select count(*) from api_key where name = 'first'")).isEqualTo(1);
    }

    @Test
    void itIsTakenFromTheEnvironmentWhereItIsGivenThere() {
        Token given = Token.random(Token.KEY);
        Path file = directory.resolve("admin-key");
        start(given.text(), file);

        assertThat(file).doesNotExist();
        assertThat(read(given.text(), "/api/v1/keys").status()).isEqualTo(200);
    }

    @Test
    void oneThatWasRevokedIsNotTakenAgainAndTheStartSaysWhatToDo() {
        Token given = Token.random(Token.KEY);
        Path file = directory.resolve("admin-key");
        start(given.text(), file);
        for (String lost : List.of(
                "revoked_at = now(), revoked_by = 'by hand'",
                "revoked_at = null, revoked_by = null, expires_at = now()")) {
            execute("update api_key set " + lost + " where name = 'first'");
            assertThatThrownBy(() -> start(given.text(), file))
                    .as(lost)
                    .hasMessageContaining("PACER_BOOTSTRAP_KEY is a key that was revoked or has expired");
        }
        assertThat(count("select count(*) from api_key where name = 'first'")).isOne();

        // As the message says: without it, or with another.
        execute("update api_key set revoked_at = now(), revoked_by = 'by hand', name = 'lost' where name = 'first'");
        start("none", file);
        assertThat(file).exists();
        assertThat(count("select count(*) from api_key where name = 'first'")).isOne();
    }

    @Test
    void oneThatAnybodyCouldGuessIsRefused() {
        assertThatThrownBy(() -> start("pk_secret", directory.resolve("admin-key")))
                .hasMessageContaining("PACER_BOOTSTRAP_KEY must be pk_ and 43 characters");
        assertThatThrownBy(() -> start("none", Path.of("/proc/nowhere/admin-key")))
                .hasMessageContaining("PACER_SECURITY_KEY_FILE");
        assertThat(count("select count(*) from api_key where name = 'first'")).isZero();
    }

    @Test
    void instancesThatStartAtOnceMakeOne() throws Exception {
        ExecutorService instances = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> starts = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Path file = directory.resolve("admin-key-" + i);
                starts.add(instances.submit(() -> start("none", file)));
            }
            for (Future<?> start : starts) {
                start.get();
            }
        } finally {
            instances.shutdownNow();
        }
        assertThat(count("select count(*) from api_key where name = 'first'")).isEqualTo(1);
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(1);
        }
    }
}
