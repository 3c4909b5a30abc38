package dev.invitepacer.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.Cookie;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.invitepacer.security.Keyring;
import dev.invitepacer.security.Locked;

/** The console where keys are asked for: through the real door, with real sessions. */
@QuarkusTest
@TestProfile(Locked.class)
class SignInTest extends BrowserTest {
    private static final String WRONG = "pk_" + "b".repeat(42) + "A";

    @Inject
    Keyring keys;

    @BeforeEach
    void anAccountWithThreeTasks() {
        keys.bringTheAdmins();
        execute("delete from api_key where name <> 'first'");
        account(
                "anna",
                "\"activeHours\":{\"MONDAY\":[\"00:00-24:00\"]},\"timeZone\":\"UTC\",\"spread\":\"CAP\",\"weeklyCap\":200");
        enqueueMany("anna", 9);
        run(Duration.ofMinutes(30), MONDAY_8.plus(Duration.ofHours(3)));
    }

    @AfterEach
    void leaveTheKeyBehind() {
        keys.leaveItBehind();
    }

    @Test
    void aWrongKeyOpensNothingAndARightOneOpensTheConsoleUntilSomebodySignsOut() {
        String key = keys.of("READER", "anna");
        page.navigate(root() + "#/accounts/anna");
        see(heading("Sign in")).isVisible();

        enter(WRONG);
        see(page.locator("#key-error")).containsText("This key is not known");
        assertThat(count("select count(*) from console_session")).isZero();
        enter(key);

        see(heading("Week")).isVisible();
        Cookie cookie = page.context().cookies().get(0);
        assertThat(cookie.httpOnly).isTrue();
        assertThat(page.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.cookie"))
                .asString()
                .doesNotContain(key)
                .doesNotContain(cookie.value);
        page.reload();
        see(heading("Week")).isVisible();
        assertThat(statusOf("/api/v1/accounts/anna")).isEqualTo(200);

        signOut();
        assertThat(statusOf("/api/v1/accounts/anna")).isEqualTo(401);
        assertThat(count("select count(*) from console_session")).isZero();
        page.reload();
        see(heading("Sign in")).isVisible();
    }

    @Test
    void aReaderSeesEverythingOfTheirAccountAndNoButtonThatTheyMayNotUse() {
        account("bert", "");
        pendingFor("anna", "stale-one", Duration.ofDays(40));
        page.navigate(root());
        enter(keys.of("READER", "anna"));

        see(heading("Overview")).isVisible();
        Locator rows = page.locator("pacer-table tbody tr[data-index]");
        see(rows).hasCount(1);
        see(linkTo("New account")).hasCount(0);
        see(linkTo("Tasks")).hasCount(0);
        see(linkTo("Import")).hasCount(0);
        visit("/accounts/anna");
        see(page.locator(".picture svg circle.done").first()).isVisible();
        see(button("Pause")).hasCount(0);
        visit("/accounts/anna/queue");
        see(rows.first()).isVisible();
        see(page.locator(".row-actions, .stepper")).hasCount(0);
        visit("/accounts/anna/settings");
        see(page.locator("#setting-weeklyCap")).isDisabled();
        see(page.locator(".settings-panel")).hasCount(0);
        visit("/accounts/anna/campaigns");
        see(page.locator("pacer-table tbody tr[data-index]").first()).isVisible();
        see(button("New campaign")).hasCount(0);
        visit("/withdrawals?account=anna");
        see(heading("1 invitation to withdraw in the next run")).isVisible();
        see(button("Run now")).hasCount(0);
        visit("/tasks");
        see(heading("Your key may not see this page")).isVisible();
        page.navigate(root() + "#/accounts/bert");
        see(page.locator(".failure")).containsText("No such account");
    }

    @Test
    void aSenderWhoSignsOutLeavesNothingBehind() {
        page.navigate(root());
        enter(keys.of("SENDER", "anna"));
        see(heading("Tasks")).isVisible();
        see(linkTo("Overview")).hasCount(0);
        Locator name = page.locator("article.task h2");
        String who = name.innerText();
        page.keyboard().press("o");
        page.bringToFront();
        page.waitForCondition(() -> {
            page.keyboard().press("s");
            return !name.innerText().equals(who);
        });
        assertThat(count("select count(*) from task where lease is not null")).isEqualTo(2);
        assertThat(count("select count(*) from invitation where state = 'PENDING'"))
                .isZero();

        signOut();

        assertThat(query("select profile from invitation where state = 'PENDING'"))
                .as("what was said is reported before the session ends")
                .containsExactly(who);
        assertThat(count("select count(*) from task where lease is not null"))
                .as("what was claimed is given back")
                .isZero();
        assertThat(List.of(count("select count(*) from console_session"))).containsExactly(0L);
    }

    private void enter(String key) {
        page.locator("#key").fill(key);
        page.keyboard().press("Enter");
    }

    private void signOut() {
        page.locator(".menu summary").click();
        button("Sign out").click();
        see(heading("Sign in")).isVisible();
    }

    /** Asked by the page, with whatever cookie it has. */
    private int statusOf(String path) {
        return ((Number) page.evaluate("path => fetch(path).then((response) => response.status)", path)).intValue();
    }
}
