package dev.invitepacer.console;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Photographs every page: empty, normal and overfull, wide and narrow, light and dark, with invented people. No test, so it runs only
 * where it is named; docs/how-to/photograph-the-console.md tells how.
 */
@QuarkusTest
class ConsolePictures extends Furnished {
    private static final Path PLACE = Path.of(System.getProperty("console.pictures", "target/pictures"));
    private static final String WANTED = System.getProperty("console.pages", "");
    private static final int OVERFULL = 400;

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
        account("anna-berg", "\"timeZone\":\"Europe/Oslo\"");
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
            account(
                    "member-%03d".formatted(i),
                    "\"name\":\"%s %d\""
                            .formatted(i % 9 == 0 ? longName : FIRST.get(i % 12) + " " + LAST.get(i % 11), i));
        }
        importList("anna-berg", list(1_000, 3_000, "a-campaign-with-a-rather-long-name-of-sixty-three-letters-and-so"));
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
        pages.put("tasks-of-an-account", "/tasks");
        return pages;
    }

    private void shoot(String state, Map<String, String> pages) {
        pages.forEach((name, address) -> {
            if (!name.contains(WANTED)) {
                return;
            }
            for (Screen screen : List.of(Screen.WIDE, Screen.NARROW)) {
                page.setViewportSize(screen.width, screen.height);
                page.navigate(root() + "#" + address);
                page.reload();
                see(page.locator("h1, h2").first()).isVisible();
                see(page.locator(".skeleton")).hasCount(0);
                for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
                    page.screenshot(new Page.ScreenshotOptions()
                            .setPath(PLACE.resolve("%s-%s-%s-%s.png"
                                    .formatted(name, state, screen, colours)
                                    .toLowerCase(java.util.Locale.ROOT)))
                            .setFullPage(screen == Screen.NARROW && !state.equals("overfull")));
                }
            }
        });
    }
}
