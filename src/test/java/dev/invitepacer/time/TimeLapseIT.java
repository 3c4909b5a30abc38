package dev.invitepacer.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.invitepacer.operations.embedded.Service;
import dev.invitepacer.operations.embedded.TestPostgres;

/** The packaged service in time-lapse, and the wall between its data and real data. */
class TimeLapseIT {
    @TempDir
    Path directory;

    private TestPostgres postgres;
    private TestPostgres.Database database;

    @BeforeEach
    void start() {
        postgres = TestPostgres.in(directory);
        database = postgres.createDatabase();
    }

    @AfterEach
    void stop() {
        postgres.close();
    }

    @Test
    void timeRunsAsFastAsItIsToldGoesOnAfterARestartAndNeverMixesWithRealTime() throws Exception {
        Service service = launch("600").awaitReady();
        try {
            assertThat(answer("GET", service.management().resolve("/q/health/live"), "")
                            .body())
                    .contains("ON: 600 times as fast");
            assertThat(service.output()).contains("TIME-LAPSE");
            assertThat(ratio()).isBetween(594.0, 606.0);
            assertThat(put(service, "{\"name\":\"Anna\"}").statusCode()).isEqualTo(201);
        } finally {
            service.terminate();
        }
        double before = secondsAhead();

        Service again = launch("3600").awaitReady();
        try {
            assertThat(ratio()).isBetween(3564.0, 3636.0);
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
            assertThat(ratio()).isBetween(0.99, 1.01);
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

    private Service launch(String factor) throws Exception {
        return Service.launch(
                Service.jar(),
                directory,
                Map.of(
                        "QUARKUS_DATASOURCE_JDBC_URL", database.url(),
                        "QUARKUS_DATASOURCE_USERNAME", database.user(),
                        "QUARKUS_DATASOURCE_PASSWORD", database.password(),
                        "PACER_TIME_LAPSE", factor));
    }

    /** Seconds of service time for a second of the database's clock; good to a hundredth, as the two are read in turn. */
    private double ratio() throws SQLException {
        return Double.parseDouble(database.query("""
                with warm as materialized (select service_now()),
                     first as materialized (select clock_timestamp() as real, service_now() as service from warm),
                     wait as materialized (select pg_sleep(1) from first),
                     second as materialized (select clock_timestamp() as real, service_now() as service from wait)
                select extract(epoch from second.service - first.service) / extract(epoch from second.real - first.real)
                  from first, second"""));
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
