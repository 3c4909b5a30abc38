package dev.invitepacer.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.invitepacer.operations.embedded.Service;
import dev.invitepacer.operations.embedded.TestPostgres;

/** SIGTERM to a process that is handing over: nothing new begins, what is under way is finished and written, then it exits. */
class DeliveryStopIT {
    private static final int INVITATIONS = 40;
    private static final int CALL_MILLIS = 1_500;
    private static final int SIGTERM = 143;

    @TempDir
    Path directory;

    private final Door door = new Door();
    private TestPostgres.Database database;
    private Receiver receiver;
    private Service service;

    @BeforeEach
    void handOverSlowly() throws Exception {
        database = TestPostgres.shared().createDatabase();
        receiver = new Receiver(0, path -> CALL_MILLIS);
        service = Service.launch(Service.jar(), directory, DeliveryKillIT.environment(database))
                .awaitReady();
        door.leadTo(service.api());
        door.insist("PUT", "/api/v1/endpoints/crm", "{\"url\":\"" + receiver.url("/crm") + "\"}");
        for (int i = 1; i <= INVITATIONS / 10; i++) {
            String account = "anna-" + i;
            door.insist(
                    "PUT",
                    "/api/v1/accounts/" + account,
                    "{\"name\":\"Anna\",\"channel\":\"WEBHOOK\",\"endpoint\":\"crm\"," + AllHours.settings(100, 10)
                            + "}");
            door.insist("POST", "/api/v1/accounts/" + account + "/imports", "text/csv", DatabaseAwayIT.drafts(10));
        }
    }

    @AfterEach
    void endEverything() throws Exception {
        service.kill();
        receiver.close();
    }

    @Test
    void whatIsUnderWayIsFinishedAndNothingNewBegins() throws Exception {
        Service.await(() -> receiver.running() == 8);

        assertThat(service.terminate()).isEqualTo(SIGTERM);

        assertThat(receiver.running())
                .as("calls that the process left behind: %s", service.output())
                .isZero();
        int calls = receiver.calls();
        assertThat(calls).isLessThan(INVITATIONS);
        assertThat(ask("select count(*) from task where state = 'DONE'"))
                .as("every call that went out is written: %s", service.output())
                .isEqualTo(calls);
        assertThat(ask("select count(*) from task where run is not null")).isZero();
        assertThat(ask("select count(*) from task where state = 'OPEN' and stage = 'WAITING' and tries = 0"))
                .isEqualTo(ask("select count(*) from task") - calls);
        assertThat(service.output()).doesNotContain("ERROR");
    }

    private long ask(String sql) throws SQLException {
        return Long.parseLong(database.query(sql));
    }
}
