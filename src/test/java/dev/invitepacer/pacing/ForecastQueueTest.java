package dev.invitepacer.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** A forecast's queue by itself: what of it is demand, when it changes, and what was left out of it. */
class ForecastQueueTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final Instant TOMORROW = day(1);
    private static final NoteQuota ANY = NoteQuota.none(ZoneOffset.UTC);
    private static final AccountState IDLE = AccountState.idle();
    private static final Rank LAST = rank(9);

    private static Instant day(int days) {
        return NOW.plus(Duration.ofDays(days));
    }

    private static Rank rank(long id) {
        return new Rank(NOW.minusSeconds(1_000 - id), id);
    }

    private static QueuedDraft bare(long id) {
        return QueuedDraft.plain(rank(id));
    }

    private static QueuedDraft noted(long id) {
        return new QueuedDraft(rank(id), null, null, true);
    }

    private static QueuedDraft noted(long id, Instant notBefore, Instant lapsesAt) {
        return new QueuedDraft(rank(id), notBefore, lapsesAt, true);
    }

    /** So many notes are left, and more come at that instant. */
    private static NoteQuota notes(int left, Instant again) {
        return new NoteQuota(OptionalInt.of(5), 5 - left, again, null, false, ZoneOffset.UTC);
    }

    private static ForecastQueue queue(NoteQuota notes, QueuedDraft... drafts) {
        return beginning(notes, null, null, drafts);
    }

    private static ForecastQueue beginning(NoteQuota notes, Rank bareUpTo, Rank notedUpTo, QueuedDraft... drafts) {
        Shares.Campaign share = new Shares.Campaign("c", 1, 0, false);
        return new ForecastQueue(
                List.of(new QueuedCampaign(share, false, List.of(drafts), bareUpTo, notedUpTo)), 0, notes, NOW);
    }

    private static AccountState seen(ForecastQueue queue) {
        return queue.seenFrom(IDLE);
    }

    @Test
    void noMoreDraftsWithNotesAreDemandThanTheWeekHasNotes() {
        assertThat(seen(queue(notes(1, day(8)), noted(1), noted(2), noted(3)))).isEqualTo(IDLE.withWaiting(1));
        assertThat(seen(queue(notes(1, day(8)), noted(1), noted(2), bare(3)))).isEqualTo(IDLE.withWaiting(2));
        assertThat(seen(queue(notes(1, day(7)), noted(1), noted(2), bare(3)))).isEqualTo(IDLE.withWaiting(3));
    }

    @Test
    void whereNoNoteIsLeftTheAccountWaitsForTheNextOnes() {
        assertThat(seen(queue(notes(0, TOMORROW), noted(1)))).isEqualTo(IDLE.withWaiting(1, Optional.of(TOMORROW)));
        assertThat(seen(beginning(notes(0, TOMORROW), null, LAST)))
                .isEqualTo(IDLE.withWaiting(1, Optional.of(TOMORROW)));
    }

    @Test
    void whatLapsesAsSoonAsItMightGoIsNotWaitedFor() {
        assertThat(seen(queue(notes(0, TOMORROW), noted(1, null, TOMORROW)))).isEqualTo(IDLE.withWaiting(0));
        assertThat(seen(queue(notes(0, TOMORROW), noted(1, null, TOMORROW.plusNanos(1_000)))))
                .isEqualTo(IDLE.withWaiting(1, Optional.of(TOMORROW)));
        assertThat(seen(queue(notes(0, TOMORROW), noted(1, NOW.plusSeconds(1), TOMORROW))))
                .isEqualTo(IDLE.withWaiting(0));
        assertThat(seen(queue(ANY, new QueuedDraft(rank(1), TOMORROW, TOMORROW, false))))
                .isEqualTo(IDLE.withWaiting(0));
    }

    @Test
    void theFirstThatMayGoIsWaitedFor() {
        QueuedDraft sooner = new QueuedDraft(rank(2), TOMORROW, null, false);

        assertThat(seen(queue(ANY, new QueuedDraft(rank(1), day(2), null, false), sooner)))
                .isEqualTo(IDLE.withWaiting(2, Optional.of(TOMORROW)));
        assertThat(seen(queue(notes(0, day(2)), noted(1), sooner)))
                .isEqualTo(IDLE.withWaiting(2, Optional.of(TOMORROW)));
    }

    @Test
    void aDraftBecomesDemandAWeekBeforeItMayGo() {
        ForecastQueue queue = queue(
                ANY,
                bare(1),
                new QueuedDraft(rank(2), day(10), null, false),
                new QueuedDraft(rank(3), day(9), null, false));

        assertThat(queue.changesAt()).isEqualTo(day(2));
        queue.advance(day(2));
        assertThat(queue.changesAt()).isEqualTo(day(3));
        assertThat(seen(queue)).isEqualTo(IDLE.withWaiting(2));
    }

    @Test
    void notesAreDemandAWeekBeforeTheyCome() {
        assertThat(queue(notes(0, day(8)), noted(1)).changesAt()).isEqualTo(TOMORROW);
        assertThat(queue(notes(0, day(7)), noted(1)).changesAt()).isEqualTo(day(7));
        assertThat(queue(notes(0, TOMORROW), noted(1)).changesAt()).isEqualTo(TOMORROW);
        assertThat(beginning(notes(0, day(8)), null, LAST).changesAt()).isEqualTo(TOMORROW);
    }

    @Test
    void whatComesFirstChangesTheQueue() {
        QueuedDraft inADay = new QueuedDraft(rank(2), day(8), null, false);

        assertThat(queue(notes(0, day(10)), noted(1), inADay).changesAt()).isEqualTo(TOMORROW);
        assertThat(queue(notes(0, NOW.plusSeconds(60)), noted(1), inADay).changesAt())
                .isEqualTo(NOW.plusSeconds(60));
    }

    @Test
    void aQueueWithoutNotesNeverChangesByTheirs() {
        assertThat(queue(notes(0, TOMORROW), bare(1)).changesAt()).isEqualTo(Instant.MAX);
        assertThat(beginning(notes(0, TOMORROW), LAST, null, bare(1)).changesAt())
                .isEqualTo(Instant.MAX);
        assertThat(queue(ANY, noted(1)).changesAt()).isEqualTo(Instant.MAX);
    }

    @Test
    void nothingIsMissedOfAQueueThatWasReadWhole() {
        assertThat(queue(notes(1, day(8)), bare(1), noted(2)).mayMissSome(100)).isFalse();
    }

    @Test
    void whatWasNotReadIsMissedWhereItWouldBeDemand() {
        ForecastQueue two = beginning(ANY, LAST, null, bare(1), bare(2));

        assertThat(two.mayMissSome(2)).isFalse();
        assertThat(two.mayMissSome(3)).isTrue();
    }

    @Test
    void draftsWithNotesThatWereNotReadAreMissedAsFarAsTheWeekHasNotes() {
        assertThat(beginning(notes(2, day(8)), null, LAST, noted(1)).mayMissSome(2))
                .isTrue();
        assertThat(beginning(notes(1, day(8)), null, LAST, noted(1)).mayMissSome(2))
                .isFalse();
        assertThat(beginning(notes(2, day(8)), null, LAST, noted(1)).mayMissSome(1))
                .isFalse();
        assertThat(beginning(notes(1, day(8)), null, LAST, noted(1), noted(2)).mayMissSome(1))
                .isFalse();
    }

    @Test
    void whatWasNotReadIsMissedWhereItsTurnMayBeNext() {
        assertThat(beginning(ANY, rank(1), null, bare(1)).mayMissSome(1)).isFalse();
        assertThat(beginning(ANY, rank(1), null, bare(2)).mayMissSome(1)).isTrue();
        assertThat(beginning(ANY, rank(1), null, new QueuedDraft(rank(2), TOMORROW, null, false))
                        .mayMissSome(1))
                .isTrue();
    }

    @Test
    void draftsWithNotesHaveNoTurnWhileNoNoteIsLeft() {
        assertThat(beginning(notes(1, day(8)), null, rank(1), bare(2)).mayMissSome(1))
                .isTrue();
        assertThat(beginning(notes(0, day(8)), null, rank(1), bare(2)).mayMissSome(1))
                .isFalse();
    }
}
