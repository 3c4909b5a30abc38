package dev.invitepacer.pacing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The queue of a forecast: which drafts may go at an instant that only goes forward, how many are demand, and whose turn
 * it is. Every draft is looked at a few times only, whatever the number of releases.
 */
final class ForecastQueue {
    private static final Comparator<Entry> BY_RANK = Comparator.comparing(entry -> entry.draft.rank());

    /** A draft and what has become of it. */
    private static final class Entry {
        final QueuedDraft draft;
        final Lane lane;
        final long notBefore;
        final long lapsesAt;
        boolean isOver;
        boolean isDemand;

        Entry(QueuedDraft draft, Lane lane) {
            this.draft = draft;
            this.lane = lane;
            this.notBefore = draft.notBefore() == null ? -Micros.FAR : Micros.ceil(draft.notBefore());
            this.lapsesAt = draft.lapsesAt() == null ? Micros.FAR : Micros.ceil(draft.lapsesAt());
        }

        /** One that lapses before it may go is demand until then, and never goes. */
        boolean mayEverGo() {
            return lapsesAt > notBefore;
        }
    }

    /** A campaign's drafts that may go, those with notes apart. */
    private static final class Lane {
        final PriorityQueue<Entry> bare = new PriorityQueue<>(BY_RANK);
        final PriorityQueue<Entry> noted = new PriorityQueue<>(BY_RANK);
        final Rank bareUpTo;
        final Rank notedUpTo;
        Shares.Campaign share;

        Lane(QueuedCampaign campaign) {
            this.share = campaign.share();
            this.bareUpTo = campaign.bareUpTo();
            this.notedUpTo = campaign.notedUpTo();
        }

        Entry first(boolean withNotes) {
            Entry noNote = first(bare);
            Entry note = withNotes ? first(noted) : null;
            return noNote == null || note != null && BY_RANK.compare(note, noNote) < 0 ? note : noNote;
        }

        /** Whether a draft that was not read may come before the first of these. */
        boolean mayMissFirst(boolean withNotes) {
            Entry first = first(withNotes);
            return isBeyond(first, bareUpTo) || withNotes && isBeyond(first, notedUpTo);
        }

        private static boolean isBeyond(Entry first, Rank upTo) {
            return upTo != null && (first == null || first.draft.rank().compareTo(upTo) > 0);
        }

        static Entry first(PriorityQueue<Entry> entries) {
            while (!entries.isEmpty() && entries.peek().isOver) {
                entries.poll();
            }
            return entries.peek();
        }
    }

    private final List<Lane> lanes = new ArrayList<>();
    private final List<Entry> arrivals = new ArrayList<>();
    private final List<Entry> lapses = new ArrayList<>();
    private long shareTime;
    private NoteQuota notes;
    private long now;
    private int arrived;
    private int counted;
    private int lapsed;
    private int bareDemand;
    private int notedDemand;
    private int left;

    ForecastQueue(List<QueuedCampaign> campaigns, long shareTime, NoteQuota notes, Instant now) {
        this.shareTime = shareTime;
        this.notes = notes;
        this.now = Micros.floor(now);
        for (QueuedCampaign campaign : campaigns) {
            if (!campaign.isPaused()) {
                add(campaign);
            }
        }
        arrivals.sort(Comparator.comparingLong(entry -> entry.notBefore));
        lapses.sort(Comparator.comparingLong(entry -> entry.lapsesAt));
        advance(now);
    }

    private void add(QueuedCampaign campaign) {
        Lane lane = new Lane(campaign);
        lanes.add(lane);
        for (QueuedDraft draft : campaign.drafts()) {
            Entry entry = new Entry(draft, lane);
            if (entry.lapsesAt <= now) {
                continue;
            }
            left += entry.mayEverGo() ? 1 : 0;
            if (entry.lapsesAt < Micros.FAR) {
                lapses.add(entry);
            }
            if (entry.notBefore > now) {
                arrivals.add(entry);
            } else {
                arrive(entry);
                demand(entry);
            }
        }
    }

    /** Takes time on to {@code at}, which is no earlier than before. */
    void advance(Instant at) {
        now = Micros.floor(at);
        notes = notes.at(at);
        for (; arrived < arrivals.size() && arrivals.get(arrived).notBefore <= now; arrived++) {
            arrive(arrivals.get(arrived));
        }
        for (; counted < arrivals.size() && demandFrom(arrivals.get(counted)) <= now; counted++) {
            demand(arrivals.get(counted));
        }
        for (; lapsed < lapses.size() && lapses.get(lapsed).lapsesAt <= now; lapsed++) {
            end(lapses.get(lapsed));
        }
    }

    /** The state with the queue as it is now. */
    AccountState seenFrom(AccountState state) {
        Instant at = Micros.instant(now);
        boolean letsNotesGo = notes.letsGo(at);
        int demand = Math.max(1, bareDemand + Math.min(notedDemand, notes.thisWeek(at)));
        if (lanes.stream().anyMatch(lane -> lane.first(letsNotesGo) != null)) {
            return state.withWaiting(demand);
        }
        // A draft that may go in a month is no demand for this week, but the account waits for it.
        Optional<Instant> next = nextEligible(at);
        return next.isPresent() ? state.withWaiting(demand, next) : state.withWaiting(0);
    }

    /** When the queue alone may bring a release forward, after now; {@link Instant#MAX} if never. */
    Instant changesAt() {
        long next = counted < arrivals.size() ? demandFrom(arrivals.get(counted)) : Micros.FAR;
        Instant at = Micros.instant(now);
        if (notedDemand > 0 || hasUnreadNotes()) {
            long again = micros(notes.againAt(at));
            next = again - week() > now ? Math.min(next, again - week()) : again > now ? Math.min(next, again) : next;
        }
        return next >= Micros.FAR - week() ? Instant.MAX : Micros.instant(next);
    }

    /** Whether a draft that is not among these could be the next, or could be demand that matters. */
    boolean mayMissSome(int mostThatMatters) {
        Instant at = Micros.instant(now);
        boolean letsNotesGo = notes.letsGo(at);
        int notedThatMatter = notes.thisWeek(at);
        boolean isShort = bareDemand + Math.min(notedDemand, notedThatMatter) < mostThatMatters;
        boolean isShortOfNoted = isShort && notedDemand < notedThatMatter;
        return lanes.stream()
                .anyMatch(lane -> isShort && lane.bareUpTo != null
                        || isShortOfNoted && lane.notedUpTo != null
                        || lane.mayMissFirst(letsNotesGo));
    }

    private boolean hasUnreadNotes() {
        return lanes.stream().anyMatch(lane -> lane.notedUpTo != null);
    }

    /** Takes out the draft whose turn it is; there is one that may go. */
    Forecast.Release release() {
        Instant at = Micros.instant(now);
        boolean letsNotesGo = notes.letsGo(at);
        List<Lane> open =
                lanes.stream().filter(lane -> lane.first(letsNotesGo) != null).toList();
        Shares.Choice choice =
                Shares.choose(open.stream().map(lane -> lane.share).toList(), shareTime);
        shareTime = choice.time();
        for (Lane lane : lanes) {
            lane.share = new Shares.Campaign(lane.share.name(), lane.share.weight(), lane.share.tag(), false);
        }
        Lane turn = null;
        for (Lane lane : open) {
            for (Shares.Campaign after : choice.inLine()) {
                if (after.name().equals(lane.share.name())) {
                    lane.share = after;
                }
            }
            turn = lane.share.name().equals(choice.name()) ? lane : turn;
        }
        Entry first = turn.first(letsNotesGo);
        boolean isWithNote = first.draft.hasNote() && notes.isLeft(at);
        notes = isWithNote ? notes.afterUse() : notes;
        end(first);
        return new Forecast.Release(first.draft.id(), choice.name(), at, first.draft.hasNote() && !isWithNote);
    }

    /** How many are left that may go some time. */
    int left() {
        return left;
    }

    /** Whether drafts with notes have to wait for notes. */
    boolean holdsNotes() {
        return !notes.letsGo(Micros.instant(now));
    }

    NoteQuota notes() {
        return notes;
    }

    private void arrive(Entry entry) {
        if (!entry.isOver) {
            (entry.draft.hasNote() ? entry.lane.noted : entry.lane.bare).add(entry);
        }
    }

    private void demand(Entry entry) {
        if (!entry.isOver) {
            entry.isDemand = true;
            count(entry, 1);
        }
    }

    private void end(Entry entry) {
        if (entry.isOver) {
            return;
        }
        entry.isOver = true;
        left -= entry.mayEverGo() ? 1 : 0;
        if (entry.isDemand) {
            count(entry, -1);
        }
    }

    private void count(Entry entry, int by) {
        if (entry.draft.hasNote()) {
            notedDemand += by;
        } else {
            bareDemand += by;
        }
    }

    /** Where none may go: when the first may. */
    private Optional<Instant> nextEligible(Instant at) {
        long notesFrom = notes.letsGo(at) ? now : micros(notes.againAt(at));
        long next = hasUnreadNotes() ? notesFrom : Micros.FAR;
        for (Lane lane : lanes) {
            for (Entry held : lane.noted) {
                next = !held.isOver && held.lapsesAt > notesFrom ? Math.min(next, notesFrom) : next;
            }
        }
        for (int i = arrived; i < arrivals.size() && arrivals.get(i).notBefore < next; i++) {
            Entry entry = arrivals.get(i);
            long from = entry.draft.hasNote() ? Math.max(entry.notBefore, notesFrom) : entry.notBefore;
            next = !entry.isOver && entry.lapsesAt > from ? Math.min(next, from) : next;
        }
        return next >= Micros.FAR ? Optional.empty() : Optional.of(Micros.instant(next));
    }

    private static long demandFrom(Entry entry) {
        return entry.notBefore - week();
    }

    private static long micros(Instant instant) {
        return instant.equals(Instant.MAX) ? Micros.FAR : Micros.ceil(instant);
    }

    private static long week() {
        return Micros.ceil(ReleaseWindow.WEEK);
    }
}
