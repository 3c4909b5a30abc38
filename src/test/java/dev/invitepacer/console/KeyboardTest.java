package dev.invitepacer.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whoever works by keyboard, or listens, is not lost when what they acted on is gone. */
@QuarkusTest
class KeyboardTest extends SendersList {
    @Test
    void theFocusGoesToTheNextTaskWhichIsAnnounced() {
        openTasks(2);
        visit("/tasks");
        String who = name().innerText();
        Locator told = page.locator("pacer-tasks-page > [role=status]");
        see(told).hasText("Task: " + who);
        told.evaluate("told => (window.told = told)");
        open();
        Locator sent = page.locator(".does button:has(kbd:text-is('s'))");

        page.waitForCondition(() -> {
            sent.press("Enter");
            return !who.equals(name().textContent());
        });

        see(name()).isFocused();
        see(told).hasText("Task: " + name().innerText());
        assertThat(told.evaluate("told => told === window.told"))
                .as("the region was there before what it says")
                .isEqualTo(true);
        page.locator(".hold button").press("Enter");
        see(heading("You hold no task")).isFocused();
        page.locator(".toast button:text-is('Undo')").last().press("Enter");
        see(name()).isVisible();
        assertThat(focused()).isNotEqualTo("BODY");
    }

    @Test
    void whatIsRemovedGivesTheFocusToWhatTakesItsPlace() {
        account("anna", "\"weeklyCap\":100,\"restDays\":[\"2026-12-24\",\"2026-12-25\"]");
        pending("stale-one", Duration.ofDays(42));
        pending("stale-two", Duration.ofDays(41));
        visit("/withdrawals?account=anna");
        Locator rows = page.locator("pacer-table tbody tr[data-index]");
        page.getByLabel("Keep the invitation to stale-one").press("Enter");
        see(rows).hasCount(1);
        see(rows.first()).isFocused();
        page.getByLabel("Keep the invitation to stale-two").press("Enter");
        see(page.locator(".night h2")).isFocused();

        json("").put("/api/v1/suppressions/nobody").then().statusCode(201);
        visit("/people?show=list");
        page.getByLabel("Take nobody off the list").press("Enter");
        see(page.locator("pacer-suppressions .empty h2")).isFocused();

        visit("/accounts/anna/settings");
        page.locator(".dates li button").last().press("Enter");
        see(page.locator(".dates li button")).isFocused();
        page.locator(".changes button").press("Enter");
        see(page.locator("#preview-title")).isFocused();
    }

    @Test
    void shortcutsOfASingleKeyAreSwitchedOffAndOn() {
        account("anna", "");
        visit("/");
        Locator dialog = page.getByRole(AriaRole.DIALOG);
        page.keyboard().press("?");
        see(dialog).containsText("Go to Tasks");

        page.getByLabel("Shortcuts of a single key").press("Space");
        see(dialog).not().containsText("Go to Tasks");
        page.keyboard().press("Escape");
        page.reload();
        see(heading("Overview")).isVisible();
        page.keyboard().press("?");
        page.keyboard().press("g");
        page.keyboard().press("n");
        page.keyboard().press("Control+/");

        see(dialog).isVisible();
        see(heading("Overview")).hasCount(1);
        assertThat(page.url()).endsWith("#/");
        page.getByLabel("Shortcuts of a single key").press("Space");
        see(dialog).containsText("Go to Tasks");
        page.keyboard().press("Escape");
        page.keyboard().press("g");
        page.keyboard().press("n");
        see(heading("New account")).isVisible();
    }

    private void pending(String profile, Duration age) {
        json("{\"type\":\"SENT_BY_HAND\",\"profile\":\"" + profile + "\",\"at\":\"" + now().minus(age) + "\"}")
                .post("/api/v1/accounts/anna/reports")
                .then()
                .statusCode(200);
    }

    private Object focused() {
        return page.evaluate("document.activeElement.tagName");
    }
}
