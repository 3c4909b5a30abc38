package dev.invitepacer.invitation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.charset.StandardCharsets;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;

/** A list as long as a queue may be. */
@QuarkusTest
class LongImportTest extends ServiceTest {
    private static final int ROWS = 100_000;

    @Test
    void aHundredThousandRowsGoInAndTheNextOneIsTooMany() {
        account("anna", "");
        StringBuilder csv = new StringBuilder("profile,firstName,note\n");
        for (int i = 1; i <= ROWS; i++) {
            csv.append("person-")
                    .append(i)
                    .append(",Person,\"Hi, we met at PGConf and talked about queues and pacing.\"\n");
        }
        csv.append("one-too-many,Person,\n");

        long began = System.nanoTime();
        JsonPath report = given().contentType("text/csv")
                .body(csv.toString().getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/accounts/anna/imports")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        long millis = (System.nanoTime() - began) / 1_000_000;

        assertThat(report.getInt("enqueued")).isEqualTo(ROWS);
        assertThat(report.getList("refused.code")).containsExactly("queue-full");
        assertThat(report.getList("refused.line")).containsExactly(ROWS + 2);
        assertThat(count("select count(*) from invitation where state = 'QUEUED'"))
                .isEqualTo(ROWS);
        Logger.getLogger(LongImportTest.class)
                .warnf("%d rows in %d ms, %d a second; heap peak %d MB", ROWS, millis, ROWS * 1_000L / millis, peak());
    }

    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
                        .map(MemoryPoolMXBean::getPeakUsage)
                        .mapToLong(usage -> usage.getUsed())
                        .sum()
                / 1_048_576;
    }
}
