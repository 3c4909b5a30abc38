package dev.invitepacer.console;


import com.microsoft.playwright.Route;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** What a sender has claimed and said outlives the page on which they did. */
@QuarkusTest
class SenderWhoLeavesTest extends SendersList {
    @Test
    void whoeverWasReportedOnIsNotShownAgainWhileTheReportIsOnItsWay() {
        openTasks(3);
        visit("/tasks");
        String who = name().innerText();
        page.route("**/report", Route::abort);
        open();
        pressUntilAnother("s", who);
        String next = name().innerText();

        leave();
        comeBack();

        see(name()).hasText(next);
        seeOneDoneAndTwoLeft();
        page.reload();
        see(name()).hasText(next);
        seeOneDoneAndTwoLeft();
        page.unroute("**/report");
        page.evaluate("dispatchEvent(new Event('online'))");
        page.waitForCondition(() -> count("select count(*) from invitation where state = 'PENDING'") == 1);
        page.waitForFunction("() => localStorage.getItem('pacer.reports') === '[]'");
        see(name()).hasText(next);
        seeOneDoneAndTwoLeft();
    }

    @Test
    void aReportThatIsRefusedAfterItsPageWasLeftIsToldUntilSomebodySaysWhatHappened() {
        openTasks(2);
        visit("/tasks");
        String who = name().innerText();
        open();
        pressUntilAnother("s", who);
        execute("update task set lease = gen_random_uuid() where id = (select min(id) from task)");

        page.waitForResponse("**/report", this::leave);
        comeBack();

        see(heading(who + ": somebody else has taken this task over")).isVisible();
        page.reload();
        see(heading(who + ": somebody else has taken this task over")).isVisible();
        button("It happened: count it").click();
        page.waitForCondition(() -> count("select count(*) from invitation where state = 'PENDING'") == 1);
        page.waitForFunction("() => localStorage.getItem('pacer.reports') === '[]'");
        see(page.locator(".notice.bad")).hasCount(0);
    }

    private void leave() {
        page.keyboard().press("g");
        page.keyboard().press("o");
        see(heading("Overview")).isVisible();
    }

    private void comeBack() {
        page.keyboard().press("g");
        page.keyboard().press("t");
        see(heading("Tasks")).isVisible();
    }

    private void seeOneDoneAndTwoLeft() {
        see(page.locator(LEFT)).containsText("2 invitations left today · 1 done");
    }
}
