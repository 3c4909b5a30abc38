package dev.invitepacer.pacing;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * A random account with a random queue, and what a plain reader of that queue sees: every draft is looked at anew each
 * time.
 */
final class Outreach {
    final Forecast.Inputs inputs;
    private final Map<Long, QueuedDraft> waiting = new HashMap<>();
    private final Map<Long, String> campaigns = new HashMap<>();
    private final Map<String, Shares.Campaign> shares = new HashMap<>();
    private AccountState state;
    private NoteQuota notes;
    private long shareTime;

    private Outreach(Forecast.Inputs inputs) {
        this.inputs = inputs;
        this.state = inputs.state();
        this.notes = inputs.notes();
        this.shareTime = inputs.shareTime();
        for (QueuedCampaign campaign : inputs.campaigns()) {
            if (!campaign.isPaused()) {
                shares.put(campaign.name(), campaign.share());
                for (QueuedDraft draft : campaign.drafts()) {
                    waiting.put(draft.id(), draft);
                    campaigns.put(draft.id(), campaign.name());
                }
            }
        }
    }

    static Arbitrary<Outreach> any() {
        return Arbitraries.randomValue(Outreach::random);
    }

    static Outreach random(Random random) {
        World world = World.random(random);
        Instant now = world.start();
        int cap = 1 + random.nextInt(random.nextBoolean() ? 10 : 200);
        CapCourse caps = CapCourse.of(cap);
        if (random.nextInt(3) == 0) {
            caps = new CapCourse(
                    cap,
                    new WarmUp(1 + random.nextInt(20), 1 + random.nextInt(20)),
                    now.minus(random.nextInt(30_000), ChronoUnit.MINUTES),
                    null,
                    false);
        }
        if (random.nextInt(3) == 0) {
            LearnedCap learned =
                    new LearnedCap(1 + random.nextInt(cap), now.minus(random.nextInt(20_000), ChronoUnit.MINUTES));
            caps = new CapCourse(cap, caps.ramp(), caps.rampSince(), learned, random.nextBoolean());
        }
        Limits limits = new Limits(
                world.calendar(),
                caps.at(now),
                1 + random.nextInt(3),
                random.nextInt(3) == 0 ? Spread.CAP : Spread.WEEK,
                random.nextInt(3) == 0 ? OptionalInt.of(1 + random.nextInt(10)) : OptionalInt.empty(),
                Integer.MAX_VALUE,
                50,
                Duration.ofSeconds(random.nextInt(2)));
        NoteQuota notes = random.nextBoolean()
                ? NoteQuota.none(world.zone())
                : new NoteQuota(
                        random.nextInt(4) == 0 ? OptionalInt.empty() : OptionalInt.of(random.nextInt(6)),
                        random.nextInt(4),
                        NoteQuota.monthAfter(now, world.zone()),
                        random.nextInt(3) == 0 ? now.plus(random.nextInt(60_000), ChronoUnit.MINUTES) : null,
                        random.nextInt(3) == 0,
                        world.zone());
        AccountState state =
                AccountState.idle().withOpenTasks(random.nextInt(50)).withWindow(window(random, now));
        if (random.nextInt(4) == 0) {
            state = state.withPause(Pause.until(now.plus(random.nextInt(9_000), ChronoUnit.MINUTES)));
        }
        if (random.nextInt(4) == 0) {
            state = state.withRestrictedUntil(now.plus(random.nextInt(9_000), ChronoUnit.MINUTES));
        }
        return new Outreach(new Forecast.Inputs(limits, caps, state, randomCampaigns(random, now), 0, notes, now));
    }

    private static ReleaseWindow window(Random random, Instant now) {
        List<Instant> past = new ArrayList<>();
        for (int i = random.nextInt(30); i > 0; i--) {
            past.add(now.minus(random.nextInt(168 * 60), ChronoUnit.MINUTES));
        }
        return ReleaseWindow.of(past);
    }

    private static List<QueuedCampaign> randomCampaigns(Random random, Instant now) {
        List<QueuedCampaign> campaigns = new ArrayList<>();
        long id = 1;
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            List<QueuedDraft> drafts = new ArrayList<>();
            for (int j = random.nextInt(40); j > 0; j--) {
                Instant notBefore = random.nextInt(4) == 0 ? soon(random, now) : null;
                drafts.add(new QueuedDraft(
                        Rank.of(
                                now.minus(random.nextInt(20_000), ChronoUnit.MINUTES),
                                random.nextInt(21) - 10,
                                1 + random.nextInt(3),
                                id++),
                        notBefore,
                        random.nextInt(4) == 0 ? soon(random, now) : null,
                        random.nextInt(3) == 0));
            }
            drafts.sort(Comparator.comparing(QueuedDraft::rank));
            campaigns.add(QueuedCampaign.whole(
                    new Shares.Campaign("c" + i, 1 + random.nextInt(5), 0, false), random.nextInt(6) == 0, drafts));
        }
        return campaigns;
    }

    private static Instant soon(Random random, Instant now) {
        return now.plus(random.nextInt(40 * 1440) - 1440, ChronoUnit.MINUTES);
    }

    /** The decision at an instant after the last release. */
    Decision decide(Instant at) {
        return Pacer.decide(limits(at), seen(at), at);
    }

    /** Releases at an instant; says which draft goes. */
    long release(Instant at) {
        Map<String, QueuedDraft> first = new HashMap<>();
        eligible(at)
                .forEach(draft -> first.merge(
                        campaigns.get(draft.id()),
                        draft,
                        (one, other) -> one.rank().compareTo(other.rank()) < 0 ? one : other));
        Shares.Choice choice =
                Shares.choose(first.keySet().stream().map(shares::get).toList(), shareTime);
        AccountState after = Pacer.afterRelease(limits(at), seen(at), at);
        state = state.withWindow(after.window()).withBucket(after.bucket());
        shareTime = choice.time();
        shares.replaceAll((name, share) -> new Shares.Campaign(name, share.weight(), share.tag(), false));
        choice.inLine().forEach(share -> shares.put(share.name(), share));
        QueuedDraft draft = first.get(choice.name());
        NoteQuota month = notes.at(at);
        notes = draft.hasNote() && month.isLeft(at) ? month.afterUse() : month;
        waiting.remove(draft.id());
        return draft.id();
    }

    /** Every instant in {@code (from, to)} at which something of the account may change, and just before and after it. */
    List<Instant> turns(Instant from, Instant to) {
        List<Instant> turns = new ArrayList<>();
        for (QueuedDraft draft : waiting.values()) {
            for (Instant turn : new Instant[] {draft.notBefore(), draft.lapsesAt()}) {
                if (turn != null) {
                    turns.add(turn);
                    turns.add(turn.minus(ReleaseWindow.WEEK));
                }
            }
        }
        state.window().instants().forEach(past -> {
            turns.add(past.plus(ReleaseWindow.WEEK));
            turns.add(past.plus(ReleaseWindow.DAY));
        });
        Instant month = notes.at(from).monthEnd();
        if (!month.equals(Instant.MAX)) {
            turns.addAll(List.of(month, month.minus(ReleaseWindow.WEEK)));
        }
        if (notes.usedUpUntil() != null) {
            turns.addAll(List.of(notes.usedUpUntil(), notes.usedUpUntil().minus(ReleaseWindow.WEEK)));
        }
        inputs.caps().changesAfter(from).ifPresent(turns::add);
        List<Instant> around = new ArrayList<>(turns);
        turns.forEach(turn -> {
            around.add(turn.minus(1, ChronoUnit.MICROS));
            around.add(turn.plus(1, ChronoUnit.MICROS));
        });
        around.add(to.minus(1, ChronoUnit.MICROS));
        return around.stream()
                .filter(turn -> turn.isAfter(from) && turn.isBefore(to))
                .toList();
    }

    int left(Instant at) {
        return (int) waiting.values().stream()
                .filter(draft -> draft.lapsesAt() == null || draft.lapsesAt().isAfter(at))
                .filter(draft -> draft.lapsesAt() == null
                        || draft.notBefore() == null
                        || draft.lapsesAt().isAfter(draft.notBefore()))
                .count();
    }

    private Limits limits(Instant at) {
        return inputs.limits().withCap(inputs.caps().at(at));
    }

    private AccountState seen(Instant at) {
        List<QueuedDraft> eligible = eligible(at);
        NoteQuota month = notes.at(at);
        long noted = 0;
        long bare = 0;
        Instant next = Instant.MAX;
        for (QueuedDraft draft : waiting.values()) {
            boolean isThisWeek = !isLapsed(draft, at)
                    && (draft.notBefore() == null || !draft.notBefore().isAfter(at.plus(ReleaseWindow.WEEK)));
            noted += isThisWeek && draft.hasNote() ? 1 : 0;
            bare += isThisWeek && !draft.hasNote() ? 1 : 0;
            Instant from = draft.notBefore() == null || draft.notBefore().isBefore(at) ? at : draft.notBefore();
            if (draft.hasNote() && !month.letsGo(at) && month.againAt(at).isAfter(from)) {
                from = month.againAt(at);
            }
            next = !isLapsed(draft, from) && from.isBefore(next) ? from : next;
        }
        int demand = (int) Math.max(1, bare + Math.min(noted, month.thisWeek(at)));
        if (!eligible.isEmpty()) {
            return state.withWaiting(demand);
        }
        return next.equals(Instant.MAX) ? state.withWaiting(0) : state.withWaiting(demand, Optional.of(next));
    }

    private List<QueuedDraft> eligible(Instant at) {
        boolean letsNotesGo = notes.at(at).letsGo(at);
        return waiting.values().stream()
                .filter(draft -> draft.notBefore() == null || !draft.notBefore().isAfter(at))
                .filter(draft -> !isLapsed(draft, at))
                .filter(draft -> letsNotesGo || !draft.hasNote())
                .toList();
    }

    private static boolean isLapsed(QueuedDraft draft, Instant at) {
        return draft.lapsesAt() != null && !draft.lapsesAt().isAfter(at);
    }
}
