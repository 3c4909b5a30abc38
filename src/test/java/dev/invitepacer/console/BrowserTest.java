package dev.invitepacer.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PageAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

import dev.invitepacer.ServiceTest;
import dev.invitepacer.events.EventFeed;

/**
 * What tests of the console share: a fresh browser context for each test, whose viewer is in Tokyo. Whatever the page
 * complains of (an exception, an error in the browser's console, a dialog, a file that is not there, something asked of
 * another host) fails the test, whether it looked for that or not.
 */
abstract class BrowserTest extends ServiceTest {
    /** Nowhere near any account's zone, so that a time in the viewer's zone is seen to be wrong. */
    static final String VIEWER_ZONE = "Asia/Tokyo";

    private static final double PATIENCE_MILLIS = 20_000;

    private static Locale usualLocale = Locale.getDefault();

    @Inject
    protected EventFeed feed;

    protected Page page;

    /** Addresses of the profiles that somebody opened. */
    protected final List<String> profilesOpened = new ArrayList<>();

    private final List<BrowserContext> contexts = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    /** Playwright makes its words with the JVM's locale, and would say "lıght" in Turkish, which all tests run in. */
    @BeforeAll
    static void speakEnglish() {
        usualLocale = Locale.getDefault();
        Locale.setDefault(Locale.ENGLISH);
    }

    @AfterAll
    static void speakAsBefore() {
        Locale.setDefault(usualLocale);
    }

    @BeforeEach
    void openBrowser() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        complaints.clear();
        page = newPage(Screen.WIDE, ColorScheme.LIGHT);
    }

    @AfterEach
    void closeBrowser() {
        contexts.forEach(BrowserContext::close);
        contexts.clear();
        assertThat(complaints).as("what the browser complained of").isEmpty();
    }

    /** Sizes of a browser window. */
    enum Screen {
        WIDE(1440, 900),
        NARROW(360, 740),
        HUGE(3840, 2160);

        final int width;
        final int height;

        Screen(int width, int height) {
            this.width = width;
            this.height = height;
        }
    }

    /** A page in a browser context of its own: another person at another machine. */
    protected Page newPage(Screen screen, ColorScheme colours) {
        BrowserContext context = Chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(screen.width, screen.height)
                        .setColorScheme(colours)
                        .setReducedMotion(ReducedMotion.REDUCE)
                        .setLocale("en-GB")
                        .setTimezoneId(VIEWER_ZONE)
                        .setPermissions(List.of("clipboard-read", "clipboard-write")));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        contexts.add(context);
        context.route(url -> url.startsWith("http") && !url.startsWith(root()), this::standIn);
        Page opened = context.newPage();
        listen(opened);
        return opened;
    }

    private void listen(Page opened) {
        opened.onPageError(complaints::add);
        opened.onDialog(dialog -> {
            complaints.add("dialog: " + dialog.message());
            dialog.dismiss();
        });
        opened.onConsoleMessage(this::hear);
        opened.onResponse(this::judge);
    }

    private void hear(ConsoleMessage message) {
        // A refused request is heard of in judge(), with its address.
        boolean isOfANetwork = message.text().startsWith("Failed to load resource");
        if (!isOfANetwork && List.of("error", "warning").contains(message.type())) {
            complaints.add(message.type() + ": " + message.text());
        }
    }

    /** What the API refuses the page tells people; a file of the console is always there. */
    private void judge(Response response) {
        if (response.status() >= 400 && !response.url().contains("/api/v1/")) {
            complaints.add(response.status() + " " + response.url());
        }
        if (response.status() >= 500) {
            complaints.add(response.status() + " " + response.url());
        }
    }

    /** Nothing leaves this machine: a profile that was opened is an empty page, and nothing else may be asked of others. */
    private void standIn(Route route) {
        String address = route.request().url();
        if (address.startsWith("https://www.linkedin.com/in/")
                && route.request().isNavigationRequest()) {
            profilesOpened.add(address);
            route.fulfill(new Route.FulfillOptions().setContentType("text/html").setBody("<title>A profile</title>"));
        } else {
            complaints.add("asked of another host: " + address);
            route.abort();
        }
    }

    protected static String root() {
        return "http://localhost:" + RestAssured.port + "/";
    }

    /** Goes to a page of the console ({@code "/tasks"}) and waits until it has its heading. */
    protected Page visit(Page tab, String address) {
        tab.navigate(root() + "#" + address);
        see(tab.locator("h1")).isVisible();
        return tab;
    }

    protected Page visit(String address) {
        return visit(page, address);
    }

    /** An invitation that was sent so long ago and never answered. */
    protected void pendingFor(String account, String profile, Duration age) {
        json("{\"type\":\"SENT_BY_HAND\",\"profile\":\"" + profile + "\",\"at\":\"" + now().minus(age) + "\"}")
                .post("/api/v1/accounts/" + account + "/reports")
                .then()
                .statusCode(200);
    }

    /** Waits for what is asserted; AssertJ's {@code assertThat} does not. */
    protected static LocatorAssertions see(Locator locator) {
        return PlaywrightAssertions.assertThat(locator);
    }

    protected static PageAssertions see(Page tab) {
        return PlaywrightAssertions.assertThat(tab);
    }

    protected Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    protected Locator linkTo(String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    protected Locator heading(String name) {
        return page.getByRole(
                AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** Whether the console would have the browser ask, were the tab closed now. */
    protected boolean isAskedBeforeTheTabCloses() {
        return (boolean) page.evaluate("() => !dispatchEvent(new Event('beforeunload', {cancelable: true}))");
    }

    /** Whether the browser has complained of something with these words. */
    protected boolean heard(String words) {
        return complaints.stream().anyMatch(complaint -> complaint.contains(words));
    }

    /** Complaints with these words are what the test wanted. */
    protected void forgive(String words) {
        complaints.removeIf(complaint -> complaint.contains(words));
    }
}
