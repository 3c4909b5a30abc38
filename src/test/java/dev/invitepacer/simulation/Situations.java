package dev.invitepacer.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.account.PaceRow;
import dev.invitepacer.delivery.Task;
import dev.invitepacer.delivery.TaskKind;
import dev.invitepacer.invitation.Invitation;
import dev.invitepacer.invitation.State;
import dev.invitepacer.pacing.AccountState;
import dev.invitepacer.pacing.CapCourse;
import dev.invitepacer.pacing.Limits;
import dev.invitepacer.pacing.Pause;
import dev.invitepacer.pacing.Rank;
import dev.invitepacer.pacing.ReleaseWindow;
import dev.invitepacer.pacing.Shares;
import dev.invitepacer.release.OpenLook;

/** Reads what decides about an account, as the service's statement does; here it is played. */
final class Situations {
    static final Duration SLACK = Duration.ofSeconds(1);
    private static final Duration WEEK = Duration.ofHours(168);

    private Situations() {}

    /** What decides at an instant. */
    record Situation(
            Limits limits,
            AccountState state,
            List<OpenLook.First> firsts,
            List<Shares.Campaign> gone,
            boolean isLast,
            Optional<Instant> soonerAt) {}

    static CapCourse caps(Unit unit) {
        return new CapCourse(
                unit.settings.weeklyCap(),
                unit.settings.warmUp(),
                PaceRow.warmUpSince(unit.pace),
                PaceRow.learned(unit.pace).orElse(null),
                false);
    }

    static Situation read(Unit unit, Instant now, Canary canary) {
        AccountSettings settings = unit.settings;
        CapCourse caps = caps(unit);
        Limits limits = new Limits(
                settings.calendar(),
                caps.at(now),
                settings.burst(),
                settings.spread(),
                settings.dailyCap() == null ? OptionalInt.empty() : OptionalInt.of(settings.dailyCap()),
                settings.pendingThreshold(),
                settings.openTaskLimit(),
                SLACK);
        Queue queue = new Queue(unit, now);
        AccountState idle = AccountState.idle();
        AccountState waiting = !queue.firsts.isEmpty()
                ? idle.withWaiting(Math.max(queue.thisWeek, 1))
                : queue.next != null ? idle.withWaiting(Math.max(queue.thisWeek, 1), Optional.of(queue.next)) : idle;
        AccountState state = waiting.withPause(pause(unit))
                .withWindow(window(unit, now, canary))
                .withBucket(unit.bucket)
                .withPending(queue.pending)
                .withOpenTasks(openSends(unit));
        Instant restricted = unit.pace.restrictedUntil();
        Instant soonerAt = queue.demandLater == null ? null : queue.demandLater.minus(WEEK);
        soonerAt = sooner(soonerAt, caps.changesAfter(now));
        soonerAt =
                sooner(soonerAt, PaceRow.learned(unit.pace).flatMap(learned -> learned.raiseAt(settings.weeklyCap())));
        return new Situation(
                limits,
                restricted == null ? state : state.withRestrictedUntil(restricted),
                queue.firsts(unit),
                queue.gone(unit),
                queue.count == 1 && !queue.firsts.isEmpty(),
                Optional.ofNullable(soonerAt));
    }

    private static Instant sooner(Instant one, Optional<Instant> other) {
        return other.isPresent() && (one == null || other.get().isBefore(one)) ? other.get() : one;
    }

    private static int openSends(Unit unit) {
        int count = 0;
        for (Task task : unit.open()) {
            count += task.kind == TaskKind.SEND ? 1 : 0;
        }
        return count;
    }

    private static ReleaseWindow window(Unit unit, Instant now, Canary canary) {
        Instant from = now.minus(WEEK);
        List<Instant> booked = new ArrayList<>();
        for (Booking row : unit.rows.recent(now)) {
            if (row.at.isAfter(from)
                    && unit.seen(row).counts()
                    && (row.isRelease || canary != Canary.HAND_SENT_FORGOTTEN)) {
                booked.add(row.at);
            }
        }
        return booked.isEmpty() ? ReleaseWindow.empty() : ReleaseWindow.of(booked);
    }

    private static Pause pause(Unit unit) {
        if (PaceRow.pausedAt(unit.pace) == null) {
            return Pause.none();
        }
        Instant until = PaceRow.pausedUntil(unit.pace);
        return until == null ? Pause.indefinite() : Pause.until(until);
    }

    private record Ranked(Rank rank, long id) {}

    /** What waits. */
    private static final class Queue {
        private final Map<String, Ranked> firsts = new HashMap<>();
        private int count;
        private int thisWeek;
        private int pending;
        private Instant next;
        private Instant demandLater;

        Queue(Unit unit, Instant now) {
            Instant week = now.plus(WEEK);
            for (Invitation one : unit.live()) {
                if (one.state != State.QUEUED) {
                    pending++;
                    continue;
                }
                count++;
                if (one.lapsesAt == null || one.lapsesAt.isAfter(now)) {
                    queued(unit, one, now, week);
                }
            }
        }

        private void queued(Unit unit, Invitation one, Instant now, Instant week) {
            if (one.notBefore == null || !one.notBefore.isAfter(now)) {
                thisWeek++;
                Rank rank = unit.rows.ranks.get(one.id);
                Ranked first = firsts.get(one.campaign);
                if (first == null || rank.compareTo(first.rank()) < 0) {
                    firsts.put(one.campaign, new Ranked(rank, one.id));
                }
                return;
            }
            boolean isThisWeek = !one.notBefore.isAfter(week);
            thisWeek += isThisWeek ? 1 : 0;
            if (one.lapsesAt == null || one.lapsesAt.isAfter(one.notBefore)) {
                next = next == null || one.notBefore.isBefore(next) ? one.notBefore : next;
                if (!isThisWeek && (demandLater == null || one.notBefore.isBefore(demandLater))) {
                    demandLater = one.notBefore;
                }
            }
        }

        List<OpenLook.First> firsts(Unit unit) {
            List<OpenLook.First> all = new ArrayList<>(firsts.size());
            for (Shares.Campaign campaign : unit.rows.campaigns.values()) {
                Ranked first = firsts.get(campaign.name());
                if (first != null) {
                    all.add(new OpenLook.First(campaign, first.id()));
                }
            }
            return all;
        }

        List<Shares.Campaign> gone(Unit unit) {
            List<Shares.Campaign> gone = new ArrayList<>(2);
            for (Shares.Campaign campaign : unit.rows.campaigns.values()) {
                if (campaign.inLine() && !firsts.containsKey(campaign.name())) {
                    gone.add(campaign);
                }
            }
            return gone;
        }
    }
}
