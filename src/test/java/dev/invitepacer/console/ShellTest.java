package dev.invitepacer.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
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
            answer(route, isIn.get(), "Olga");
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
    void whoeverSignsInNextSeesNothingOfWhoWasThere() {
        account("anna", "");
        AtomicReference<String> who = new AtomicReference<>("\uD83E\uDD89lga");
        page.route("**/api/v1/session", route -> {
            if (route.request().method().equals("DELETE")) {
                route.fulfill(new Route.FulfillOptions().setStatus(204));
            } else {
                answer(route, true, who.get());
            }
        });
        visit("/accounts/anna/settings");
        see(page.locator(".avatar")).hasText("\uD83E\uDD89");
        Locator cap = page.locator("#setting-weeklyCap");
        cap.fill("40");
        page.keyboard().press("Tab");
        page.keyboard().press("?");
        Locator dialog = page.locator("dialog[open]");
        see(dialog).isVisible();
        page.evaluate("import('/console/session.js').then(({signOut}) => signOut())");
        see(heading("Sign in")).isVisible();
        see(dialog).hasCount(0);

        who.set("Berta");
        signIn();
        see(cap).hasValue("100");
        page.evaluate("import('/console/session.js').then(({signOut}) => signOut())");
        who.set("\uD83E\uDD89lga");
        signIn();

        see(cap).hasValue("40");
        page.locator(".settings-panel").getByText("Discard").click();
    }

    private void signIn() {
        page.locator("#key").fill(KEY);
        page.keyboard().press("Enter");
    }

    @Test
    void goingBackTakesWhatIsOpenAboveThePageAlong() {
        visit("/");
        page.evaluate("location.hash = '#/people'");
        see(heading("People")).isVisible();
        page.locator("h1").click();
        Locator above = page.locator("dialog[open]");
        for (String opens : List.of("?", "Control+k")) {
            page.keyboard().press(opens);
            see(above).isVisible();
            page.goBack();
            see(above).hasCount(0);
            page.goForward();
            see(heading("People")).isVisible();
            page.locator("h1").click();
        }
    }

    @Test
    void thePaletteFindsPeopleAndDoesWhatShortcutsDo() {
        account("anna", "");
        enqueue("anna", "kamala-eriksen", "\"firstName\":\"Kamala\",\"lastName\":\"Eriksen\"");
        visit("/");
        page.keyboard().press("Control+k");
        page.keyboard().type("eriks");
        see(page.locator("[role=option][aria-selected=true]")).containsText("Kamala Eriksen");
        page.keyboard().press("Enter");
        see(page.locator(".card.who h2")).hasText("Kamala Eriksen");

        page.keyboard().press("Control+k");
        page.keyboard().type("dark");
        page.keyboard().press("Enter");

        page.waitForFunction("() => document.documentElement.dataset.theme === 'light'");
        assertThat(page.url()).endsWith("#/people?person=kamala-eriksen");
    }

    @Test
    void shortcutsAreWhereTheirKeysAreOnAKeyboardOfOtherLetters() {
        visit("/");
        page.evaluate("""
                () => [['\u043F', 'KeyG'], ['\u0442', 'KeyN']].forEach(([key, code]) =>
                  document.body.dispatchEvent(new KeyboardEvent('keydown', {key, code, bubbles: true})))""");

        see(heading("New account")).isVisible();
    }

    @Test
    void whoeverChoosesAnAccountByKeysIsStillChoosing() {
        account("anna", "");
        account("ben", "");
        visit("/accounts/anna/queue");
        Locator switcher = page.locator(".switcher select");
        see(switcher.locator("option")).hasCount(2);
        switcher.focus();

        switcher.selectOption("ben");

        page.waitForURL("**/#/accounts/ben/queue");
        see(page).hasTitle("Queue · ben · Invite Pacer");
        see(switcher).isFocused();
    }

    /** A name without a blank once pushed the way back out of the window; one that is read backwards turned what follows it. */
    @Test
    void aToastCanBeUndoneWhateverTheNameInIt() {
        page.setViewportSize(Screen.NARROW.width, Screen.NARROW.height);
        visit("/");
        Object order = page.evaluate("""
                async () => {
                  const {done} = await import('/console/parts/toasts.js');
                  const {said} = (await import('/console/strings/en/tasks.js')).default;
                  done(said.SENT('W'.repeat(200)), () => {});
                  done(said.SENT('\u202eKamala'), () => {});
                  await document.querySelector('pacer-toasts').updateComplete;
                  const [text] = [...document.querySelectorAll('.toast p')].at(-1).childNodes.values().filter((node) => node.data?.includes('sent'));
                  const left = (word) => {
                    const range = new Range();
                    range.setStart(text, text.data.indexOf(word));
                    range.setEnd(text, text.data.indexOf(word) + word.length);
                    return range.getBoundingClientRect().left;
                  };
                  return left('sent') > left('Kamala');
                }""");

        assertThat(order).isEqualTo(true);
        var undo = page.locator(".toast .plain").first().boundingBox();
        assertThat(undo.x + undo.width).isLessThanOrEqualTo(Screen.NARROW.width);
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

    private static void answer(Route route, boolean isIn, String name) {
        route.fulfill(
                new Route.FulfillOptions()
                        .setStatus(isIn ? 200 : 401)
                        .setContentType(isIn ? "application/json" : "application/problem+json")
                        .setBody(
                                isIn
                                        ? "{\"security\":true,\"name\":\"" + name
                                                + "\",\"role\":\"ADMIN\",\"accounts\":null,\"csrf\":\"c\"}"
                                        : "{\"status\":401,\"code\":\"key-missing\",\"title\":\"Unauthorized\",\"detail\":\"No key.\"}"));
    }

    private String background() {
        return (String) page.evaluate("getComputedStyle(document.body).backgroundColor");
    }
}
