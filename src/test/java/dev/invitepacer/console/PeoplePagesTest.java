package dev.invitepacer.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of people after they were invited: exports, withdrawals, erasure. */
@QuarkusTest
class PeoplePagesTest extends BrowserTest {
    private static final Path EXPORT = Path.of("src/test/resources/fixtures/Basic_LinkedInDataExport_11-20-2026.zip");

    @Test
    void anExportIsReconciledAsItWasForetold() {
        setTime(Instant.parse("2026-11-20T12:00:00Z"));
        account("anna", "");
        visit("/import?account=anna");
        page.locator("input[type=file]").first().setInputFiles(EXPORT);

        Locator figures = page.locator(".figures-list").first();
        see(figures).containsText("15");
        see(figures.locator("div").nth(0)).containsText("Accepted");
        see(figures.locator("div").nth(0)).containsText("15");
        see(figures.locator("div").nth(1)).containsText("22");
        assertThat(count("select count(*) from invitation")).isZero();
        button("Take it over").click();

        see(heading("Taken over: 15 accepted and 22 sent by hand.")).isVisible();
        assertThat(count("select count(*) from invitation where state = 'ACCEPTED'"))
                .isEqualTo(15);
        assertThat(count("select count(*) from ledger")).isEqualTo(22);
        see(page.locator(".told .meter").first()).containsText(pacing("anna").getInt("window.released") + " / ");
    }

    @Test
    void whoIsKeptIsNotWithdrawnAndRunNowAsksForTheOthers() {
        account("anna", "\"weeklyCap\":100");
        pendingFor("anna", "stale-one", Duration.ofDays(40));
        pendingFor("anna", "stale-two", Duration.ofDays(41));
        pendingFor("anna", "stale-three", Duration.ofDays(42));
        visit("/withdrawals?account=anna");
        see(heading("3 invitations to withdraw in the next run")).isVisible();

        page.getByLabel("Keep the invitation to stale-two").click();
        see(heading("2 invitations to withdraw in the next run")).isVisible();
        JsonPath preview = get("/api/v1/accounts/anna/withdrawals/preview");
        assertThat(preview.getList("withdrawals.profile")).containsExactlyInAnyOrder("stale-one", "stale-three");
        see(page.locator(".night .meter").nth(0)).containsText(preview.getInt("pending.before") + " / ");
        see(page.locator(".night .meter").nth(1)).containsText(preview.getInt("pending.after") + " / ");
        button("Run now").click();
        assertThat(count("select count(*) from task where kind = 'WITHDRAW'")).isZero();
        page.navigate(root() + "#/");

        page.waitForCondition(() -> count("select count(*) from task where kind = 'WITHDRAW'") == 2);
        assertThat(query("select i.profile from task t join invitation i on i.id = t.invitation"
                        + " where t.kind = 'WITHDRAW'"))
                .containsExactlyInAnyOrder("stale-one", "stale-three");
    }

    @Test
    void aPersonWhoIsNeverToBeInvitedIsOnTheListHoweverSoonItIsOpened() {
        account("anna", "");
        enqueue("anna", "kamala-eriksen", "\"firstName\":\"Kamala\",\"lastName\":\"Eriksen\"");
        visit("/people?person=kamala-eriksen");
        List<Route> held = new ArrayList<>();
        page.route("**/api/v1/suppressions/**", route -> {
            if (route.request().method().equals("PUT")) {
                held.add(route);
            } else {
                route.resume();
            }
        });
        button("Never invite").click();
        page.locator("dialog button[type=submit]").click();
        see(page.locator(".toast")).isVisible();

        page.navigate(root() + "#/people?show=list");
        see(page.getByText("Nobody is on the list")).isVisible();
        page.waitForCondition(() -> !held.isEmpty());
        held.get(0).resume();

        see(page.locator("pacer-suppressions")).containsText("kamala-eriksen");
        assertThat(query("select state from invitation")).containsExactly("CANCELLED");
    }

    @Test
    void aPersonIsErasedOnlyOnceTheirNameIsWritten() {
        account("anna", "");
        account("ben", "");
        enqueue(
                "anna",
                "kamala-eriksen",
                "\"firstName\":\"Kamala\",\"lastName\":\"Eriksen\",\"company\":\"Fjordkart\"");
        enqueue("ben", "jonas-nakamura", "\"firstName\":\"Jonas\",\"lastName\":\"Nakamura\"");
        visit("/people");
        page.keyboard().type("kamala");
        page.locator("pacer-table.found a.who").first().click();
        see(page.locator(".card.who h2")).hasText("Kamala Eriksen");
        button("Erase…").click();
        Locator dialog = page.getByRole(com.microsoft.playwright.options.AriaRole.DIALOG);
        Locator name = dialog.locator("input:not([type=checkbox])").first();
        name.fill("Kamala");
        name.press("Enter");
        see(dialog).containsText("This is not what is written above.");
        assertThat(count("select count(*) from invitation where first_name = 'Kamala'"))
                .isEqualTo(1);

        name.fill("kamala eriksen");
        name.press("Enter");

        see(heading("The person is erased")).isVisible();
        assertThat(page.url()).doesNotContain("kamala");
        assertThat(query("select coalesce(first_name, '-') from invitation order by id"))
                .containsExactly("-", "Jonas");
        assertThat(get("/api/v1/people?q=kamala").getList("items"))
                .as("only the entry of the suppression list that was asked for is left")
                .hasSizeLessThanOrEqualTo(1);
        page.waitForResponse("**/api/v1/people?q=kamala*", () -> page.goBack());
        see(page.locator("pacer-table.found, pacer-people-page .empty")).isVisible();
        assertThat(page.locator("main").innerText()).doesNotContain("Fjordkart");
    }

    @Test
    void whoIsNeverToBeInvitedLeavesEveryQueue() {
        account("anna", "");
        account("ben", "");
        enqueue("anna", "kamala-eriksen");
        enqueue("ben", "kamala-eriksen");
        visit("/people?person=kamala-eriksen");

        button("Never invite").click();
        page.locator("#suppress-reason").fill("asked us");
        page.keyboard().press("Enter");
        see(page.locator(".toast")).containsText("is not invited any more");
        page.navigate(root() + "#/");
        page.waitForCondition(() -> count("select count(*) from suppression") == 1);
        visit("/people?show=list");

        see(page.locator("pacer-table.suppressions")).containsText("asked us");
        assertThat(query("select distinct state from invitation")).isEqualTo(List.of("CANCELLED"));
    }
}
