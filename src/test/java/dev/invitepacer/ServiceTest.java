package dev.invitepacer;

import static io.restassured.RestAssured.given;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.parsing.Parser;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

import dev.invitepacer.people.Retention;
import dev.invitepacer.release.ReleaseLoop;
import dev.invitepacer.withdrawal.NightlyRun;

/**
 * What tests of the whole service share: an empty database, a clock that stands where it is set, loops that go round when
 * they are told to, and the API.
 */
@WithTestResource(value = PostgresResource.class, scope = TestResourceScope.GLOBAL)
public abstract class ServiceTest {
    /** A Monday morning, an hour before office hours begin. */
    public static final Instant MONDAY_8 = Instant.parse("2026-11-23T08:00:00Z");

    @Inject
    protected DataSource database;

    @Inject
    protected ReleaseLoop releases;

    @Inject
    protected NightlyRun nights;

    @Inject
    protected Retention retention;

    @BeforeAll
    static void speakPlainHttp() {
        RestAssured.replaceFiltersWith(new PlainHttp());
        RestAssured.registerParser("application/problem+json", Parser.JSON);
    }

    @BeforeEach
    void beginAnew() {
        execute("truncate account, ledger, note_use, suppression, idempotency, endpoint, event, subscription cascade");
        setTime(MONDAY_8);
    }

    /** The service's time stands at this instant until it is set anew. */
    protected void setTime(Instant now) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "update service_clock set anchor_database = clock_timestamp(), anchor_service = ?, factor = 0")) {
            statement.setTimestamp(1, Timestamp.from(now));
            statement.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    protected Instant now() {
        return Instant.parse(
                query("select to_char(service_now() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")
                        .get(0));
    }

    protected void advance(Duration by) {
        setTime(now().plus(by));
    }

    protected void execute(String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The first column of every row, as text. */
    protected List<String> query(String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    protected long count(String sql) {
        return Long.parseLong(query(sql).get(0));
    }

    /** Makes an account with these settings besides its name, or replaces them. */
    protected void account(String account, String settings) {
        String body = settings.isBlank()
                ? "{\"name\":\"" + account + "\"}"
                : "{\"name\":\"" + account + "\"," + settings + "}";
        json(body).put("/api/v1/accounts/" + account).then().statusCode(org.hamcrest.Matchers.oneOf(200, 201));
    }

    /** Enqueues a draft to a profile, with further fields; answers its id. */
    protected long enqueue(String account, String profile, String fields) {
        String body = "{\"profile\":\"" + profile + "\"" + (fields.isBlank() ? "" : "," + fields) + "}";
        String location = json(body)
                .post("/api/v1/accounts/" + account + "/invitations")
                .then()
                .statusCode(201)
                .extract()
                .header("Location");
        return Long.parseLong(location.substring(location.lastIndexOf('/') + 1));
    }

    protected long enqueue(String account, String profile) {
        return enqueue(account, profile, "");
    }

    /** Enqueues drafts to person-1 … person-{@code many}. */
    protected void enqueueMany(String account, int many) {
        StringBuilder csv = new StringBuilder("profile\n");
        for (int i = 1; i <= many; i++) {
            csv.append("person-").append(i).append('\n');
        }
        given().contentType("text/csv")
                .body(csv.toString())
                .post("/api/v1/accounts/" + account + "/imports")
                .then()
                .statusCode(200);
    }

    /** Reports on an invitation; answers the result. */
    protected JsonPath report(String account, long invitation, String type, String fields) {
        String body = "{\"type\":\"" + type + "\",\"invitation\":" + invitation + (fields.isBlank() ? "" : "," + fields)
                + "}";
        return json(body)
                .post("/api/v1/accounts/" + account + "/reports")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    protected String state(String account, long invitation) {
        return get("/api/v1/accounts/" + account + "/invitations/" + invitation).getString("state");
    }

    protected JsonPath pacing(String account) {
        return get("/api/v1/accounts/" + account + "/pacing");
    }

    protected JsonPath get(String path) {
        return given().get(path).then().statusCode(200).extract().jsonPath();
    }

    protected static RequestSpecification json(String body) {
        return given().contentType(ContentType.JSON).body(body);
    }

    /**
     * Ticks the release loop every {@code period} until {@code end}; answers the instants at which something was released.
     * Ticks at which no account is due and nothing lapses are passed over, since they do nothing.
     */
    protected List<Instant> run(Duration period, Instant end) {
        List<Instant> released = new ArrayList<>();
        Instant begin = now();
        long ticks = ticks(begin, period, end);
        for (long tick = 0; tick < ticks; tick = Math.max(tick + 1, Math.min(nextDue(begin, period, end), ticks))) {
            Instant now = begin.plus(period.multipliedBy(tick));
            setTime(now);
            for (int i = releases.round(); i > 0; i--) {
                released.add(now);
            }
        }
        setTime(begin.plus(period.multipliedBy(Math.max(0, ticks - 1))));
        return released;
    }

    /** How many periods there are from one instant to the other, the last one perhaps not whole. */
    private static long ticks(Instant begin, Duration period, Instant end) {
        long micros = Math.max(0, ChronoUnit.MICROS.between(begin, end));
        return Math.floorDiv(micros + period.toNanos() / 1_000 - 1, period.toNanos() / 1_000);
    }

    private long nextDue(Instant begin, Duration period, Instant end) {
        String due = query("""
                select to_char(least(
                         (select min(greatest(due_at, retry_at)) from pace),
                         (select min(lapses_at) from invitation where state = 'QUEUED')) at time zone 'UTC',
                         'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""").get(0);
        return ticks(begin, period, due == null || due.length() < 20 ? end : Instant.parse(due));
    }
}
