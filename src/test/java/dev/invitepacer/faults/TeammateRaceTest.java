package dev.invitepacer.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

import dev.invitepacer.ServiceTest;
import dev.invitepacer.web.Answer;

/** What happens to one person from several sides at the same moment. */
@QuarkusTest
class TeammateRaceTest extends ServiceTest {
    /** As many as the service takes at once. */
    private static final int LISTS_AT_ONCE = 4;

    private static final int TEAM = 8;
    private static final int PEOPLE = 12;

    @Test
    void ofTeammatesWhoEnqueueTheSamePersonAtTheSameMomentOneIsTaken() throws Exception {
        for (int i = 0; i < TEAM; i++) {
            account("mate-" + i, "\"group\":\"sales\"");
        }
        for (int person = 0; person < PEOPLE; person++) {
            String profile = "person-" + person;
            List<Integer> statuses = race(TEAM, i -> enqueueing("mate-" + i, profile));

            assertThat(statuses).as(profile).containsOnlyOnce(201).allMatch(status -> status == 201 || status == 409);
        }
        assertThat(count("select count(*) from invitation")).isEqualTo(PEOPLE);
    }

    @Test
    void listsOfTeammatesWithTheSamePeopleShareThemOut() throws Exception {
        for (int i = 0; i < TEAM; i++) {
            account("mate-" + i, "\"group\":\"sales\"");
        }
        StringBuilder csv = new StringBuilder("profile\n");
        for (int person = 0; person < 1_200; person++) {
            csv.append("person-").append(person).append('\n');
        }
        List<Integer> statuses = race(LISTS_AT_ONCE, i -> Answer.to(
                        "POST",
                        "/api/v1/accounts/mate-" + i + "/imports",
                        csv.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        "Content-Type",
                        "text/csv")
                .status());

        assertThat(statuses).containsOnly(200);
        assertThat(count("select count(*) from invitation")).isEqualTo(1_200);
        assertThat(count("select count(distinct profile) from invitation")).isEqualTo(1_200);
    }

    @Test
    void suppressingErasingAndEnqueuingAtOnceLeavesNothingHalfDone() throws Exception {
        for (int i = 0; i < 4; i++) {
            account("mate-" + i, "");
        }
        for (int round = 0; round < PEOPLE; round++) {
            String profile = "person-" + round;
            List<Integer> statuses = race(TEAM, i -> switch (i) {
                case 0, 1, 2, 3 -> enqueueing("mate-" + i, profile);
                case 4, 5 ->
                    Answer.to("PUT", "/api/v1/suppressions/" + profile, null).status();
                default ->
                    Answer.to("DELETE", "/api/v1/people/" + profile, null).status();
            });
            assertThat(statuses).allMatch(status -> status < 500);
            // Whoever came between the list and the queues leaves when the list is sent again, or at the release.
            assertThat(Answer.to("PUT", "/api/v1/suppressions/" + profile, null).status())
                    .isEqualTo(200);
            assertThat(count("select count(*) from invitation where state = 'QUEUED' and profile = '" + profile + "'"))
                    .isZero();
            assertThat(Answer.to("DELETE", "/api/v1/people/" + profile, null).status())
                    .isEqualTo(200);
        }
        assertThat(count("select count(*) from invitation where profile like 'person-%'"))
                .isZero();
        assertThat(findings()).isEmpty();
    }

    @Test
    void twoErasuresAtOnceEraseOnce() throws Exception {
        for (int i = 0; i < 6; i++) {
            account("mate-" + i, "");
        }
        for (int round = 0; round < PEOPLE; round++) {
            String profile = "person-" + round;
            for (int i = 0; i < 6; i++) {
                enqueue("mate-" + i, profile);
            }
            List<Integer> erased = race(4, i -> Answer.to("DELETE", "/api/v1/people/" + profile, null)
                    .json()
                    .at("/erased/invitations")
                    .asInt());
            assertThat(erased).containsExactlyInAnyOrder(6, 0, 0, 0);
        }
        assertThat(count("select count(*) from history where event = 'invitation.erased'"))
                .isEqualTo(6L * PEOPLE);
        assertThat(findings()).isEmpty();
    }

    private interface Act {
        int of(int number);
    }

    private static List<Integer> race(int size, Act act) throws InterruptedException {
        List<Callable<Integer>> works = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int number = i;
            works.add(() -> act.of(number));
        }
        try (Crowd crowd = new Crowd(size, () -> {})) {
            return crowd.race(works);
        }
    }

    private static int enqueueing(String account, String profile) {
        return Answer.toJson(
                        "POST", "/api/v1/accounts/" + account + "/invitations", "{\"profile\":\"" + profile + "\"}")
                .status();
    }

    private List<String> findings() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return Audit.findings(connection);
        }
    }
}
