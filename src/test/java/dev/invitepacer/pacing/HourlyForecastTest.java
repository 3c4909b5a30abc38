package dev.invitepacer.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Forecasts of one release an hour, so that what they tell can be counted by hand. */
class HourlyForecastTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final ZoneOffset UTC = ZoneOffset.UTC;
    private static final Limits HOURLY = Limits.of(
                    ActiveCalendar.of(ActiveCalendarTest.daily("00:00-24:00"), UTC), EffectiveCap.of(168))
            .withSpread(Spread.CAP);
    private static final Instant TOMORROW = hour(24);

    private static Instant hour(int hours) {
        return NOW.plus(Duration.ofHours(hours));
    }

    private static Rank rank(long id) {
        return new Rank(NOW.minusSeconds(1_000 - id), id);
    }

    private static Forecast.Inputs inputs(NoteQuota notes, QueuedCampaign... campaigns) {
        return new Forecast.Inputs(HOURLY, CapCourse.of(168), AccountState.idle(), List.of(campaigns), 0, notes, NOW);
    }

    private static Forecast.Inputs plain(int drafts) {
        List<QueuedDraft> queued = LongStream.rangeClosed(1, drafts)
                .mapToObj(id -> QueuedDraft.plain(rank(id)))
                .toList();
        return inputs(NoteQuota.none(UTC), campaign(queued));
    }

    private static Forecast.Inputs twoWithNotesAndOneWithout(NoteQuota notes) {
        return inputs(
                notes,
                campaign(List.of(
                        new QueuedDraft(rank(1), null, null, true),
                        new QueuedDraft(rank(2), null, null, true),
                        QueuedDraft.plain(rank(3)))));
    }

    private static QueuedCampaign campaign(List<QueuedDraft> drafts) {
        return QueuedCampaign.whole(new Shares.Campaign("c", 1, 0, false), false, drafts);
    }

    private static List<Long> drafts(Forecast forecast) {
        return forecast.releases().stream().map(Forecast.Release::draft).toList();
    }

    @Test
    void aReleaseAtTheHorizonIsAmongThemAndOneAfterItIsNot() {
        Forecast forecast = Forecast.of(plain(5), hour(2));

        assertThat(forecast.releases())
                .containsExactly(
                        new Forecast.Release(1, "c", NOW, false),
                        new Forecast.Release(2, "c", hour(1), false),
                        new Forecast.Release(3, "c", hour(2), false));
        assertThat(forecast.end()).isEqualTo(new Forecast.End.Horizon());
        assertThat(forecast.endsAt()).isEqualTo(hour(2));
        assertThat(forecast.left()).isEqualTo(2);
        assertThat(forecast.at(2)).contains(hour(1));
        assertThat(forecast.at(4)).isEmpty();
    }

    @Test
    void aDraftThatLapsesAtTheInstantOfAReleaseDoesNotGo() {
        List<QueuedDraft> drafts = List.of(
                QueuedDraft.plain(rank(1)),
                new QueuedDraft(rank(2), null, hour(1), false),
                new QueuedDraft(rank(3), null, hour(1).plusNanos(1_000), false));

        assertThat(drafts(Forecast.of(inputs(NoteQuota.none(UTC), campaign(drafts)), TOMORROW)))
                .containsExactly(1L, 3L);
    }

    @Test
    void aDraftThatMayGoFromTheInstantOfAReleaseOnGoesThen() {
        List<QueuedDraft> drafts = List.of(QueuedDraft.plain(rank(1)), new QueuedDraft(rank(2), hour(1), null, false));

        assertThat(Forecast.of(inputs(NoteQuota.none(UTC), campaign(drafts)), TOMORROW)
                        .at(2))
                .contains(hour(1));
    }

    @Test
    void itEndsWhereTheQueueDoes() {
        Forecast forecast = Forecast.of(plain(2), TOMORROW);

        assertThat(forecast.end()).isEqualTo(new Forecast.End.Empty());
        assertThat(forecast.endsAt()).isEqualTo(hour(1));
        assertThat(forecast.left()).isZero();
        assertThat(forecast.holdsNotes()).isFalse();
    }

    @Test
    void theFirstFewAreTheFirstOfAll() {
        assertThat(Forecast.ofFirst(2, plain(5), TOMORROW).end()).isEqualTo(new Forecast.End.Found());
        assertThat(drafts(Forecast.ofFirst(2, plain(5), TOMORROW))).containsExactly(1L, 2L);
        assertThat(drafts(Forecast.ofFirst(0, plain(5), TOMORROW))).isEmpty();
        assertThat(drafts(Forecast.ofFirst(9, plain(3), TOMORROW))).containsExactly(1L, 2L, 3L);
    }

    @Test
    void itGoesOnFromWhereAnotherEnded() {
        Forecast.Inputs inputs = plain(5);
        Forecast begun = Forecast.ofFirst(2, inputs, TOMORROW);
        Forecast rest = Forecast.of(inputs.after(begun, hour(1)), TOMORROW);

        assertThat(drafts(rest)).containsExactly(3L, 4L, 5L);
        assertThat(rest.at(3)).contains(hour(2));
    }

    @Test
    void fromAnInstantOnNothingGoesAndWhatWouldHaveGoneIsLeft() {
        Forecast held = Forecast.of(plain(5), TOMORROW).heldFrom(hour(2), Reason.PENDING_THRESHOLD);

        assertThat(drafts(held)).containsExactly(1L, 2L);
        assertThat(held.end()).isEqualTo(new Forecast.End.Held(Reason.PENDING_THRESHOLD));
        assertThat(held.endsAt()).isEqualTo(hour(2));
        assertThat(held.left()).isEqualTo(3);
    }

    @Test
    void anAccountWithTooManyTasksIsHeldUnlessItsSenderHasDoneThem() {
        Forecast.Inputs inputs = plain(2);
        Forecast.Inputs busy = new Forecast.Inputs(
                HOURLY.withOpenTaskLimit(3),
                inputs.caps(),
                inputs.state().withOpenTasks(3),
                inputs.campaigns(),
                0,
                inputs.notes(),
                NOW);

        assertThat(Forecast.of(busy, TOMORROW).end()).isEqualTo(new Forecast.End.Held(Reason.TASKS_OPEN));
        assertThat(drafts(Forecast.of(busy.withoutTasks(), TOMORROW))).containsExactly(1L, 2L);
    }

    @Test
    void withALowerCapLessGoes() {
        assertThat(drafts(Forecast.of(plain(5).withCaps(CapCourse.of(2)), TOMORROW)))
                .containsExactly(1L);
    }

    @Test
    void draftsWithNotesWaitForTheMonthAndTheOthersGo() {
        NoteQuota one = new NoteQuota(OptionalInt.of(1), 0, hour(10), null, false, UTC);
        Forecast forecast = Forecast.of(twoWithNotesAndOneWithout(one), hour(5));

        assertThat(drafts(forecast)).containsExactly(1L, 3L);
        assertThat(forecast.holdsNotes()).isTrue();
        assertThat(forecast.notes().used()).isEqualTo(1);
        assertThat(forecast.left()).isEqualTo(1);
    }

    @Test
    void whereNotesAreUsedUpADraftGoesBareIfItMay() {
        NoteQuota one = new NoteQuota(OptionalInt.of(1), 0, hour(10), null, true, UTC);
        Forecast forecast = Forecast.of(twoWithNotesAndOneWithout(one), TOMORROW);

        assertThat(forecast.releases()).extracting(Forecast.Release::isBare).containsExactly(false, true, false);
        assertThat(forecast.holdsNotes()).isFalse();
    }
}
