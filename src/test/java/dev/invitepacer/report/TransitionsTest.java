package dev.invitepacer.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import dev.invitepacer.invitation.State;

class TransitionsTest {
    private static final Set<ReportType> LEADS_TO_A_LIVE_STATE =
            EnumSet.of(ReportType.SENT, ReportType.SENT_BY_HAND, ReportType.NOT_WITHDRAWN, ReportType.REFUSED);

    @Test
    void everyReportHasAnAnswerInEveryState() {
        for (State state : State.values()) {
            for (ReportType report : ReportType.values()) {
                assertThat(Transitions.of(state, report))
                        .as(state + " " + report)
                        .isNotNull();
            }
        }
    }

    @Property(tries = 500)
    void aReportThatComesTwiceIsAppliedOnce(@ForAll State state, @ForAll ReportType report) {
        State once = after(state, report);

        assertThat(after(once, report)).isEqualTo(once);
        assertThat(Transitions.of(once, report)).isNotInstanceOf(Transition.Move.class);
    }

    @Property(tries = 2_000)
    void reportsWithAnAcceptanceEndAcceptedInWhateverOrderTheyCome(@ForAll("shuffled") List<ReportType> reports) {
        State state = State.RELEASED;
        for (ReportType report : reports) {
            state = after(state, report);
        }

        assertThat(state).isEqualTo(State.ACCEPTED);
    }

    @Property(tries = 2_000)
    void onlyARefusalOfAReleasedInvitationLeadsBackToTheQueue(@ForAll State state, @ForAll ReportType report) {
        boolean backToTheQueue = Transitions.of(state, report) instanceof Transition.NotSent;

        assertThat(backToTheQueue).isEqualTo(state == State.RELEASED && report == ReportType.REFUSED);
    }

    @Property(tries = 2_000)
    void whatHasEndedComesBackOnlyIfItWasSentAfterAll(@ForAll State state, @ForAll ReportType report) {
        if (!state.isLive() && after(state, report).isLive()) {
            assertThat(report).isIn(ReportType.SENT, ReportType.SENT_BY_HAND);
            assertThat(state).isIn(State.FAILED, State.CANCELLED, State.LAPSED);
        }
        if (after(state, report).isLive() && after(state, report) != state) {
            assertThat(LEADS_TO_A_LIVE_STATE).contains(report);
        }
    }

    @Test
    void theTableInFull() {
        assertRow(State.QUEUED, "sent sent ACCEPTED - - - - FAILED = followed followed");
        assertRow(State.RELEASED, "sent sent ACCEPTED DECLINED WITHDRAWN - EXPIRED FAILED not-sent - -");
        assertRow(State.PENDING, "= = ACCEPTED DECLINED WITHDRAWN = EXPIRED - - - -");
        assertRow(State.WITHDRAWING, "= = ACCEPTED DECLINED WITHDRAWN PENDING EXPIRED - - - -");
        assertRow(State.ACCEPTED, "= = = - - - - - - - -");
        assertRow(State.DECLINED, "= = ACCEPTED = - - - - - - -");
        assertRow(State.WITHDRAWN, "= = ACCEPTED - = - - - - - -");
        assertRow(State.EXPIRED, "= = ACCEPTED - - - = - - - -");
        assertRow(State.FAILED, "sent sent ACCEPTED - - - - = - - -");
        assertRow(State.CANCELLED, "sent sent ACCEPTED - - - - - - - -");
        assertRow(State.LAPSED, "sent sent ACCEPTED - - - - - - - -");
    }

    @Provide
    Arbitrary<List<ReportType>> shuffled() {
        return Arbitraries.of(ReportType.class)
                .filter(type -> type != ReportType.REFUSED)
                .list()
                .ofMaxSize(6)
                .flatMap(others -> {
                    List<ReportType> all = new ArrayList<>(others);
                    all.add(ReportType.ACCEPTED);
                    return Arbitraries.shuffle(all);
                });
    }

    private static void assertRow(State state, String expected) {
        List<String> row = new ArrayList<>();
        for (ReportType type : List.of(
                ReportType.SENT,
                ReportType.SENT_BY_HAND,
                ReportType.ACCEPTED,
                ReportType.DECLINED,
                ReportType.WITHDRAWN,
                ReportType.NOT_WITHDRAWN,
                ReportType.EXPIRED,
                ReportType.FAILED,
                ReportType.REFUSED,
                ReportType.FOLLOWED,
                ReportType.NOT_FOLLOWED)) {
            row.add(text(Transitions.of(state, type)));
        }
        assertThat(String.join(" ", row)).as(state.name()).isEqualTo(expected);
    }

    private static String text(Transition transition) {
        if (transition instanceof Transition.Move move) {
            return move.to().name();
        }
        if (transition instanceof Transition.Sent) {
            return "sent";
        }
        if (transition instanceof Transition.Followed) {
            return "followed";
        }
        if (transition instanceof Transition.NotSent) {
            return "not-sent";
        }
        return transition instanceof Transition.Already ? "=" : "-";
    }

    private static State after(State state, ReportType report) {
        Transition transition = Transitions.of(state, report);
        if (transition instanceof Transition.Move move) {
            return move.to();
        }
        if (transition instanceof Transition.Sent) {
            return State.PENDING;
        }
        return transition instanceof Transition.NotSent ? State.QUEUED : state;
    }
}
