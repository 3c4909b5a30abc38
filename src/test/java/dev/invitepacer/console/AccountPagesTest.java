package dev.invitepacer.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One account's settings, queue, campaigns and history. */
@QuarkusTest
class AccountPagesTest extends BrowserTest {
    private static final String ANNA = "/api/v1/accounts/anna";

    @BeforeEach
    void anna() {
        account("anna", "\"timeZone\":\"Europe/Oslo\"");
        enqueueMany("anna", 90);
    }

    @Test
    void aChangeOfSettingsIsForetoldThenSavedThenTakenBack() {
        JsonPath preview = json("{\"weeklyCap\":40}")
                .contentType("application/merge-patch+json")
                .post(ANNA + "/preview")
                .jsonPath();
        visit("/accounts/anna/settings");
        page.locator("#setting-weeklyCap").fill("40");

        Locator foretold = page.locator("table.foretold");
        Locator cap = foretold.locator("tr", new Locator.LocatorOptions().setHasText("Cap in force"));
        see(cap.locator("td").nth(0)).hasText("100");
        see(cap.locator("td").nth(1)).hasText("40");
        Locator released = foretold.locator("tr", new Locator.LocatorOptions().setHasText("Released"));
        see(released.locator("td").nth(0)).hasText(preview.getString("before.released"));
        see(released.locator("td").nth(1)).containsText(preview.getString("after.released"));
        assertThat(get(ANNA).getInt("weeklyCap")).isEqualTo(100);
        save().click();

        see(page.locator(".toast")).containsText("The settings are saved.");
        assertThat(get(ANNA).getInt("weeklyCap")).isEqualTo(40);
        page.keyboard().press("Tab");
        button("Undo").click();
        page.waitForCondition(() -> get(ANNA).getInt("weeklyCap") == 100);
        see(page.locator("#setting-weeklyCap")).hasValue("100");
    }

    @Test
    void aSettingBeyondItsLimitIsMarkedAndCannotBeSaved() {
        visit("/accounts/anna/settings");

        page.locator("#setting-weeklyCap").fill("900");

        see(page.locator("#setting-weeklyCap")).hasAttribute("aria-invalid", "true");
        see(page.locator("#setting-weeklyCap-error")).containsText("200");
        see(save()).isDisabled();
        assertThat(get(ANNA).getInt("weeklyCap")).isEqualTo(100);
    }

    @Test
    void aChangeIsForetoldAnewWhenSomebodyElseChangesTheSettings() {
        visit("/accounts/anna/settings");
        page.locator("#setting-weeklyCap").fill("40");
        Locator cap = page.locator("table.foretold tr", new Page.LocatorOptions().setHasText("Cap in force"));
        see(cap.locator("td").nth(0)).hasText("100");

        json("{\"weeklyCap\":80}")
                .contentType("application/merge-patch+json")
                .patch(ANNA)
                .then()
                .statusCode(200);
        feed.round();

        see(cap.locator("td").nth(0)).hasText("80");
        button("Discard").click();
    }

    @Test
    void aCancelledDraftComesBackInItsPlaceEvenWhenMoreWereReadMeanwhile() {
        enqueueMany("anna", 240);
        visit("/accounts/anna/queue");
        page.getByLabel("Cancel the draft for person-1", new Page.GetByLabelOptions().setExact(true))
                .click();
        page.waitForResponse(
                "**/invitations?*cursor=*", () -> page.evaluate("scrollTo(0, document.body.scrollHeight)"));
        see(page.locator("pacer-table p.more")).hasText("");

        button("Undo").click();
        page.evaluate("scrollTo(0, 0)");

        see(page.locator("tr[data-index='0'] .who")).hasText("person-1");
    }

    @Test
    void aPageThatCannotBeReadEndsTheListThatAskedForItOnly() {
        visit("/accounts/anna/queue");

        assertThat(page.evaluate("""
                async () => {
                  const table = document.createElement('pacer-table');
                  let fail;
                  const old = {isDone: false, next: () => new Promise((_, reject) => (fail = reject))};
                  const fresh = {isDone: false, next: () => new Promise(() => {})};
                  Object.assign(table, {columns: [], rows: [], source: old});
                  document.querySelector('main').prepend(table);
                  await new Promise(requestAnimationFrame);
                  table.source = fresh;
                  fail(new Error('too late'));
                  await table.updateComplete;
                  table.remove();
                  return [old.isDone, fresh.isDone];
                }""")).isEqualTo(List.of(true, false));
    }

    @Test
    void whoeverClosesTheTabIsAskedWhileMoreIsToBeCancelledThanOneCallDoes() {
        page.route("**/accounts/anna/campaigns?*", route -> {
            APIResponse answer = route.fetch();
            route.fulfill(new Route.FulfillOptions()
                    .setResponse(answer)
                    .setBody(answer.text().replaceAll("\"queued\":\\d+", "\"queued\":10001")));
        });
        visit("/accounts/anna/campaigns");
        page.locator(".campaign-actions button[aria-label^='Cancel']").first().click();
        see(page.locator(".toast")).containsText("10,001 drafts");
        assertThat(isAskedBeforeTheTabCloses()).isTrue();

        button("Undo").click();

        assertThat(isAskedBeforeTheTabCloses()).isFalse();
    }

    @Test
    void aDraftMadeSoonerGoesFirstInPageAndApi() {
        visit("/accounts/anna/queue");
        Locator rows = page.locator("pacer-table tbody tr[data-index]");
        see(rows.first()).containsText("person-1");
        Locator last =
                rows.filter(new Locator.FilterOptions().setHasText("person-5")).first();
        String who =
                last.locator(".who").first().innerText().lines().findFirst().orElseThrow();

        page.getByLabel(who + ": sooner", new com.microsoft.playwright.Page.GetByLabelOptions().setExact(true))
                .click();

        see(rows.first()).containsText(who);
        assertThat(query("select profile from invitation where state = 'QUEUED' order by rank_at, id limit 1"))
                .containsExactly(who);
    }

    @Test
    void aCancelledDraftIsCancelledOnlyOnceItCanNoLongerBeUndone() {
        visit("/accounts/anna/queue");
        Locator cancels = page.getByLabel(
                "Cancel the draft for person-1", new com.microsoft.playwright.Page.GetByLabelOptions().setExact(true));
        cancels.click();
        see(page.locator(".toast")).containsText("The draft for person-1 is cancelled.");
        assertThat(count("select count(*) from invitation where state = 'CANCELLED'"))
                .isZero();
        button("Undo").click();
        cancels.click();

        page.navigate(root() + "#/");

        page.waitForCondition(() -> count("select count(*) from invitation where state = 'CANCELLED'") == 1);
        assertThat(query("select profile from invitation where state = 'CANCELLED'"))
                .containsExactly("person-1");
    }

    @Test
    void aCampaignsWeightIsChangedWhereItStands() {
        json("").contentType("text/csv")
                .body("profile,campaign\np-a,autumn\np-b,autumn\np-c,partners\n")
                .post(ANNA + "/imports")
                .then()
                .statusCode(200);
        visit("/accounts/anna/campaigns");

        Locator weight = page.getByLabel("Weight of autumn");
        weight.fill("3");
        weight.press("Enter");

        page.waitForCondition(() -> get(ANNA + "/campaigns/autumn").getInt("weight") == 3);
        see(page.locator(".toast")).containsText("autumn has weight 3.");
    }

    @Test
    void whatHappenedIsToldInSentences() {
        setTime(MONDAY_8.plus(Duration.ofHours(1)));
        json("{\"reason\":\"on holiday\"}").post(ANNA + "/pause").then().statusCode(200);
        json("").post(ANNA + "/resume").then().statusCode(200);

        visit("/accounts/anna/history");

        Locator page = this.page.locator("main");
        see(page).containsText("Paused: on holiday.");
        see(page).containsText("The pause was ended.");
        see(page).containsText("A list of 90 rows was imported: 90 enqueued");
        assertThat(get(ANNA + "/history").getList("items.event", String.class))
                .containsAll(List.of("account.paused", "account.resumed", "list.imported"));
    }

    @Test
    void onlyOneKindOfEventsIsAskedForAndShown() {
        json("{\"reason\":\"on holiday\"}").post(ANNA + "/pause").then().statusCode(200);
        visit("/accounts/anna/history");
        see(page.locator("main")).containsText("A list of 90 rows was imported");

        Response answer = page.waitForResponse(
                "**/history?*", () -> page.getByText("Pauses and limits", new Page.GetByTextOptions().setExact(true))
                        .first()
                        .click());

        assertThat(answer.url()).contains("event=account.paused").doesNotContain("list.imported");
        see(page.locator("main")).containsText("Paused: on holiday.");
        see(page.locator("main")).not().containsText("A list of 90 rows was imported");
        page.reload();
        see(page.locator("main")).containsText("Paused: on holiday.");
        see(page.locator("main")).not().containsText("A list of 90 rows was imported");
    }

    /** Beside what is foretold; the form has one more, for the Enter key, that nobody sees. */
    private Locator save() {
        return page.locator(".settings-panel .button.primary");
    }
}
