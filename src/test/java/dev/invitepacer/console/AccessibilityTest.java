package dev.invitepacer.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Every page, in light and dark, on a desk and on a phone: no violation that axe knows of, and nothing wider than the screen. */
@QuarkusTest
class AccessibilityTest extends Furnished {
    private static final List<String> COLOURS = List.of("color-contrast", "link-in-text-block");

    @Test
    void everyPageIsAccessibleAndFitsTheScreen() {
        furnish();
        List<String> pages = everyPage();
        SoftAssertions all = new SoftAssertions();
        for (String address : pages) {
            page.setViewportSize(Screen.WIDE.width, Screen.WIDE.height);
            settle(address);
            for (Screen screen : List.of(Screen.WIDE, Screen.NARROW)) {
                page.setViewportSize(screen.width, screen.height);
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
                all.assertThat(violations(axe()))
                        .as("%s %s light", address, screen)
                        .isEmpty();
                all.assertThat(overflow()).as("%s %s overflow", address, screen).isEmpty();
            }
            // Between themes nothing but colours differs, and colours not between sizes.
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            all.assertThat(violations(axe().withRules(COLOURS)))
                    .as("%s dark", address)
                    .isEmpty();
        }
        all.assertAll();
    }

    /** A long name and a preview of a change once made the settings wider than a phone. */
    @Test
    void noSettingIsWiderThanAPhoneHoweverLongItsWords() {
        member(
                "anna",
                "W".repeat(200),
                "\"timeZone\":\"America/Argentina/ComodRivadavia\",\"group\":\"" + "g".repeat(60) + "\"");
        page.setViewportSize(Screen.NARROW.width, Screen.NARROW.height);
        settle("/accounts/anna/settings");
        page.evaluate("document.querySelectorAll('main details').forEach((more) => (more.open = true))");
        page.locator("#setting-weeklyCap").fill("40");
        see(page.locator("table.foretold")).isVisible();
        assertThat(overflow()).isEmpty();
        // Whoever leaves with changes is asked.
        page.locator("#setting-weeklyCap").fill("100");
        for (String address : List.of("/", "/accounts/anna", "/withdrawals", "/tasks", "/import?account=anna")) {
            settle(address);
            assertThat(overflow()).as(address).isEmpty();
        }
    }

    @Test
    void dialogsPaletteToastsAndEmptyPagesAreAccessibleToo() {
        SoftAssertions all = new SoftAssertions();
        settle("/");
        inBothThemes(all, "first visit");
        account("anna", "");
        for (String address : List.of(
                "/tasks",
                "/import?account=anna",
                "/accounts/anna",
                "/accounts/anna/queue",
                "/accounts/anna/campaigns")) {
            settle(address);
            inBothThemes(all, "empty " + address);
        }
        page.keyboard().press("Control+k");
        see(page.getByRole(AriaRole.DIALOG)).isVisible();
        inBothThemes(all, "palette");
        page.keyboard().press("Escape");
        page.keyboard().press("?");
        see(page.getByRole(AriaRole.DIALOG)).isVisible();
        inBothThemes(all, "shortcuts");
        page.keyboard().press("Escape");
        page.evaluate("""
                () => import('/console/parts/toasts.js').then(({done, tellFailure}) => {
                  done('The draft for Kamala Eriksen is cancelled.', () => {});
                  tellFailure({detail: 'It did not work.'});
                  document.querySelector('pacer-campaigns-page').trouble = {status: 0, isPassing: true, detail: 'Nobody answers.'};
                })""");
        see(page.locator(".toast")).hasCount(2);
        see(page.locator(".behind")).isVisible();
        inBothThemes(all, "toasts, and a page that is behind");
        all.assertAll();
    }

    private void inBothThemes(SoftAssertions all, String what) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        all.assertThat(violations(axe())).as("%s light", what).isEmpty();
        // Between themes nothing but colours differs.
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        all.assertThat(violations(axe().withRules(COLOURS))).as("%s dark", what).isEmpty();
    }

    @Test
    void aPictureOfAWeekIsToldToWhoeverCannotSeeIt() {
        account("anna-berg", "\"timeZone\":\"Europe/Oslo\"");
        enqueueMany("anna-berg", 30);
        run(Duration.ofMinutes(15), MONDAY_8.plus(Duration.ofHours(5)));
        settle("/accounts/anna-berg");

        // Until it knows how wide it is, the picture is an empty box.
        see(page.locator(".picture svg")).isVisible();
        page.locator(".picture[tabindex]").focus();
        page.keyboard().press("Home");
        page.keyboard().press("ArrowRight");

        see(page.locator("pacer-week-picture p[role=status]")).containsText("2 of ");
        assertThat(page.locator("#week-summary").innerText())
                .contains(get("/api/v1/accounts/anna-berg/week").getInt("released") + " releases");
    }

    private void settle(String address) {
        // From elsewhere, so that it is not the page before that is looked at.
        page.navigate("about:blank");
        visit(address);
        see(page.locator(".skeleton")).hasCount(0);
    }

    private AxeBuilder axe() {
        // A colour on its way from one to another is neither.
        page.waitForFunction(
                "() => new Promise(requestAnimationFrame).then(() => document.getAnimations().length === 0)");
        AxeRunOptions options = new AxeRunOptions();
        options.setResultTypes(List.of("violations"));
        return new AxeBuilder(page).setLegacyMode(true).options(options);
    }

    private static List<String> violations(AxeBuilder axe) {
        return axe.analyze().getViolations().stream()
                .map(rule -> rule.getId() + " at "
                        + rule.getNodes().stream()
                                .map(node -> node.getTarget() + " " + node.getHtml())
                                .limit(3)
                                .toList())
                .toList();
    }

    /** What reaches beyond the right edge, where the page scrolls sideways. */
    private List<String> overflow() {
        Object found = page.evaluate("""
                () => {
                  const width = document.documentElement.clientWidth;
                  if (document.documentElement.scrollWidth <= width) {
                    return [];
                  }
                  return [...document.querySelectorAll('main *')]
                    .filter((element) => element.getBoundingClientRect().right > width + 1)
                    .slice(0, 5)
                    .map((element) => `${element.tagName}.${element.getAttribute('class')}`)
                    .concat(`${document.documentElement.scrollWidth} > ${width}`);
                }""");
        List<String> names = new ArrayList<>();
        ((List<?>) found).forEach(name -> names.add(String.valueOf(name)));
        return names;
    }
}
