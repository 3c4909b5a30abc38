package dev.invitepacer.report.linkedin;

import static dev.invitepacer.report.linkedin.Reconciliation.Kind.AGAIN;
import static dev.invitepacer.report.linkedin.Reconciliation.Kind.ALREADY;
import static dev.invitepacer.report.linkedin.Reconciliation.Kind.BY_HAND;
import static dev.invitepacer.report.linkedin.Reconciliation.Kind.EARLIER;
import static dev.invitepacer.report.linkedin.Reconciliation.Kind.SENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import dev.invitepacer.invitation.State;
import dev.invitepacer.report.linkedin.Reconciliation.Finding;
import dev.invitepacer.report.linkedin.Reconciliation.Known;

/** What a row means beside what is known, case by case. Days are counted from the first of the year. */
class ReconciliationTest {
    @Test
    void whoIsNotKnownWasInvitedByHand() {
        assertThat(of(List.of(), 100)).containsExactly(new Finding(BY_HAND, day(100), null));
    }

    @Test
    void aDraftWasSentByHandHoweverLongItHasBeenQueued() {
        Known queued = known(1, State.QUEUED, 100, null);
        assertThat(of(List.of(queued), 105)).containsExactly(new Finding(BY_HAND, day(105), 1L));
        assertThat(of(List.of(queued), 50)).containsExactly(new Finding(BY_HAND, day(50), 1L));
    }

    @Test
    void aReleaseWasSentAsAskedWhenTheSenderClicked() {
        Known released = known(1, State.RELEASED, 90, null, 100);
        assertThat(of(List.of(released), 100.1)).containsExactly(new Finding(SENT, day(100.1), 1L));
        assertThat(of(List.of(released), 150)).containsExactly(new Finding(SENT, day(150), 1L));
        assertThat(of(List.of(released), 99.9)).containsExactly(new Finding(SENT, day(99.9), 1L));
    }

    @Test
    void aRowFarBeforeTheReleaseIsAnotherInvitationAndTheTaskStays() {
        assertThat(of(List.of(known(1, State.RELEASED, 90, null, 100)), 60))
                .containsExactly(new Finding(EARLIER, day(60), null));
    }

    @Test
    void aPendingOneIsKnownWhateverTheMinute() {
        Known pending = known(1, State.PENDING, 90, null, 100);
        for (double row : new double[] {80.5, 99, 100, 101, 119}) {
            assertThat(of(List.of(pending), row)).containsExactly(new Finding(ALREADY, day(row), 1L));
        }
    }

    @Test
    void aPendingOneThatWasSentMuchLaterWasSentAgain() {
        assertThat(of(List.of(known(1, State.PENDING, 90, null, 100)), 100, 125))
                .containsExactly(new Finding(AGAIN, day(125), 1L), new Finding(ALREADY, day(100), 1L));
        assertThat(of(List.of(known(1, State.WITHDRAWING, 90, null, 100)), 125))
                .containsExactly(new Finding(EARLIER, day(125), null));
    }

    @Test
    void aPendingOneThatWasSentMuchEarlierOnlyCountsForThatTooAndStays() {
        assertThat(of(List.of(known(1, State.PENDING, 90, null, 100)), 60))
                .containsExactly(new Finding(EARLIER, day(60), null));
    }

    @Test
    void aBookingStandsForOneRowAndARowForOneBooking() {
        assertThat(of(List.of(known(1, State.PENDING, 90, null, 100)), 100, 105))
                .containsExactly(new Finding(AGAIN, day(105), 1L), new Finding(ALREADY, day(100), 1L));
        assertThat(of(List.of(known(1, State.WITHDRAWN, 90, 101.0, 100), known(2, State.PENDING, 105, null, 110)), 109))
                .containsExactly(new Finding(ALREADY, day(109), 2L));
    }

    @Test
    void theNewestRowDecidesAndTheOthersCount() {
        assertThat(of(List.of(), 10, 50, 100))
                .containsExactly(
                        new Finding(BY_HAND, day(100), null),
                        new Finding(EARLIER, day(50), null),
                        new Finding(EARLIER, day(10), null));
    }

    @Test
    void anEndedOneTakesItsOwnRowAndANewerIsAnotherInvitation() {
        Known withdrawn = known(1, State.WITHDRAWN, 10, 60.0, 20);
        assertThat(of(List.of(withdrawn), 20)).containsExactly(new Finding(ALREADY, day(20), 1L));
        assertThat(of(List.of(withdrawn), 20, 90))
                .containsExactly(new Finding(BY_HAND, day(90), null), new Finding(ALREADY, day(20), 1L));
        assertThat(of(List.of(withdrawn), 45)).containsExactly(new Finding(EARLIER, day(45), null));
    }

    @Test
    void theRowOfAnEndedOneDoesNotTakeANewDraftOutOfTheQueue() {
        Known withdrawn = known(1, State.WITHDRAWN, 10, 60.0, 20);
        Known queued = known(2, State.QUEUED, 90, null);
        assertThat(of(List.of(withdrawn, queued), 20)).containsExactly(new Finding(ALREADY, day(20), 1L));
        assertThat(of(List.of(withdrawn, queued), 95)).containsExactly(new Finding(BY_HAND, day(95), 2L));
        assertThat(of(List.of(withdrawn, queued), 45)).containsExactly(new Finding(EARLIER, day(45), null));
    }

    @Test
    void whatWasTakenForUnsentWasSent() {
        assertThat(of(List.of(known(1, State.FAILED, 90, 101.0, 100)), 100.5))
                .containsExactly(new Finding(BY_HAND, day(100.5), 1L));
        assertThat(of(List.of(known(1, State.FAILED, 90, 101.0, 100)), 103))
                .containsExactly(new Finding(BY_HAND, day(103), null));
        assertThat(of(List.of(known(1, State.CANCELLED, 90, 101.0)), 100))
                .containsExactly(new Finding(BY_HAND, day(100), 1L));
        assertThat(of(List.of(known(1, State.CANCELLED, 90, 101.0)), 110))
                .containsExactly(new Finding(BY_HAND, day(110), null));
        assertThat(of(List.of(known(1, State.ACCEPTED, 90, 101.0)), 100))
                .containsExactly(new Finding(BY_HAND, day(100), 1L));
    }

    @Test
    void ofADoubtfulPersonNothingButTheCountChanges() {
        assertThat(Reconciliation.ofDoubtful(List.of(known(1, State.QUEUED, 90, null)), List.of(day(100))))
                .containsExactly(new Finding(EARLIER, day(100), null));
        assertThat(Reconciliation.ofDoubtful(List.of(known(1, State.RELEASED, 90, null, 100)), List.of(day(101))))
                .containsExactly(new Finding(ALREADY, day(101), 1L));
    }

    private static List<Finding> of(List<Known> known, double... rows) {
        return Reconciliation.of(
                known,
                java.util.Arrays.stream(rows).mapToObj(ReconciliationTest::day).toList());
    }

    private static Known known(long id, State state, double queued, Double ended, double... booked) {
        return new Known(
                id,
                state,
                day(queued),
                null,
                Stream.ofNullable(ended)
                        .map(ReconciliationTest::day)
                        .findFirst()
                        .orElse(null),
                java.util.Arrays.stream(booked)
                        .mapToObj(ReconciliationTest::day)
                        .toList());
    }

    private static Instant day(double day) {
        return Instant.parse("2026-01-01T00:00:00Z").plusSeconds((long) (day * 86_400));
    }
}
