package dev.invitepacer.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
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
    void aDuplicatedTabIsAnotherSender() {
        openTasks(2);
        visit("/tasks");
        String who = name().innerText();

        Page copy = page.waitForPopup(() -> page.evaluate("window.open(location.href)"));

        see(copy.locator(NAME)).isVisible();
        assertThat(copy.locator(NAME).innerText()).isNotEqualTo(who);
        see(name()).hasText(who);
        page.reload();
        see(name()).hasText(who);
    }

    @Test
    void whatIsClaimedWhileSomebodyLeavesIsTheirsWhenTheyComeBack() {
        openTasks(2);
        List<Runnable> answers = holdClaims();
        visit("/tasks");
        page.waitForCondition(() -> !answers.isEmpty());
        List<String> claimed = held();

        leave();
        answers.get(0).run();
        page.unroute("**/claim");
        comeBack();

        see(name()).hasText(claimed.get(0));
        assertThat(held()).isEqualTo(claimed);
    }

    @Test
    void whatIsClaimedWhileAPageIsReloadedIsTheirsAfterwards() {
        openTasks(2);
        List<Runnable> answers = holdClaims();
        visit("/tasks");
        page.waitForCondition(() -> !answers.isEmpty());
        List<String> claimed = held();

        page.unroute("**/claim");
        page.reload();

        see(name()).hasText(claimed.get(0));
        assertThat(held()).isEqualTo(claimed);
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

    /** The service has leased, and its answer is on its way until it is run. */
    private List<Runnable> holdClaims() {
        List<Runnable> answers = new ArrayList<>();
        page.route("**/claim", route -> {
            APIResponse answer = route.fetch();
            answers.add(() -> route.fulfill(new Route.FulfillOptions().setResponse(answer)));
        });
        return answers;
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
