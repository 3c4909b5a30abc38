package dev.invitepacer.pacing;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A year of an account whose true limit nobody tells it: its sender is refused, and the account restricted for seven days,
 * where one more in the last 168 hours would exceed that limit. There is always somebody to invite, in office hours.
 */
final class HiddenLimitYear {
    static final Instant START = Instant.parse("2026-11-23T08:00:00Z");
    static final Instant END = START.plus(Duration.ofHours(365 * 24));

    private static final Duration RESTRICTION = Duration.ofHours(168);
    private static final ActiveCalendar OFFICE_HOURS = new ActiveCalendar(
            ActiveHours.parse(Map.of(
                    DayOfWeek.MONDAY, List.of("09:00-17:00"),
                    DayOfWeek.TUESDAY, List.of("09:00-17:00"),
                    DayOfWeek.WEDNESDAY, List.of("09:00-17:00"),
                    DayOfWeek.THURSDAY, List.of("09:00-17:00"),
                    DayOfWeek.FRIDAY, List.of("09:00-17:00"))),
            ZoneOffset.UTC,
            Set.of());

    /** How an account learns: what a signal and what a quiet week make of what it has learned. */
    interface Learner {
        LearnedCap cut(Optional<LearnedCap> before, int configured, int carried, Instant now);

        LearnedCap raised(LearnedCap learned, int configured, Instant now);

        /** As the service learns. */
        Learner OURS = new Learner() {
            @Override
            public LearnedCap cut(Optional<LearnedCap> before, int configured, int carried, Instant now) {
                return LearnedCap.cut(before, configured, carried, now);
            }

            @Override
            public LearnedCap raised(LearnedCap learned, int configured, Instant now) {
                return learned.raised(configured, now);
            }
        };
    }

    /**
     * @param refusals how often the account ran into the limit
     * @param restrictedDays on how many days it was restricted, whole weeks of it at a time
     * @param use what was sent, of what the true limit would have carried
     */
    record Outcome(int refusals, long restrictedDays, int sent, double use) {}

    private final int weeklyCap;
    private final int trueLimit;
    private final Optional<Learner> learner;
    private final List<Instant> week = new ArrayList<>();

    private Optional<LearnedCap> learned = Optional.empty();
    private AccountState state = AccountState.idle();
    private int refusals;
    private int sent;
    private Duration restricted = Duration.ZERO;

    HiddenLimitYear(int weeklyCap, int trueLimit, Optional<Learner> learner) {
        this.weeklyCap = weeklyCap;
        this.trueLimit = trueLimit;
        this.learner = learner;
    }

    Outcome live() {
        Instant now = START;
        while (now.isBefore(END)) {
            now = step(now);
        }
        double year = Duration.between(START, END).toHours() / 168.0;
        return new Outcome(refusals, restricted.toDays(), sent, sent / (trueLimit * year));
    }

    /** To the next release, or to the end of a quiet week where that comes first. */
    private Instant step(Instant now) {
        state = state.withWaiting(201).withPending(0).withOpenTasks(0);
        Instant due = Pacer.nextRelease(limits(), state, now).orElseThrow();
        Optional<Instant> raise = learned.flatMap(one -> one.raiseAt(weeklyCap)).filter(at -> !at.isAfter(due));
        if (raise.isPresent()) {
            learned = learned.map(one -> learner.orElseThrow().raised(one, weeklyCap, raise.get()));
            return raise.get();
        }
        if (due.isBefore(END)) {
            attempt(due);
        }
        return due;
    }

    private void attempt(Instant now) {
        week.removeIf(at -> !at.isAfter(now.minus(ReleaseWindow.WEEK)));
        int carried = week.size();
        Bucket bucket = Pacer.afterRelease(limits(), state, now).bucket();
        if (carried + 1 > trueLimit) {
            refusals++;
            Instant until = now.plus(RESTRICTION);
            restricted = restricted.plus(Duration.between(now, until.isBefore(END) ? until : END));
            learned = learner.map(one -> one.cut(learned, weeklyCap, carried, now));
            state = state.withRestrictedUntil(until);
        } else {
            sent++;
            week.add(now);
        }
        state = state.withBucket(bucket).withWindow(ReleaseWindow.of(week));
    }

    private Limits limits() {
        UnaryOperator<EffectiveCap> within = cap -> learned.map(cap::within).orElse(cap);
        return Limits.of(OFFICE_HOURS, within.apply(EffectiveCap.of(weeklyCap)));
    }
}
