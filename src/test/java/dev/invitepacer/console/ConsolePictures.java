package dev.invitepacer.console;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Photographs every page: empty, normal and overfull, wide and narrow, light and dark, with invented people; and the moments in which
 * somebody does something, or may not. No test, so it runs only
 * where it is named; docs/how-to/photograph-the-console.md tells how.
 */
@QuarkusTest
class ConsolePictures extends Furnished {
    private static final Path PLACE = Path.of(System.getProperty("console.pictures", "target/pictures"));
    private static final String WANTED = System.getProperty("console.pages", "");
    private static final int OVERFULL = 400;
    private static final int TALLEST = 2_400;

    @Test
    void empty() {
        shoot(
                "empty",
                Map.of(
                        "overview",
                        "/",
                        "new-account",
                        "/new-account",
                        "tasks",
                        "/tasks",
                        "import",
                        "/import",
                        "withdrawals",
                        "/withdrawals",
                        "people",
                        "/people"));
        member("anna-berg", "Anna Berg", "\"timeZone\":\"Europe/Oslo\"");
        shoot("empty", ofAccount());
    }

    @Test
    void normal() {
        furnish();
        shoot("normal", pages());
    }

    @Test
    void overfull() {
        furnish();
        String longName = "Wilhelmina-Anastasia von und zu Hohenlohe-Schillingsfürst der Jüngeren";
        for (int i = 0; i < OVERFULL; i++) {
            member(
                    "member-%03d".formatted(i),
                    "%s %d".formatted(i % 9 == 0 ? longName : FIRST.get(i % 12) + " " + LAST.get(i % 11), i),
                    "\"timeZone\":\"Asia/Kolkata\"");
        }
        importList("anna-berg", list(1_000, 3_000, "a-campaign-with-a-rather-long-name-of-sixty-three-letters-and-s"));
        importList(
                "anna-berg",
                "profile,firstName,lastName,company,headline,note\nlong-one,Wilhelmina-Anastasia Theodora,von und zu Hohenlohe-Schillingsfürst,"
                        + "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft,Leitende Ministerialrätin für außerordentliche Angelegenheiten,\""
                        + "word ".repeat(59) + "\"\n");
        for (int i = 0; i < 40; i++) {
            json("{\"weight\":" + (i % 9 + 1) + "}")
                    .put("/api/v1/accounts/anna-berg/campaigns/campaign-" + i)
                    .then()
                    .statusCode(201);
        }
        setTime(now().plus(Duration.ofDays(1)));
        releases.round();
        shoot("overfull", pages());
    }

    /** What is on the screen while somebody does something. */
    @Test
    void moments() {
        furnish();
        open("/tasks");
        page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(2))
                .waitFor();
        page.waitForCondition(() -> {
            page.keyboard().press("x");
            return page.locator("dialog[open]").isVisible();
        });
        photograph("moment-could-not");
        page.keyboard().press("Escape");
        page.keyboard().press("b");
        see(heading("You hold no task")).isVisible();
        photograph("moment-given-back");
        page.keyboard().press("?");
        photograph("moment-shortcuts");
        page.keyboard().press("Escape");
        page.keyboard().press("Control+k");
        page.keyboard().type("ber");
        photograph("moment-palette");
        page.keyboard().press("Escape");

        open("/accounts/anna-berg/settings");
        page.locator("#setting-weeklyCap").fill("40");
        see(page.locator("table.foretold")).isVisible();
        photograph("moment-settings-foretold");
        page.locator("#setting-weeklyCap").fill("900");
        photograph("moment-settings-wrong");
        page.locator("#setting-weeklyCap").fill("100");

        open("/accounts/anna-berg/queue");
        page.locator(".row-actions button").first().click();
        photograph("moment-draft");
        page.keyboard().press("Escape");

        open("/people?person="
                + query("select profile from invitation where state = 'PENDING' order by id limit 1")
                        .get(0));
        button("Erase…").click();
        photograph("moment-erasing");
        page.keyboard().press("Escape");

        open("/import?account=carla-ruiz");
        String list = list(2_000, 2_040, "spring").replace("Wayne Freight", "")
                + "not a profile,No,Body,,,,spring,2\nmateo-tan-500,Mateo,Tan,,,,spring,9\n";
        page.locator("input[type=file]")
                .first()
                .setInputFiles(new FilePayload("spring.csv", "text/csv", list.getBytes(StandardCharsets.UTF_8)));
        see(page.getByText("would be enqueued")).isVisible();
        photograph("moment-import-preview");
    }

    /** Tasks that an automatic sender could not do, and limits that LinkedIn set. */
    @Test
    void trouble() {
        furnish();
        List<String> tasks = query("select id from task where state = 'OPEN' and account = 'anna-berg' order by id");
        execute("update task set lane = 'LINKEDIN', stage = 'FAILED', tries = 5, delivery_detail ="
                + " 'LinkedIn answered 403: not enough permissions to access createInvitation' where id = "
                + tasks.get(0));
        open("/tasks?account=anna-berg");
        photograph("trouble-failed");
        execute("update task set lane = null, stage = null where id = " + tasks.get(0));
        execute("update task set lane = 'LINKEDIN', stage = 'IN_DOUBT', tries = 1, delivery_detail ="
                + " 'No answer within 15 s' where id = " + tasks.get(0));
        open("/tasks?account=anna-berg");
        photograph("trouble-in-doubt");
        report(
                "anna-berg",
                count("select invitation from task where id = " + tasks.get(1)),
                "REFUSED",
                "\"refusal\":\"WEEKLY_LIMIT\"");
        open("/");
        photograph("trouble-overview");
        open("/accounts/anna-berg");
        photograph("trouble-week");
    }

    /** What a key without all rights sees. The service refuses the same, which RolesTest holds it to. */
    @Test
    void roles() {
        furnish();
        signedInAs("READER");
        for (String name : List.of("overview", "week", "queue", "settings", "campaigns", "withdrawals")) {
            open(
                    name.equals("overview")
                            ? "/"
                            : name.equals("week")
                                    ? "/accounts/anna-berg"
                                    : name.equals("withdrawals")
                                            ? "/withdrawals?account=anna-berg"
                                            : "/accounts/anna-berg/" + name);
            photograph(name + "-reader");
        }
        signedInAs("SENDER");
        open("/");
        see(heading("Tasks")).isVisible();
        photograph("tasks-sender");
        open("/accounts/anna-berg");
        photograph("forbidden-sender");
        page.unroute("**/api/v1/session");
        page.route(
                "**/api/v1/session",
                route -> route.fulfill(new com.microsoft.playwright.Route.FulfillOptions()
                        .setStatus(401)
                        .setContentType("application/problem+json")
                        .setBody("{\"status\":401,\"code\":\"key-missing\"}")));
        page.navigate("about:blank");
        page.navigate(root());
        see(heading("Sign in")).isVisible();
        photograph("sign-in");
    }

    private void signedInAs(String role) {
        page.unroute("**/api/v1/session");
        page.route(
                "**/api/v1/session",
                route -> route.fulfill(new com.microsoft.playwright.Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody(
                                "{\"security\":true,\"name\":\"Olga\",\"role\":\"%s\",\"accounts\":[\"anna-berg\"],\"csrf\":\"c\",\"now\":\"%s\"}"
                                        .formatted(role, now()))));
    }

    private Map<String, String> pages() {
        Map<String, String> pages = new LinkedHashMap<>();
        everyPage()
                .forEach(address -> pages.put(
                        address.equals("/") ? "overview" : address.substring(1).replaceAll("[^a-z0-9]+", "-"),
                        address));
        return pages;
    }

    private static Map<String, String> ofAccount() {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("week", "/accounts/anna-berg");
        for (String page : List.of("queue", "settings", "campaigns", "history")) {
            pages.put(page, "/accounts/anna-berg/" + page);
        }
        pages.put("tasks-of-an-account", "/tasks?account=anna-berg");
        return pages;
    }

    private void shoot(String state, Map<String, String> pages) {
        pages.forEach((name, address) -> {
            if (name.contains(WANTED)) {
                open(address);
                photograph(name + "-" + state);
            }
        });
    }

    private void open(String address) {
        page.setViewportSize(Screen.WIDE.width, Screen.WIDE.height);
        page.navigate("about:blank");
        visit(address);
        see(page.locator(".skeleton")).hasCount(0);
    }

    /** What is there now, on each screen and in each theme; on a phone as much of it as somebody would scroll through. */
    private void photograph(String name) {
        if (!name.contains(WANTED)) {
            return;
        }
        for (Screen screen : List.of(Screen.WIDE, Screen.NARROW)) {
            page.setViewportSize(screen.width, screen.height);
            for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
                page.waitForFunction(
                        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))).then(() => true)");
                page.screenshot(new Page.ScreenshotOptions()
                        .setPath(PLACE.resolve(
                                "%s-%s-%s.png".formatted(name, screen, colours).toLowerCase(Locale.ROOT))));
                if (screen == Screen.NARROW && colours == ColorScheme.LIGHT) {
                    int height = ((Number) page.evaluate("document.documentElement.scrollHeight")).intValue();
                    page.setViewportSize(screen.width, Math.max(screen.height, Math.min(height, TALLEST)));
                    page.screenshot(new Page.ScreenshotOptions().setPath(PLACE.resolve(name + "-long.png")));
                    page.setViewportSize(screen.width, screen.height);
                }
            }
        }
        page.setViewportSize(Screen.WIDE.width, Screen.WIDE.height);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    }
}
