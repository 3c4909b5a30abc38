package dev.invitepacer.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** All accounts at a glance, the worst first, as the API has them. */
@QuarkusTest
class OverviewPageTest extends BrowserTest {
    private static final String OSLO = "\"timeZone\":\"Europe/Oslo\"";

    @Test
    void everyAccountShowsWhatTheApiTellsOfItTheWorstFirst() {
        account("anna", OSLO);
        account("ben", OSLO);
        account("carl", OSLO);
        enqueueMany("ben", 30);
        enqueueMany("carl", 3);
        json("{\"reason\":\"on holiday\"}")
                .post("/api/v1/accounts/carl/pause")
                .then()
                .statusCode(200);
        setTime(MONDAY_8.plus(Duration.ofHours(3)));
        releases.round();

        visit("/");

        JsonPath told = get("/api/v1/overview");
        List<String> order = told.getList("items.account");
        Locator rows = page.locator("pacer-table tbody tr");
        see(rows.locator("th .who")).hasText(order.toArray(String[]::new));
        assertThat(order).hasSize(3).startsWith("carl");
        see(rows.nth(0)).containsText("Paused");
        see(rows.nth(0)).containsText("on holiday");
        Locator ben = rows.nth(order.indexOf("ben"));
        int place = order.indexOf("ben");
        see(ben.locator("[data-label=window], .meter").first())
                .containsText(told.getInt("items[" + place + "].window.released") + " / "
                        + told.getInt("items[" + place + "].window.cap"));
        see(ben.locator(".next time").first())
                .hasAttribute("datetime", told.getString("items[" + place + "].nextReleaseAt"));
    }

    @Test
    void aReleaseIsSeenWithoutAReload() {
        account("ben", OSLO);
        enqueueMany("ben", 30);
        setTime(MONDAY_8.plus(Duration.ofHours(1)));
        feed.round();
        visit("/");
        see(page.locator(".liveness")).hasText("Live");
        Locator window = page.locator("pacer-table tbody tr .meter").first();
        see(window).containsText("0 / ");

        assertThat(releases.round()).isEqualTo(1);
        feed.round();

        see(window).containsText("1 / ");
    }

    @Test
    void theFirstVisitLeadsToTheFirstAccount() {
        visit("/");

        linkTo("New account").click();

        see(heading("New account")).isVisible();
    }

    @Test
    void heldAccountsAreFoundAndTheAddressKeepsTheSearch() {
        IntStream.rangeClosed(1, 8).forEach(i -> {
            account("member-" + i, OSLO);
            enqueueMany("member-" + i, 2);
        });
        json("{\"reason\":\"r\"}")
                .post("/api/v1/accounts/member-4/pause")
                .then()
                .statusCode(200);
        releases.round();
        visit("/");
        Locator rows = page.locator("pacer-table tbody tr");
        see(rows).hasCount(8);

        page.getByText("Held", new com.microsoft.playwright.Page.GetByTextOptions().setExact(true))
                .click();
        see(rows).hasCount(1);
        see(rows).containsText("member-4");
        page.getByPlaceholder("Find an account").fill("member-5");
        see(heading("No account matches")).isVisible();
        page.reload();
        see(heading("No account matches")).isVisible();
        button("Show all").click();

        see(rows).hasCount(8);
    }
}
