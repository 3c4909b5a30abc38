package dev.invitepacer.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.invitepacer.operations.embedded.Service;
import dev.invitepacer.operations.embedded.TestPostgres;

/**
 * How many deliveries a second a receiver on this machine gets, and what one endpoint that hangs costs the others.
 * docs/how-to/measure-deliveries.md tells how to run it: {@code}.
 */
class DeliverySpeedIT {
    private static final int ENDPOINTS = Integer.getInteger("delivery.endpoints", 10);
    private static final int INVITATIONS = Integer.getInteger("delivery.invitations", 1_000);
    private static final int PER_ACCOUNT = 10;
    private static final String HANGS = "hangs";
    private static final long AGES_MILLIS = TimeUnit.MINUTES.toMillis(10);

    @TempDir
    Path directory;

    private final Door door = new Door();
    private TestPostgres.Database database;

    @Test
    void oneThatHangsBesideTheOthers() throws Exception {
        try (TestPostgres postgres = TestPostgres.in(directory);
                Receiver receiver = new Receiver(0, path -> path.equals("/" + HANGS) ? AGES_MILLIS : 0)) {
            measure(postgres, receiver, false);
            double all = measure(postgres, receiver, false);
            System.out.printf(Locale.ROOT, "all answer: %.0f deliveries/s%n", all);
            double others = measure(postgres, receiver, true);
            System.out.printf(Locale.ROOT, "one hangs: %.0f deliveries/s to the others%n", others);
            System.out.printf(Locale.ROOT, "ratio: %.2f%n", others / all);
            assertThat(others / all).isGreaterThan(0.5);
        }
    }

    /** Everything is released while the channel is INBOX, and goes at once when it becomes WEBHOOK. */
    private double measure(TestPostgres postgres, Receiver receiver, boolean isOneHanging) throws Exception {
        database = postgres.createDatabase();
        Service service = Service.launch(
                        Service.jar(), directory, DeliveryKillIT.environment(database), "-XX:TieredStopAtLevel=4")
                .awaitReady();
        try {
            door.leadTo(service.api());
            int lanes = ENDPOINTS + (isOneHanging ? 1 : 0);
            for (int i = 0; i < lanes; i++) {
                String name = i == ENDPOINTS ? HANGS : "answers-" + i;
                assertThat(door.insist(
                                        "PUT",
                                        "/api/v1/endpoints/" + name,
                                        "{\"url\":\"" + receiver.url("/" + name) + "\"}")
                                .status())
                        .isEqualTo(201);
            }
            int many = INVITATIONS / ENDPOINTS * lanes;
            for (int i = 0; i < many / PER_ACCOUNT; i++) {
                String account = "/api/v1/accounts/member-" + i;
                door.insist("PUT", account, "{\"name\":\"A\"," + AllHours.settings(100, PER_ACCOUNT) + "}");
                door.insist("POST", account + "/imports", "text/csv", DatabaseAwayIT.drafts(PER_ACCOUNT));
            }
            Service.await(() -> ask("select count(*) from task") == many);
            database.execute("""
                    update account
                       set settings = settings || jsonb_build_object('channel', 'WEBHOOK', 'endpoint',
                             case substr(account, 8)::int %% %d when %d then '%s'
                             else 'answers-' || substr(account, 8)::int %% %d end)""".formatted(lanes, ENDPOINTS, HANGS, lanes));
            String there = "state = 'DONE' and lane <> 'WEBHOOK:" + HANGS + "'";
            int expected = many / lanes * ENDPOINTS;
            Service.await(() -> ask("select count(*) from task where " + there) == expected);
            return expected / Double.parseDouble(database.query("""
                            select extract(epoch from max(at) - min(at)) from history
                             where event = 'invitation.hand-over' and detail ->> 'outcome' = 'DONE'"""));
        } finally {
            service.kill();
        }
    }

    private long ask(String sql) {
        try {
            return Long.parseLong(database.query(sql));
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
