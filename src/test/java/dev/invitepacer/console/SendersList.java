package dev.invitepacer.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.List;

/** What tests of the sender's list share: open tasks, and a way through them. */
abstract class SendersList extends BrowserTest {
    static final String NAME = "article.task h2";
    static final String LEFT = ".page-head [role=status]";

    private static final String ANY_HOUR =
            "\"activeHours\":{\"MONDAY\":[\"00:00-24:00\"],\"TUESDAY\":[\"00:00-24:00\"]},"
                    + "\"timeZone\":\"UTC\",\"spread\":\"CAP\",\"weeklyCap\":200,\"tier\":\"PREMIUM\"";

    /** As many hours of one release each, all of them open. */
    void openTasks(int many) {
        account("anna", ANY_HOUR);
        StringBuilder list = new StringBuilder("profile,firstName,lastName,company,note\n");
        for (int i = 0; i < many; i++) {
            list.append("invitee-%d,Invitee,No%d,Company %d,\"Hello no. %d, we met.\"\n".formatted(i, i, i, i));
        }
        json("").contentType("text/csv")
                .body(list.toString())
                .post("/api/v1/accounts/anna/imports")
                .then()
                .statusCode(200);
        run(Duration.ofHours(1), MONDAY_8.plus(Duration.ofHours(many)));
        assertThat(count("select count(*) from task where state = 'OPEN'")).isEqualTo(many);
    }

    /** Names of those whose task somebody holds, by the task's age. */
    List<String> held() {
        return query("select i.first_name || ' ' || i.last_name from task t join invitation i on i.id = t.invitation"
                + " where t.lease is not null order by t.id");
    }

    Locator name() {
        return page.locator(NAME);
    }

    /** Opens the profile of whoever is shown, and comes back. */
    void open() {
        page.keyboard().press("o");
        page.bringToFront();
    }

    void pressUntilAnother(String key, String who) {
        pressUntilAnother(page, key, who);
    }

    /** A key counts only once the task has been in sight for a moment, so an impatient sender presses again. */
    static void pressUntilAnother(Page sender, String key, String who) {
        sender.waitForCondition(() -> {
            sender.keyboard().press(key);
            Locator shown = sender.locator(NAME);
            return shown.count() == 0 || !shown.first().innerText().equals(who);
        });
    }
}
