package dev.invitepacer.invitation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is kept of an import when it is over, for how long, and what an erasure takes out of it. */
@QuarkusTest
class ImportRecordTest extends AnnasImports {
    @Inject
    ImportSweep sweep;

    @Inject
    Imports imports;

    @Test
    void whatItsProcessLeftBehindIsToldAsStopped() {
        post("text/csv", "profile\nfirst\n").then().statusCode(200);
        execute("""
                update import set state = 'RUNNING', ended_at = null, refused = null, advised = null,
                                  leased_until = clock_timestamp() + interval '1 minute'""");
        String place = ANNA + "/imports/" + count("select id from import");
        sweep.round();
        assertThat(get(place).getString("state")).isEqualTo("RUNNING");

        execute("update import set leased_until = clock_timestamp() - interval '1 millisecond'");
        sweep.round();
        sweep.round();

        assertThat(get(place).getString("state")).isEqualTo("STOPPED");
        assertThat(get(place).getString("detail")).contains("up to line 2", "Send the whole list again");
        assertThat(count("select count(*) from history where event = 'list.stopped'"))
                .isOne();
    }

    @Test
    void importsAreListedTheNewestFirst() {
        for (int i = 0; i < 3; i++) {
            post("text/csv", "profile\nperson-" + i + "\n");
        }
        JsonPath page = get(ANNA + "/imports?limit=2");
        assertThat(page.getList("items.lastLine")).containsExactly(2, 2);
        assertThat(page.getMap("items[0]")).doesNotContainKey("refused");
        assertThat(page.getLong("items[0].id")).isGreaterThan(page.getLong("items[1].id"));
        assertThat(get(ANNA + "/imports?limit=2&cursor=" + page.getString("next"))
                        .getList("items"))
                .hasSize(1);
        account("bert", "");
        given().get("/api/v1/accounts/bert/imports/" + page.getLong("items[0].id"))
                .then()
                .statusCode(404)
                .body("code", equalTo("import-unknown"));
        given().get(ANNA + "/imports/x").then().statusCode(404);
    }

    @Test
    void listedRowsGoAfterAWeekAndTheFiguresStay() {
        post("text/csv", "profile\nfirst\nfirst\n");
        String place = ANNA + "/imports/" + count("select id from import");
        setTime(MONDAY_8.plus(Duration.ofDays(7)).minusSeconds(1));
        sweep.round();
        assertThat(get(place).getList("refused.profile")).containsExactly("first");
        assertThat(get(place).getList("advised.profile")).containsExactly("first");

        setTime(MONDAY_8.plus(Duration.ofDays(7)));
        sweep.round();

        assertThat(get(place).getMap(""))
                .doesNotContainKeys("refused", "advised")
                .containsEntry("refusedRows", 1);
    }

    @Test
    void anErasedPersonIsNoLongerListed() {
        post("text/csv", "profile\njane\njane\nhttps://www.linkedin.com/in/Jane/\njane-2\njane-2\nnot one\n");
        String place = ANNA + "/imports/" + count("select id from import");

        assertThat(imports.forget(Profile.parse("jane"))).isOne();

        assertThat(get(place).getList("refused.profile")).containsExactly("jane-2", "not one");
        assertThat(get(place).getList("advised.profile")).containsExactly("jane-2");
        assertThat(imports.forget(Profile.parse("jane"))).isZero();
    }

    @Test
    void anErasureLeavesEmptyListsEmptyAndDroppedOnesDropped() {
        post("text/csv", "profile\njane\njane\n");
        String listed = ANNA + "/imports/" + count("select max(id) from import");
        post("text/csv", "profile\njane\nlena\n");
        String dropped = ANNA + "/imports/" + count("select max(id) from import");
        execute("update import set advised = '[]' where id = (select min(id) from import)");
        execute("update import set advised = refused, refused = null where id = (select max(id) from import)");

        assertThat(imports.forget(Profile.parse("jane"))).isEqualTo(2);

        assertThat(get(listed).getList("refused")).isEmpty();
        assertThat(get(listed).getList("advised")).isEmpty();
        assertThat(get(dropped).getMap("")).doesNotContainKey("refused");
        assertThat(get(dropped).getList("advised")).isEmpty();
    }

    @Test
    void anImportIsDeletedAYearAfterItsEnd() {
        post("text/csv", "profile\nfirst\n").then().statusCode(200);
        setTime(MONDAY_8.plus(Duration.ofDays(1)));
        post("text/csv", "profile\nsecond\n").then().statusCode(200);

        setTime(MONDAY_8.plus(Duration.ofDays(365)).minusSeconds(1));
        sweep.deleteOld();
        assertThat(count("select count(*) from import")).isEqualTo(2);
        setTime(MONDAY_8.plus(Duration.ofDays(365)));
        sweep.deleteOld();

        assertThat(count("select count(*) from import")).isOne();
        assertThat(get(ANNA + "/imports").getList("items.enqueued")).containsExactly(1);
        assertThat(count("select count(*) from import where ended_at > '2026-11-24Z'"))
                .isOne();
    }
}
