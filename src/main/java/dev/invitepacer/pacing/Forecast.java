package dev.invitepacer.pacing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What an account is going to release if nothing changes: {@link Pacer#decide} asked again whenever time alone may have
 * changed its answer, {@link Shares} for whose turn it is, and {@link Pacer#afterRelease} for what follows. It has no rule
 * of its own, so it is what happens, but for the time that passes until somebody looks.
 *
 * <p>Assumed: every task is done at once, so that as many stay open as are now; nobody pauses, answers or changes anything;
 * pending stays under the threshold. Where it will not, see {@link #heldFrom}.
 *
 * @param releases in order
 * @param end how it ends
 * @param endsAt when it ends: the horizon, or the instant from which on it cannot tell
 * @param left how many drafts are left then that could still go some time; those of paused campaigns are not among them
 * @param holdsNotes whether drafts with notes have to wait for notes then
 * @param state the account then, as far as its window and its bucket go
 * @param notes the month's notes then
 */
public record Forecast(
        List<Release> releases,
        End end,
        Instant endsAt,
        int left,
        boolean holdsNotes,
        AccountState state,
        NoteQuota notes) {
    /** Far more looks than a year at the highest cap takes. */
    private static final int MOST_LOOKS = 200_000;

    /**
     * One release.
     *
     * @param isBare whether it goes without its note, since the month's notes are used up
     */
    public record Release(long draft, String campaign, Instant at, boolean isBare) {}

    /** How a forecast ends. */
    public sealed interface End {
        /** Nothing is left in the queue. */
        record Empty() implements End {}

        /** The time asked for is over. */
        record Horizon() implements End {}

        /** Nothing goes from then on until something changes that time alone does not change. */
        record Held(Reason reason) implements End {}

        /** Drafts that were not read may be next. */
        record Unread() implements End {}

        /** The draft asked for has gone. */
        record Found() implements End {}
    }

    /**
     * All that decides.
     *
     * @param limits at {@code now}; their cap is that of {@code caps} from then on
     * @param state at {@code now}; of its queue only what {@code campaigns} say is looked at
     * @param shareTime virtual time after the last choice
     */
    public record Inputs(
            Limits limits,
            CapCourse caps,
            AccountState state,
            List<QueuedCampaign> campaigns,
            long shareTime,
            NoteQuota notes,
            Instant now) {

        public Inputs {
            campaigns = List.copyOf(campaigns);
        }

        public Inputs withCaps(CapCourse caps) {
            return new Inputs(limits, caps, state, campaigns, shareTime, notes, now);
        }

        /** As if the sender did at once whatever it is asked for, and has done what it was asked for. */
        public Inputs withoutTasks() {
            return new Inputs(limits, caps, state.withOpenTasks(0), campaigns, shareTime, notes, now);
        }

        /** From {@code then} on, when what {@code before} foretells has happened. */
        public Inputs after(Forecast before, Instant then) {
            Set<Long> gone = before.releases().stream().map(Release::draft).collect(Collectors.toSet());
            List<QueuedCampaign> left = campaigns.stream()
                    .map(campaign -> campaign.withDrafts(campaign.drafts().stream()
                            .filter(draft -> !gone.contains(draft.id()))
                            .toList()))
                    .toList();
            return new Inputs(limits, caps, before.state(), left, shareTime, before.notes(), then);
        }

        public Inputs withCampaigns(List<QueuedCampaign> campaigns) {
            return new Inputs(limits, caps, state, campaigns, shareTime, notes, now);
        }
    }

    public Forecast {
        releases = List.copyOf(releases);
    }

    /** The releases from now on until {@code horizon}, which may be among them. */
    public static Forecast of(Inputs inputs, Instant horizon) {
        return until(inputs, horizon, release -> false);
    }

    /** As {@link #of}, but no further than the first release that is {@code wanted}. */
    public static Forecast until(Inputs inputs, Instant horizon, Predicate<Release> wanted) {
        ForecastQueue queue = new ForecastQueue(inputs.campaigns(), inputs.shareTime(), inputs.notes(), inputs.now());
        AccountState state = inputs.state().withPending(0);
        Instant at = Micros.ceiled(inputs.now());
        List<Release> releases = new ArrayList<>();
        for (int looks = 0; looks < MOST_LOOKS && !at.isAfter(horizon); looks++) {
            queue.advance(at);
            EffectiveCap cap = inputs.caps().at(at);
            Limits limits = inputs.limits().withCap(cap).withPendingThreshold(Integer.MAX_VALUE);
            if (queue.mayMissSome(cap.effective())) {
                return ended(releases, new End.Unread(), at, queue, state);
            }
            AccountState seen = queue.seenFrom(state);
            Decision decision = Pacer.decide(limits, seen, at);
            if (decision instanceof Decision.Release) {
                AccountState after = Pacer.afterRelease(limits, seen, at);
                // Time only goes forward here, so what has left the week does not come back.
                state = state.withWindow(after.window().since(at.minus(ReleaseWindow.WEEK)))
                        .withBucket(after.bucket());
                Release release = queue.release();
                releases.add(release);
                if (wanted.test(release)) {
                    return ended(releases, new End.Found(), at, queue, state);
                }
            } else if (decision instanceof Decision.Wait wait) {
                at = next(inputs.caps(), queue, wait, at);
            } else if (decision instanceof Decision.Hold hold) {
                return ended(
                        releases,
                        hold.reason() == Reason.QUEUE_EMPTY ? new End.Empty() : new End.Held(hold.reason()),
                        at,
                        queue,
                        state);
            }
        }
        boolean isOver = at.isAfter(horizon);
        return ended(releases, isOver ? new End.Horizon() : new End.Unread(), isOver ? horizon : at, queue, state);
    }

    /** As {@link #of}, but no further than the {@code most}-th release. */
    public static Forecast ofFirst(int most, Inputs inputs, Instant horizon) {
        if (most == 0) {
            return of(inputs.withCampaigns(List.of()), horizon);
        }
        AtomicInteger left = new AtomicInteger(most);
        return until(inputs, horizon, release -> left.decrementAndGet() == 0);
    }

    /** The same forecast, but from {@code instant} on nothing goes any more. */
    public Forecast heldFrom(Instant instant, Reason reason) {
        List<Release> before = releases.stream()
                .filter(release -> release.at().isBefore(instant))
                .toList();
        return new Forecast(
                before,
                new End.Held(reason),
                instant,
                left + releases.size() - before.size(),
                holdsNotes,
                state,
                notes);
    }

    /** When a draft goes; empty if it does not within the forecast. */
    public Optional<Instant> at(long draft) {
        return releases.stream()
                .filter(release -> release.draft() == draft)
                .map(Release::at)
                .findFirst();
    }

    private static Forecast ended(
            List<Release> releases, End end, Instant at, ForecastQueue queue, AccountState state) {
        queue.advance(at);
        return new Forecast(releases, end, at, queue.left(), queue.holdsNotes(), state, queue.notes());
    }

    /** The end of the wait, or sooner where time alone may bring a release forward. */
    private static Instant next(CapCourse caps, ForecastQueue queue, Decision.Wait wait, Instant at) {
        Instant next = wait.until();
        Instant queueChanges = queue.changesAt();
        next = queueChanges.isAfter(at) && queueChanges.isBefore(next) ? queueChanges : next;
        Instant capChanges = caps.changesAfter(at).orElse(Instant.MAX);
        return capChanges.isBefore(next) ? capChanges : next;
    }
}
