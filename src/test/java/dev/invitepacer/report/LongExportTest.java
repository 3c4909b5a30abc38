package dev.invitepacer.report;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

/** An export with far more connections than LinkedIn allows, which are 30,000. */
@QuarkusTest
class LongExportTest extends ServiceTest {
    private static final int ROWS = 200_000;
    private static final int PENDING = 500;

    @Test
    void twoHundredThousandConnectionsAreReconciled() {
        account("anna", "");
        execute("""
                insert into invitation (account, profile, degree, priority, state, queued_at, released_at, sent_at, pending_since)
                select 'anna', 'person-' || i, 2, 0, 'PENDING', '2026-11-01Z', '2026-11-01Z', '2026-11-01Z', '2026-11-01Z'
                  from generate_series(0, %d) as i""".formatted(PENDING - 1));
        StringBuilder csv = new StringBuilder("First Name,Last Name,URL,Email Address,Company,Position,Connected On\n");
        for (int i = 0; i < ROWS; i++) {
            csv.append("Person,No ").append(i).append(",https://www.linkedin.com/in/person-");
            csv.append(i * 400L % ROWS + i * 400L / ROWS).append(",,\"Northwind, Inc.\",Director,08 Nov 2026\n");
        }
        byte[] body = csv.toString().getBytes(StandardCharsets.UTF_8);
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);

        long began = System.nanoTime();
        JsonPath answer = given().contentType("text/csv")
                .body(body)
                .post("/api/v1/accounts/anna/linkedin-export")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        long millis = (System.nanoTime() - began) / 1_000_000;

        assertThat(answer.getInt("accepted")).isEqualTo(PENDING);
        assertThat(answer.getInt("neverInvited")).isEqualTo(ROWS - PENDING);
        assertThat(answer.getInt("unseen")).isZero();
        assertThat(count("select count(*) from invitation")).isEqualTo(PENDING);
        Logger.getLogger(LongExportTest.class)
                .warnf(
                        "%d rows in %d ms, heap peak %d MB with a body of %d MB",
                        ROWS, millis, peak(), body.length >> 20);
    }

    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .map(MemoryPoolMXBean::getPeakUsage)
                        .mapToLong(usage -> usage.getUsed())
                        .sum()
                >> 20;
    }
}
