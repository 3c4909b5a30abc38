package dev.invitepacer.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The frame around every page: ways by keyboard, themes, addresses, signing in. */
@QuarkusTest
class ShellTest extends BrowserTest {
    private static final String KEY = "a-key";

    @Test
    void thePaletteFindsAnAccountByAFewLetters() {
        account("anna", "\"timeZone\":\"Europe/Oslo\"");
        account("soren", "");
        visit("/");

        page.keyboard().press("Control+k");
        page.keyboard().type("sor");
        see(page.locator("[role=option][aria-selected=true]")).containsText("soren");
        page.keyboard().press("Enter");

        page.waitForURL("**/#/accounts/soren");
    }

    @Test
    void twoKeysGoToAPageAndItsHeadingIsAnnounced() {
        account("anna", "");
        visit("/");

        page.keyboard().press("g");
        page.keyboard().press("n");

        see(heading("New account")).isVisible();
        see(page.locator("#announcer")).hasText("New account");
        see(page).hasTitle("New account · Invite Pacer");
    }

    @Test
    void aShortcutIsNoShortcutWhereSomebodyWrites() {
        visit("/new-account");
        Locator name = page.getByLabel("Name", new com.microsoft.playwright.Page.GetByLabelOptions().setExact(true));
        name.focus();

        page.keyboard().type("go Tu?");

        see(name).hasValue("go Tu?");
        see(heading("New account")).isVisible();
    }

    @Test
    void theListOfShortcutsTellsThoseOfThisPage() {
        account("anna", "");
        visit("/");

        page.keyboard().press("?");

        Locator list = page.getByRole(AriaRole.DIALOG);
        see(list).containsText("Go to Tasks");
        see(list).not().containsText("Go to Queue");
        page.keyboard().press("Escape");
        see(list).isHidden();
    }

    @Test
    void aThemeOnceChosenIsThereAfterAReload() {
        visit("/");
        String light = background();

        page.keyboard().press("T");
        page.keyboard().press("T");
        page.waitForFunction("light => getComputedStyle(document.body).backgroundColor !== light", light);
        String dark = background();
        page.reload();

        see(page.locator("h1, h2").first()).isVisible();
        page.waitForFunction("dark => getComputedStyle(document.body).backgroundColor === dark", dark);
    }

    @Test
    void anAddressThatLeadsNowhereSaysSoAndLeadsBack() {
        account("anna", "");
        visit("/nothing/here");
        see(heading("There is no such page")).isVisible();

        linkTo("Go to Overview").click();

        see(heading("Overview")).isVisible();
    }

    @Test
    void whoeverIsQuickerThanAPageLoadsIsWhereTheyWentLast() {
        account("anna", "");
        visit("/");
        page.route("**/pages/history.js", route -> {
            page.evaluate("location.hash = '#/people'");
            see(heading("People")).isVisible();
            route.resume();
        });

        page.evaluate("location.hash = '#/accounts/anna/history'");

        see(heading("People")).isVisible();
        page.waitForFunction(
                "() => performance.getEntriesByName(location.origin + '/console/pages/history.js').length > 0");
        see(heading("People")).isVisible();
        assertThat(page.url()).endsWith("#/people");
    }

    @Test
    void whoeverSignsInIsBackWhereTheyWere() {
        AtomicBoolean isIn = new AtomicBoolean();
        page.route("**/api/v1/session", route -> {
            boolean isRight = route.request().method().equals("POST")
                    && route.request().postData().contains("\"" + KEY + "\"");
            isIn.compareAndSet(false, isRight);
            answer(route, isIn.get());
        });
        page.navigate(root() + "#/new-account");
        see(heading("Sign in")).isVisible();

        page.keyboard().type("wrong");
        page.keyboard().press("Enter");
        see(page.locator("#key-error")).containsText("This key is not known");
        page.locator("#key").fill(KEY);
        page.keyboard().press("Enter");

        see(heading("New account")).isVisible();
        see(page.locator(".menu summary")).hasAttribute("aria-label", "Signed in as Olga");
        assertThat(page.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.cookie"))
                .asString()
                .doesNotContain(KEY);
    }

    @Test
    void theFirstTabStopSkipsToTheContent() {
        account("anna", "");
        visit("/");

        page.keyboard().press("Tab");
        see(page.locator(".skip")).isFocused();
        page.keyboard().press("Enter");

        see(page.locator("main")).isFocused();
    }

    private static void answer(Route route, boolean isIn) {
        route.fulfill(
                new Route.FulfillOptions()
                        .setStatus(isIn ? 200 : 401)
                        .setContentType(isIn ? "application/json" : "application/problem+json")
                        .setBody(
                                isIn
                                        ? "{\"security\":true,\"name\":\"Olga\",\"role\":\"ADMIN\",\"accounts\":null,\"csrf\":\"c\"}"
                                        : "{\"status\":401,\"code\":\"key-missing\",\"title\":\"Unauthorized\",\"detail\":\"No key.\"}"));
    }

    private String background() {
        return (String) page.evaluate("getComputedStyle(document.body).backgroundColor");
    }
}
