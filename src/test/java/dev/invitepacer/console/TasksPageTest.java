package dev.invitepacer.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The sender's list, by keyboard alone. */
@QuarkusTest
class TasksPageTest extends SendersList {
    private static final int MANY = 20;

    @Test
    void aSenderDoesTwentyTasksByKeyboardAloneAndEachReportArrives() {
        openTasks(MANY);
        Map<String, String> notes = notesByName();
        visit("/tasks");
        Locator name = page.locator(NAME);
        List<String> done = new ArrayList<>();
        List<String> failed = new ArrayList<>();

        while (done.size() + failed.size() < MANY) {
            String who = name.innerText();
            page.keyboard().press("o");
            page.bringToFront();
            assertThat(page.evaluate("navigator.clipboard.readText()")).isEqualTo(notes.get(who));
            if (done.size() == 5 && failed.isEmpty()) {
                page.waitForCondition(() -> {
                    page.keyboard().press("x");
                    return page.locator("dialog[open]").isVisible();
                });
                page.keyboard().press("7");
                failed.add(who);
            } else {
                pressUntilAnother("s", who);
                done.add(who);
            }
            if (done.size() == 3) {
                page.keyboard().press("u");
                see(name).hasText(who);
                pressUntilAnother("s", who);
            }
            if (done.size() + failed.size() < MANY) {
                see(name).not().hasText(who);
            }
        }
        see(heading("Nothing to send right now")).isVisible();
        page.keyboard().press("g");
        page.keyboard().press("o");
        see(heading("Overview")).isVisible();

        page.waitForCondition(
                () -> query("select count(*) from task where state = 'OPEN'").equals(List.of("0")));
        assertThat(namesIn("PENDING")).containsExactlyInAnyOrderElementsOf(done);
        assertThat(namesIn("FAILED")).containsExactlyInAnyOrderElementsOf(failed);
        assertThat(profilesOpened).hasSize(MANY).doesNotHaveDuplicates();
    }

    @Test
    void whatIsUndoneIsNeverReported() {
        openTasks(MANY);
        visit("/tasks");
        Locator name = page.locator(NAME);
        String who = name.innerText();
        page.keyboard().press("o");
        page.bringToFront();
        pressUntilAnother("s", who);

        page.keyboard().press("u");

        see(name).hasText(who);
        page.keyboard().press("g");
        page.keyboard().press("o");
        see(heading("Overview")).isVisible();
        assertThat(count("select count(*) from invitation where state <> 'RELEASED'"))
                .isZero();
        assertThat(page.evaluate("localStorage.getItem('pacer.reports')")).isEqualTo("[]");
        page.reload();
        see(heading("Overview")).isVisible();
        assertThat(count("select count(*) from task where state <> 'OPEN'")).isZero();
    }

    @Test
    void twoSendersNeverGetTheSameTask() {
        openTasks(MANY);
        Page other = newPage(Screen.WIDE, ColorScheme.DARK);
        List<Page> senders = List.of(page, other);
        senders.forEach(sender -> visit(sender, "/tasks"));
        Set<String> seen = new HashSet<>();

        for (int i = 0; i < MANY; i++) {
            Page sender = senders.get(i % 2);
            sender.bringToFront();
            Locator name = sender.locator(NAME);
            String who = name.innerText();
            assertThat(seen.add(who)).as("%s was shown before", who).isTrue();
            sender.keyboard().press("o");
            sender.bringToFront();
            pressUntilAnother(sender, "s", who);
        }
        senders.forEach(sender -> sender.navigate(root() + "#/"));

        page.waitForCondition(() -> count("select count(*) from invitation where state = 'PENDING'") == MANY);
        assertThat(seen).isEqualTo(notesByName().keySet());
    }

    @Test
    void whoeverIsTakenBackWhileTheNextIsClaimedIsTheOneThatIsShown() {
        openTasks(MANY);
        visit("/tasks");
        Locator name = page.locator(NAME);
        String who = name.innerText();
        List<Route> held = new ArrayList<>();
        page.route("**/claim", held::add);
        page.keyboard().press("o");
        page.bringToFront();
        page.waitForCondition(() -> {
            page.keyboard().press("s");
            return !held.isEmpty();
        });

        page.keyboard().press("u");
        see(name).hasText(who);
        page.waitForResponse("**/claim", () -> held.get(0).resume());
        page.unroute("**/claim");
        // What is under way cannot be given back, so the page has taken the answer in once it can.
        page.waitForCondition(() -> {
            assertThat(name.allInnerTexts()).isSubsetOf(who);
            page.keyboard().press("b");
            return heading("You hold no task").isVisible();
        });

        see(page.getByText("Given back.")).isVisible();
        assertThat(count("select count(*) from task where state <> 'OPEN'")).isZero();
        assertThat(count("select count(*) from task where lease is not null")).isZero();
    }

    @Test
    void aSenderWhoLeavesGivesTheirTaskToTheNextAtOnce() {
        openTasks(MANY);
        visit("/tasks");
        String who = page.locator(NAME).innerText();
        Page other = newPage(Screen.WIDE, ColorScheme.LIGHT);

        page.keyboard().press("b");

        see(heading("You hold no task")).isVisible();
        page.getByLabel("Dismiss").click();
        see(page.getByText("Given back.")).hasCount(0);
        assertThat(count("select count(*) from task where lease is not null")).isZero();
        visit(other, "/tasks");
        see(other.locator(NAME)).hasText(who);
        page.bringToFront();
        button("Take the next one").click();
        see(page.locator(NAME)).not().hasText(who);
        String next = page.locator(NAME).innerText();
        page.waitForCondition(() -> {
            page.keyboard().press("b");
            return heading("You hold no task").isVisible();
        });
        see(page.getByText("Given back.")).isVisible();
        page.keyboard().press("u");
        see(page.locator(NAME)).hasText(next);
        page.waitForCondition(() -> count("select count(*) from task where lease is not null") == 2);
    }

    @Test
    void whatIsLeftCountsDown() {
        openTasks(MANY);
        visit("/tasks");
        Locator left = page.locator(".page-head [role=status]");
        see(left).containsText(MANY + " invitations left today");
        String who = page.locator(NAME).innerText();

        page.keyboard().press("o");
        page.bringToFront();
        pressUntilAnother("s", who);

        see(left).containsText(MANY - 1 + " invitations left today");
        see(left).containsText("1 done");
    }

    private Map<String, String> notesByName() {
        JsonPath all = get("/api/v1/accounts/anna/invitations?limit=100");
        Map<String, String> notes = new HashMap<>();
        for (int i = 0; i < all.getList("items").size(); i++) {
            String at = "items[" + i + "].";
            notes.put(
                    all.getString(at + "firstName") + " " + all.getString(at + "lastName"), all.getString(at + "note"));
        }
        return notes;
    }

    private List<String> namesIn(String state) {
        return query("select first_name || ' ' || last_name from invitation where state = '" + state + "'");
    }
}
