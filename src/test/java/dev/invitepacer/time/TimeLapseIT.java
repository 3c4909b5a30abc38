package dev.invitepacer.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.invitepacer.operations.embedded.Service;
import dev.invitepacer.operations.embedded.TestPostgres;

/** The packaged service in time-lapse, and the wall between its data and real data. */
class TimeLapseIT {
    @TempDir
    Path directory;

    private TestPostgres.Database database;

    @BeforeEach
    void createDatabase() {
        database = TestPostgres.shared().createDatabase();
    }

    @Test
    void timeRunsAsFastAsItIsToldGoesOnAfterARestartAndNeverMixesWithRealTime() throws Exception {
        Service service = launch("600").awaitReady();
        try {
            assertThat(answer("GET", service.management().resolve("/q/health/live"), "")
                            .body())
                    .contains("ON: 600 times as fast");
            assertThat(service.output()).contains("TIME-LAPSE");
            assertFactor(600);
            assertThat(put(service, "{\"name\":\"Anna\"}").statusCode()).isEqualTo(201);
        } finally {
            service.terminate();
        }
        double before = secondsAhead();

        Service again = launch("3600").awaitReady();
        try {
            assertFactor(3600);
            assertThat(secondsAhead()).isGreaterThan(before);
        } finally {
            again.terminate();
        }

        Service real = launch("1");
        assertThat(real.awaitEnd()).isEqualTo(1);
        assertThat(real.output()).contains("This database has lived in a time-lapse");
    }

    @Test
    void aTimeLapseThatNobodyUsedLeavesNothingBehind() throws Exception {
        launch("600").awaitReady().terminate();

        Service real = launch("1").awaitReady();
        try {
            assertFactor(1);
            assertThat(Math.abs(secondsAhead())).isLessThan(0.01);
        } finally {
            real.terminate();
        }
    }

    @Test
    void realDataIsNotPutIntoATimeLapse() throws Exception {
        Service service = launch("1").awaitReady();
        try {
            assertThat(put(service, "{\"name\":\"Anna\"}").statusCode()).isEqualTo(201);
            assertThat(put(service, "{\"name\":\"Anna\",\"channel\":\"WEBHOOK\"}")
                            .statusCode())
                    .isEqualTo(422);
        } finally {
            service.terminate();
        }

        Service lapsed = launch("600");
        assertThat(lapsed.awaitEnd()).isEqualTo(1);
        assertThat(lapsed.output()).contains("this database holds accounts in real time");
    }

    @Test
    void nothingIsSentByItselfInATimeLapse() throws Exception {
        Service service = launch("600").awaitReady();
        try {
            HttpResponse<String> refused = put(service, "{\"name\":\"Anna\",\"channel\":\"LINKEDIN\"}");
            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(refused.body()).contains("is INBOX in a time-lapse");
            assertThat(put(service, "{\"name\":\"Anna\",\"channel\":\"INBOX\"}").statusCode())
                    .isEqualTo(201);
        } finally {
            service.terminate();
        }
    }

    private Service launch(String factor) throws Exception {
        return Service.launch(database, directory, Map.of("PACER_TIME_LAPSE", factor));
    }

    /**
     * Asserts how many seconds of service time pass in one of the database's clock. Each reading of the one lies between
     * two of the other, so the true factor lies between the two quotients, however slow the machine; microseconds are all
     * that is rounded.
     */
    private void assertFactor(int factor) throws SQLException {
        String[] bounds = database.query("""
                with warm as materialized (select service_now()),
                     a as materialized (select clock_timestamp() as t from warm),
                     b as materialized (select service_now() as t from a),
                     c as materialized (select clock_timestamp() as t from b),
                     wait as materialized (select pg_sleep(1) from c),
                     d as materialized (select clock_timestamp() as t from wait),
                     e as materialized (select service_now() as t from d),
                     f as materialized (select clock_timestamp() as t from e)
                select extract(epoch from e.t - b.t) / extract(epoch from f.t - a.t)
                       || ' ' || extract(epoch from e.t - b.t) / extract(epoch from d.t - c.t)
                  from a, b, c, d, e, f""").split(" ");
        assertThat(Double.parseDouble(bounds[0])).isLessThanOrEqualTo(factor * 1.00001);
        assertThat(Double.parseDouble(bounds[1])).isGreaterThanOrEqualTo(factor * 0.99999);
    }

    private double secondsAhead() throws SQLException {
        return Double.parseDouble(database.query("select extract(epoch from service_now() - clock_timestamp())"));
    }

    private static HttpResponse<String> put(Service service, String body) throws Exception {
        return answer("PUT", service.api().resolve("/api/v1/accounts/anna"), body);
    }

    private static HttpResponse<String> answer(String method, URI uri, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .header("Content-Type", "application/json")
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
