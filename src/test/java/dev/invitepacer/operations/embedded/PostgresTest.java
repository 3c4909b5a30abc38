package dev.invitepacer.operations.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One server is broken in many ways, one after the other; its data must be there after each. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PostgresTest {

    @TempDir
    static Path directory;

    private static TestPostgres postgres;

    @BeforeAll
    static void startOne() throws Exception {
        postgres = TestPostgres.in(directory);
        pacer().execute("create table kept (word text)");
        pacer().execute("insert into kept values ('here')");
    }

    @AfterAll
    static void stopIt() {
        postgres.close();
    }

    @Test
    @Order(1)
    void itIsSetUpForUsAndForNobodyElse() throws Exception {
        assertThat(pacer().query("show server_version")).startsWith("18.");
        assertThat(pacer().query("show listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(pacer().query("show unix_socket_directories")).isEmpty();
        assertThat(pacer().query("select setting from pg_file_settings where name = 'timezone'"))
                .isEqualTo("UTC");
        assertThat(pacer().query("show data_checksums")).isEqualTo("on");
        assertThat(pacer().query("select datlocprovider::text || datlocale || pg_encoding_to_char(encoding) "
                        + "from pg_database where datname = 'pacer'"))
                .isEqualTo("bC.UTF-8UTF8");
        assertThat(pacer().query("select count(*) from pg_hba_file_rules where auth_method <> 'scram-sha-256'"))
                .isEqualTo("0");
        assertThatThrownBy(() -> DriverManager.getConnection(pacer().url(), pacer().user(), "wrong"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password");
    }

    @Test
    @Order(2)
    void theDataSurvivesARestart() throws Exception {
        postgres.restart();

        assertThat(kept()).isEqualTo("here");
    }

    @Test
    @Order(3)
    void theDataSurvivesACrash() throws Exception {
        postgres.crash();
        postgres.restart();

        assertThat(kept()).isEqualTo("here");
    }

    @Test
    @Order(4)
    void aLockFileWithTheNumberOfAStrangerStopsNobody() throws Exception {
        postgres.crash();
        var lock = postgres.data().resolve("postmaster.pid");
        var lines = Files.readString(lock).split("\n", 2);
        Files.writeString(lock, ProcessHandle.current().pid() + "\n" + lines[1]);

        postgres.restart();

        assertThat(kept()).isEqualTo("here");
    }

    @Test
    @Order(5)
    void aLostPasswordIsReplaced() throws Exception {
        var lost = postgres.server().password();
        Files.delete(directory.resolve("pgpass"));

        postgres.restart();

        assertThat(postgres.server().password()).isNotEqualTo(lost);
        assertThat(kept()).isEqualTo("here");
    }

    @Test
    @Order(6)
    void aTakenPortIsNamed() throws Exception {
        postgres.close();
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Postgres.start(TestPostgres.fast(directory).withPort(taken.getLocalPort())))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("does not start");
        }
        postgres.restart();

        assertThat(kept()).isEqualTo("here");
    }

    @Test
    @Order(7)
    void anInterruptedStartLeavesNothingRunning() throws Exception {
        postgres.close();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Postgres.start(TestPostgres.fast(directory))).isInstanceOf(Refusal.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(new Processes(postgres.data()).alive()).isEmpty();
        postgres.restart();
        assertThat(kept()).isEqualTo("here");
    }

    @Test
    @Order(8)
    void dataOfAnotherMajorVersionIsLeftAlone() throws Exception {
        postgres.close();
        var version = postgres.data().resolve("PG_VERSION");
        Files.writeString(version, "17\n");
        try {
            assertThatThrownBy(() -> Postgres.start(TestPostgres.fast(directory)))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("PostgreSQL 17 ")
                    .hasMessageContaining("PostgreSQL 18")
                    .hasMessageContaining("export FILE");
        } finally {
            Files.writeString(version, "18\n");
        }
        postgres.restart();

        assertThat(kept()).isEqualTo("here");
    }

    private static TestPostgres.Database pacer() {
        return postgres.database("pacer");
    }

    private static String kept() throws SQLException {
        return pacer().query("select word from kept");
    }
}
