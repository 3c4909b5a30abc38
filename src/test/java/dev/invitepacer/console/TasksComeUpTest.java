package dev.invitepacer.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which task an open page shows when others come up or come back. */
@QuarkusTest
class TasksComeUpTest extends SendersList {
    private static final Duration TICK = Duration.ofSeconds(10);

    @Test
    void aTaskStaysWhileOneOfAnotherKindComesUp() {
        oneOfEach();
        tomorrow("SEND");
        feed.round();
        visit("/tasks");
        see(page.locator(".liveness")).hasText("Live");
        see(name()).hasText("Invitee No0");
        page.waitForCondition(() -> {
            page.keyboard().press("x");
            return page.locator("dialog[open]").isVisible();
        });

        now("SEND");
        somethingHappens();

        see(page.getByText("Send · 1")).isVisible();
        see(page.locator(LEFT)).containsText("1 withdrawal left today");
        page.keyboard().press("3");
        see(name()).hasText("Invitee No1");
        page.navigate(root() + "#/");
        page.waitForCondition(
                () -> query("select outcome from task where kind = 'WITHDRAW'").equals(List.of("NOT_WITHDRAWN")));
    }

    @Test
    void afterTheLastInvitationTheWithdrawalsFollowAtOnce() {
        oneOfEach();
        visit("/tasks");
        see(name()).hasText("Invitee No1");

        open();
        pressUntilAnother("s", "Invitee No1");

        see(name()).hasText("Invitee No0");
        see(page.locator(LEFT)).containsText("1 withdrawal left today");
        assertThat(count("select count(*) from task where kind = 'SEND' and state = 'OPEN'"))
                .as("before the report has gone out")
                .isOne();
    }

    @Test
    void whatComesUpByTimeIsShownThoughNothingHappens() {
        oneOfEach();
        tomorrow("SEND");
        tomorrow("WITHDRAW");
        page.clock().install();
        visit("/tasks");
        see(heading("Nothing to send right now")).isVisible();

        now("WITHDRAW");
        page.clock().fastForward(TICK.toMillis());

        see(name()).hasText("Invitee No0");
    }

    @Test
    void whatSomebodyElseHeldAndDidNotReportIsShownOnceTheirTimeEnds() {
        openTasks(1);
        json("").post("/api/v1/tasks/" + query("select id from task").get(0) + "/claim")
                .then()
                .statusCode(200);
        page.clock().install();
        visit("/tasks");
        see(heading("1 task is with somebody else")).isVisible();

        advance(Duration.ofMinutes(16));
        page.clock().fastForward(TICK.toMillis());

        see(name()).hasText("Invitee No0");
    }

    @Test
    void whatAnAutomaticSenderDoesIsNotLeftForPeople() {
        oneOfEach();
        execute("update task set lane = 'WEBHOOK:crm', stage = 'TAKEN' where kind = 'SEND' and state = 'OPEN'");
        feed.round();
        visit("/tasks");
        Locator left = page.locator(LEFT);
        see(left).containsText("1 withdrawal left today");
        see(name()).hasText("Invitee No0");
        see(page.locator(".liveness")).hasText("Live");

        execute("update task set stage = 'FAILED' where kind = 'SEND' and state = 'OPEN'");
        somethingHappens();

        see(page.getByText("Send · 1")).isVisible();
    }

    /** Invitee No0 is to be withdrawn, Invitee No1 to be sent. */
    private void oneOfEach() {
        openTasks(2);
        String first = query("select min(id) from invitation").get(0);
        report("anna", Long.parseLong(first), "SENT", "");
        json("").post("/api/v1/accounts/anna/invitations/" + first + "/withdraw")
                .then()
                .statusCode(200);
    }

    private void tomorrow(String kind) {
        execute("update task set ready_at = opened_at + interval '24 hours' where kind = '" + kind + "'");
    }

    private void now(String kind) {
        execute("update task set ready_at = null where kind = '" + kind + "'");
    }

    /** Something that has the page read anew. */
    private void somethingHappens() {
        json("{\"name\":\"Anna\"}")
                .contentType("application/merge-patch+json")
                .patch("/api/v1/accounts/anna")
                .then()
                .statusCode(200);
        feed.round();
    }
}
