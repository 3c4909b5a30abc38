package dev.invitepacer.faults.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.invitepacer.faults.history.Remains.Booking;
import dev.invitepacer.faults.history.Remains.Invitation;
import dev.invitepacer.faults.history.Remains.Move;
import dev.invitepacer.faults.history.Remains.OpenTask;

/** Checkers that never find anything prove nothing: here a history in which all is well is doctored, once for each law. */
class HistoryCheckersTest {
    private static final Instant MONDAY = Instant.parse("2026-11-23T08:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A history that can still be changed. */
    private static final class Draft {
        private final List<Call> calls = new ArrayList<>();
        private final List<Delivery> deliveries = new ArrayList<>();
        private final List<Booking> ledger = new ArrayList<>();
        private final List<Invitation> invitations = new ArrayList<>();
        private final List<Move> moves = new ArrayList<>();
        private final List<OpenTask> openTasks = new ArrayList<>();
        private int second;

        /** An account with cap 2; one invitation by webhook, one by a person, one cancelled, one in a list, one by hand. */
        Draft() {
            call("PUT", "", "{\"weeklyCap\":2}", 201, "{}");
            call("POST", "/invitations", "{\"profile\":\"ada\"}", 201, "{\"id\":1}");
            call("PATCH", "/invitations/1", "{\"note\":\"Dear Ada\"}", 200, "{}");
            call("GET", "/invitations/1", null, 200, "{\"state\":\"QUEUED\"}");
            call("POST", "/invitations", "{\"profile\":\"ben\"}", 409, "{\"code\":\"already-queued\"}");
            call("POST", "/invitations", "{\"profile\":\"cem\"}", 201, "{\"id\":3}");
            call("DELETE", "/invitations/3", null, 204, "null");
            call("POST", "/imports", "profile\ndora\n", 200, "{\"enqueued\":1}");
            call("POST", "/reports", "{\"type\":\"SENT_BY_HAND\",\"profile\":\"eve\"}", 200, "{}");
            task(
                    "GET",
                    "",
                    null,
                    200,
                    "{\"items\":[{\"id\":2,\"account\":\"anna\",\"openedAt\":\"" + MONDAY.plusSeconds(60) + "\"}]}");
            claim("one", Duration.ZERO);
            task("POST", "/2/report", "{\"type\":\"SENT\",\"lease\":\"one\"}", 200, "{\"result\":\"applied\"}");
            call("GET", "/invitations/1", null, 200, "{\"state\":\"PENDING\"}");
            deliveries.add(delivery("id-1", 1, "ada", MONDAY, "Dear Ada", Delivery.SENT));
            deliveries.add(delivery("id-1", 1, "ada", MONDAY, "Dear Ada", Delivery.NOTHING));
            there(1, "ada", "PENDING", "Dear Ada", MONDAY, "QUEUED", "RELEASED", "PENDING");
            there(2, "ben", "PENDING", null, MONDAY.plusSeconds(60), "QUEUED", "RELEASED", "PENDING");
            there(3, "cem", "CANCELLED", null, null, "QUEUED", "CANCELLED");
            there(4, "dora", "PENDING", null, MONDAY.plus(Duration.ofHours(168)), "QUEUED", "RELEASED", "PENDING");
            invitations.add(new Invitation("anna", 5, "eve", "PENDING", null));
            moves.add(new Move("anna", 5, "invitation.reported", "", "PENDING"));
            ledger.add(new Booking("anna", MONDAY, "BY_HAND", 5L, true));
        }

        void call(String method, String path, String body, int status, String answer) {
            add(method, "/api/v1/accounts/anna" + path, body, status, answer);
        }

        void task(String method, String path, String body, int status, String answer) {
            add(method, "/api/v1/tasks" + path, body, status, answer);
        }

        private void add(String method, String path, String body, int status, String answer) {
            Instant now = MONDAY.plusSeconds(++second);
            calls.add(new Call(
                    "client", method, path, body, now, now.plusMillis(500), List.of("503 busy"), status, read(answer)));
        }

        void claim(String lease, Duration after) {
            Instant until = MONDAY.plus(after).plus(ClaimChecker.LEASE);
            task("POST", "/2/claim", null, 200, "{\"lease\":\"" + lease + "\",\"until\":\"" + until + "\"}");
        }

        void there(long id, String profile, String state, String note, Instant released, String... states) {
            invitations.add(new Invitation("anna", id, profile, state, note));
            if (released != null) {
                ledger.add(new Booking("anna", released, "RELEASE", id, true));
            }
            for (String one : states) {
                String event =
                        switch (one) {
                            case "QUEUED" -> "invitation.queued";
                            case "RELEASED" -> "invitation.released";
                            case "CANCELLED" -> "invitation.cancelled";
                            default -> "invitation.reported";
                        };
                moves.add(new Move("anna", id, event, "", one));
            }
        }

        void becomes(long id, String state, String note) {
            Invitation was = invitations.get((int) id - 1);
            invitations.set((int) id - 1, new Invitation("anna", id, was.profile(), state, note));
        }

        History history() {
            return new History(calls, deliveries, new Remains(ledger, invitations, moves, openTasks));
        }
    }

    private static Delivery delivery(
            String id, long invitation, String profile, Instant opened, String note, String act) {
        String body = "{\"invitation\":" + invitation + "}";
        return new Delivery(
                opened, id, true, "SEND", "anna", invitation, invitation, 1, profile, note, opened, body, act, "SENT");
    }

    private interface Doctor {
        void change(Draft draft);
    }

    @Test
    void findNothingWhereNothingIsWrong() {
        assertThat(new Draft().history().findings()).isEmpty();
    }

    @Test
    void findNothingInAHandOverThatWasRefusedBeforeTheDraftWasEdited() {
        Draft draft = new Draft();
        draft.deliveries.add(delivery("id-0", 1, "ada", MONDAY, null, Delivery.NOTHING));
        assertThat(draft.history().findings()).noneMatch(finding -> finding.contains("was edited to"));
    }

    static Stream<Arguments> doctored() {
        return Stream.of(
                lie(
                        "a release too many in the ledger",
                        "RollingCapChecker: anna: 3 in some 168 hours by the ledger",
                        draft -> draft.ledger.add(
                                new Booking("anna", MONDAY.plus(Duration.ofHours(167)), "RELEASE", 4L, true))),
                lie(
                        "a sending too many",
                        "RollingCapChecker: anna: 3 in some 168 hours by the receiver and people",
                        draft -> draft.deliveries.add(
                                delivery("id-9", 9, "zoe", MONDAY.plusSeconds(9), null, Delivery.SENT))),
                lie(
                        "a draft is gone",
                        "LossChecker: anna/ada was taken and is not there",
                        draft -> draft.invitations.removeIf(one -> one.id() == 1)),
                lie(
                        "a draft of whose refusal only an earlier try can be the cause is gone",
                        "LossChecker: anna/ben was taken",
                        draft -> draft.invitations.removeIf(one -> one.id() == 2)),
                lie(
                        "a row of a list is gone",
                        "LossChecker: anna/dora was taken and is not there",
                        draft -> draft.invitations.removeIf(one -> one.id() == 4)),
                lie(
                        "a cancelled draft went out",
                        "LossChecker: cancelled, and is not",
                        draft -> draft.becomes(3, "PENDING", null)),
                lie(
                        "an edit is lost",
                        "LossChecker: was edited to [Dear Ada] and is Invitation",
                        draft -> draft.becomes(1, "PENDING", null)),
                lie(
                        "an edit did not reach the receiver",
                        "LossChecker: was edited to [Dear Ada] and handed over",
                        draft -> draft.deliveries.add(
                                delivery("id-1", 1, "ada", MONDAY.plusSeconds(3_600), null, Delivery.NOTHING))),
                lie(
                        "what was sent by hand does not count",
                        "LossChecker: was sent by hand and does not count",
                        draft -> draft.ledger.removeIf(row -> row.kind().equals("BY_HAND"))),
                lie(
                        "a draft from nowhere",
                        "LossChecker: anna/zoe is there, and nobody asked for it",
                        draft -> draft.there(9, "zoe", "PENDING", null, null, "QUEUED", "RELEASED", "PENDING")),
                lie(
                        "one id, two invitations",
                        "DoublingChecker: the id id-1 was handed over with invitation 1 and with 2",
                        draft -> draft.deliveries.add(delivery("id-1", 2, "ben", MONDAY, null, Delivery.NOTHING))),
                lie(
                        "one task, two ids",
                        "DoublingChecker: task 1, attempt 1 was handed over as id-1 and as id-2",
                        draft ->
                                draft.deliveries.add(delivery("id-2", 1, "ada", MONDAY, "Dear Ada", Delivery.NOTHING))),
                lie(
                        "sent twice",
                        "DoublingChecker: anna to ada was sent twice",
                        draft -> draft.deliveries.add(delivery("id-2", 1, "ada", MONDAY, "Dear Ada", Delivery.SENT))),
                lie(
                        "enqueued twice",
                        "DoublingChecker: anna/ada is there twice, as 1 and 9",
                        draft -> draft.there(9, "ada", "CANCELLED", null, null, "QUEUED", "CANCELLED")),
                lie(
                        "two claims at a time",
                        "ClaimChecker: task 2 was claimed by client until",
                        draft -> draft.claim("two", ClaimChecker.LEASE.minusSeconds(1))),
                lie(
                        "a report under a claim that another has followed",
                        "ClaimChecker: task 2: client reported under a claim",
                        draft -> {
                            draft.claim("two", ClaimChecker.LEASE);
                            draft.task(
                                    "POST",
                                    "/2/report",
                                    "{\"type\":\"SENT\",\"lease\":\"one\"}",
                                    200,
                                    "{\"result\":\"applied\"}");
                        }),
                lie(
                        "a move that is none",
                        "MoveChecker: anna/3: invitation.released leads from CANCELLED to RELEASED",
                        draft -> draft.moves.add(new Move("anna", 3, "invitation.released", "", "RELEASED"))),
                lie(
                        "a move from elsewhere",
                        "MoveChecker: anna/1: invitation.reported from RELEASED, but it was PENDING",
                        draft -> draft.moves.add(new Move("anna", 1, "invitation.reported", "RELEASED", "ACCEPTED"))),
                lie(
                        "a life without a beginning",
                        "MoveChecker: anna/8: invitation.released begins as RELEASED",
                        draft -> draft.moves.add(new Move("anna", 8, "invitation.released", "", "RELEASED"))),
                lie(
                        "a read of what was before",
                        "/invitations/1 was read as PENDING, and afterwards as QUEUED",
                        draft -> draft.call("GET", "/invitations/1", null, 200, "{\"state\":\"QUEUED\"}")),
                lie(
                        "an error of the service's own",
                        "AnswerChecker: client: GET /api/v1/accounts/anna was answered with 500",
                        draft -> draft.call("GET", "", null, 500, "{}")),
                lie(
                        "a forged message",
                        "AnswerChecker: the signature of id-3 is not right",
                        draft -> draft.deliveries.add(new Delivery(
                                MONDAY, "id-3", false, "SEND", "anna", 3, 3, 1, "cem", null, MONDAY, "{}", "",
                                "SENT"))),
                lie(
                        "a draft that never went",
                        "DrainChecker: anna/4 is still QUEUED",
                        draft -> draft.becomes(4, "QUEUED", null)),
                lie(
                        "a task that nobody did",
                        "DrainChecker: anna: task 7, SEND, WAITING, is still open",
                        draft -> draft.openTasks.add(new OpenTask("anna", 7, "SEND", "WAITING"))));
    }

    private static Arguments lie(String name, String finding, Doctor doctor) {
        return Arguments.of(name, finding, doctor);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void doctored(String name, String finding, Doctor doctor) {
        Draft draft = new Draft();
        doctor.change(draft);

        assertThat(draft.history().findings()).as(name).anySatisfy(found -> assertThat(found)
                .contains(finding));
    }

    @Test
    void whatTheDocumentationAllowsIsNoFinding() {
        Draft draft = new Draft();
        draft.task("DELETE", "/2/claim?lease=one", null, 204, "null");
        draft.claim("two", Duration.ofHours(1));
        draft.claim("three", Duration.ofHours(1).plus(ClaimChecker.LEASE));
        draft.call("POST", "/invitations", "{\"profile\":\"nobody-knows\"}", 0, "null");

        assertThat(draft.history().findings()).isEmpty();
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
