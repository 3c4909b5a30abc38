package dev.invitepacer.simulation;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

import dev.invitepacer.invitation.State;
import dev.invitepacer.pacing.Reason;

/** What a run has met. */
final class Tally {
    final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    final Map<Reason, Long> reasons = new EnumMap<>(Reason.class);
    final Map<State, Long> states = new EnumMap<>(State.class);
    long seeds;
    long accountWeeks;
    long releases;
    long sent;
    long commits;
    /** The points at which another process could come between, and those at which one waited for another's lock. */
    long steps;

    long waits;

    void met(Fault fault) {
        faults.merge(fault, 1L, Long::sum);
    }

    void add(Tally other) {
        other.faults.forEach((fault, count) -> faults.merge(fault, count, Long::sum));
        other.reasons.forEach((reason, count) -> reasons.merge(reason, count, Long::sum));
        other.states.forEach((state, count) -> states.merge(state, count, Long::sum));
        seeds += other.seeds;
        accountWeeks += other.accountWeeks;
        releases += other.releases;
        sent += other.sent;
        commits += other.commits;
        steps += other.steps;
        waits += other.waits;
    }

    /** What it should have met and has not. */
    TreeSet<String> missing() {
        TreeSet<String> missing = new TreeSet<>();
        for (Fault fault : Fault.values()) {
            if (!faults.containsKey(fault)) {
                missing.add("fault " + fault);
            }
        }
        for (Reason reason : Reason.values()) {
            if (!reasons.containsKey(reason)) {
                missing.add("reason " + reason);
            }
        }
        for (State state : State.values()) {
            if (!states.containsKey(state)) {
                missing.add("state " + state);
            }
        }
        return missing;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%,d seeds, %,d account-weeks (%,d account-years), %,d commits, %,d releases, %,d sent%n",
                seeds,
                accountWeeks,
                accountWeeks / 52,
                commits,
                releases,
                sent));
        if (steps > 0) {
            text.append(String.format(Locale.ROOT, "%,d steps, %,d waits for a lock%n", steps, waits));
        }
        faults.forEach((fault, count) -> text.append(String.format(Locale.ROOT, "  %-28s %,12d%n", fault, count)));
        text.append(String.format(Locale.ROOT, "reasons told:%n"));
        reasons.forEach((reason, count) -> text.append(String.format(Locale.ROOT, "  %-28s %,12d%n", reason, count)));
        text.append(String.format(Locale.ROOT, "states reached:%n"));
        states.forEach((state, count) -> text.append(String.format(Locale.ROOT, "  %-28s %,12d%n", state, count)));
        return text.toString();
    }
}
