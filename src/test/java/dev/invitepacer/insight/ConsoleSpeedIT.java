package dev.invitepacer.insight;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;
import dev.invitepacer.ThousandAccounts;

/**
 * How long the answers take that a console waits for, with a thousand accounts and a queue of 100,000. The median of
 * {@value #TIMES} is printed; docs/how-to/measure-console.md tells how to run it.
 */
@QuarkusTest
class ConsoleSpeedIT extends ServiceTest {
    private static final int TIMES = 11;
    private static final String BIG = "/api/v1/accounts/account-0001";

    @Test
    void aThousandAccountsAndAQueueOfAHundredThousand() throws Exception {
        ThousandAccounts.fill(database);

        assertThat(get("/api/v1/overview").getInt("accounts.total")).isEqualTo(1_000);
        for (String path : List.of(
                "/api/v1/overview",
                "/api/v1/overview?limit=500",
                "/api/v1/overview?q=berg",
                "/api/v1/accounts/account-0002/week",
                BIG + "/week",
                BIG + "/pacing",
                BIG + "/forecast",
                BIG + "/invitations?state=QUEUED",
                BIG + "/invitations?order=release",
                BIG + "/invitations?order=release&q=ada",
                BIG + "/invitations?q=grace+hop",
                BIG + "/invitations?q=person-1-77777",
                BIG + "/campaigns",
                "/api/v1/people?q=person-77-12",
                "/api/v1/people?q=ada+king",
                "/api/v1/tasks?account=account-0001",
                "/api/v1/tasks/counts",
                BIG + "/history")) {
            System.out.printf("%6d ms %s%n", median(path), path);
        }
        System.out.printf("%6d ms POST %s/preview%n", preview(), BIG);
    }

    private static long median(String path) {
        return median(() -> given().get(path).then().statusCode(200).extract().asByteArray());
    }

    private static long preview() {
        return median(() -> json("{\"weeklyCap\":100}")
                .post(BIG + "/preview")
                .then()
                .statusCode(200)
                .extract()
                .asByteArray());
    }

    private static long median(Runnable call) {
        long[] times = new long[TIMES];
        call.run();
        for (int i = 0; i < TIMES; i++) {
            long start = System.nanoTime();
            call.run();
            times[i] = (System.nanoTime() - start) / 1_000_000;
        }
        Arrays.sort(times);
        return times[TIMES / 2];
    }
}
