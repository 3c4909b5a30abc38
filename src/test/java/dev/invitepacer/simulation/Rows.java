package dev.invitepacer.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.account.Pace;
import dev.invitepacer.account.PaceRow;
import dev.invitepacer.delivery.Task;
import dev.invitepacer.delivery.TaskKind;
import dev.invitepacer.delivery.TasksOfMemory;
import dev.invitepacer.invitation.Invitation;
import dev.invitepacer.invitation.State;
import dev.invitepacer.pacing.Bucket;
import dev.invitepacer.pacing.Rank;
import dev.invitepacer.pacing.Shares;

/** One account's rows as they are committed. */
final class Rows {
    /** From so many rows on those that are old are forgotten. */
    private static final int MANY = 40;

    private static final Duration OLD = Duration.ofDays(10);

    final String account;
    Pace pace;
    AccountSettings settings;
    int version;
    Bucket bucket = Bucket.full();
    long shareTime;
    Instant retryAt;
    Instant nightRetryAt;

    final Map<Long, Invitation> live = new LinkedHashMap<>();
    final Map<Long, Invitation> over = new HashMap<>();
    final Map<String, List<Long>> byProfile = new HashMap<>();
    /** The column of the queue's order, which the database keeps. */
    final Map<Long, Rank> ranks = new HashMap<>();

    final Map<Long, Task> open = new LinkedHashMap<>();
    private final Map<Long, Task> closed = new HashMap<>();
    private final Map<Long, List<Task>> tasksOf = new HashMap<>();
    private final List<Task> withdrawals = new ArrayList<>();
    final List<Booking> ledger = new ArrayList<>();
    private final List<Booking> recent = new ArrayList<>();
    final Map<Long, List<Booking>> booked = new HashMap<>();
    final Map<String, Shares.Campaign> campaigns = new TreeMap<>();
    final Set<LocalDate> nights = new HashSet<>();

    /** The first time at which a draft's time is over, and at which a task or a run is due; null where none is. */
    Instant nextLapse;

    Instant nextTask;

    /** Who holds the account's lock, and which tasks that unit has locked besides. */
    Unit holder;

    final Set<Long> lockedTasks = new HashSet<>();

    /** The clock under which the account was last looked at: it jumped since if it is another. */
    int lookedUnderClock;

    Rows(String account, AccountSettings settings, Instant now) {
        this.account = account;
        this.settings = settings;
        this.pace = PaceRow.added(account, now);
        PaceRow.warmUp(pace, settings, now);
        PaceRow.nightlyAt(pace, settings.nightAfter(now));
    }

    /** When the release loop looks at it next; null where it does not. */
    Instant lookAt() {
        Instant due = PaceRow.dueAt(pace);
        return due != null && retryAt != null && retryAt.isAfter(due) ? retryAt : due;
    }

    /** When its nightly run comes next. */
    Instant nightAt() {
        return nightRetryAt == null ? PaceRow.nightlyAt(pace) : nightRetryAt;
    }

    Invitation invitation(long id) {
        Invitation found = live.get(id);
        return found == null ? over.get(id) : found;
    }

    Task task(long id) {
        Task found = open.get(id);
        return found == null ? closed.get(id) : found;
    }

    /** The way that tasks take; null where people do them. */
    static String lane(String account, AccountSettings settings) {
        return switch (settings.channel()) {
            case INBOX -> null;
            case WEBHOOK -> "WEBHOOK:" + settings.endpoint();
            case LINKEDIN -> "LINKEDIN:" + account;
        };
    }

    void keep(Invitation invitation) {
        if (live.remove(invitation.id) == null && over.remove(invitation.id) == null) {
            byProfile
                    .computeIfAbsent(invitation.profile, none -> new ArrayList<>(1))
                    .add(invitation.id);
            ranks.put(
                    invitation.id, Rank.of(invitation.queuedAt, invitation.priority, invitation.degree, invitation.id));
        }
        (invitation.state.isLive() ? live : over).put(invitation.id, invitation);
    }

    void keep(Task task) {
        if (task.isOpen()) {
            if (open.put(task.id, task) == null) {
                tasksOf.computeIfAbsent(task.invitation, none -> new ArrayList<>(2))
                        .add(task);
            }
        } else if (open.remove(task.id) != null) {
            TasksOfMemory.endDelivery(task);
            closed.put(task.id, task);
            if (task.kind == TaskKind.WITHDRAW) {
                withdrawals.add(task);
            }
        }
    }

    /** All tasks that an invitation ever had. */
    List<Task> tasksOf(long invitation) {
        return tasksOf.getOrDefault(invitation, List.of());
    }

    /** The tasks to withdraw that are closed and can still count. */
    List<Task> withdrawals(Instant now) {
        if (withdrawals.size() > MANY) {
            withdrawals.removeIf(task -> isOld(task.closedAt, now));
        }
        return withdrawals;
    }

    /** What indexes are in the database. */
    void refresh() {
        nextLapse = null;
        for (Invitation one : live.values()) {
            if (one.state == State.QUEUED
                    && one.lapsesAt != null
                    && (nextLapse == null || one.lapsesAt.isBefore(nextLapse))) {
                nextLapse = one.lapsesAt;
            }
        }
        refreshTasks();
    }

    void refreshTasks() {
        nextTask = null;
        for (Task task : open.values()) {
            Instant next = nextOf(task);
            if (next != null && (nextTask == null || next.isBefore(nextTask))) {
                nextTask = next;
            }
        }
    }

    /** When somebody looks at a task again; null for never. */
    Instant nextOf(Task task) {
        return TasksOfMemory.isRunning(task)
                ? TasksOfMemory.runUntil(task)
                : task.nextTryAt == null ? null : freeAt(task);
    }

    /** When a task that waits may be claimed; null where somebody must resume the account first. */
    Instant freeAt(Task task) {
        Instant free = task.nextTryAt;
        if (PaceRow.pausedAt(pace) != null) {
            Instant until = PaceRow.pausedUntil(pace);
            if (until == null) {
                return null;
            }
            free = until.isAfter(free) ? until : free;
        }
        Instant restricted = pace.restrictedUntil();
        return task.kind == TaskKind.SEND && restricted != null && restricted.isAfter(free) ? restricted : free;
    }

    /** The rows of the ledger that can still count. */
    List<Booking> recent(Instant now) {
        if (recent.size() > MANY) {
            recent.removeIf(row -> isOld(row.at, now));
        }
        return recent;
    }

    /** A clock that goes back does not go back by days. */
    private static boolean isOld(Instant at, Instant now) {
        return at.isBefore(now.minus(OLD));
    }

    void keep(Booking booking) {
        recent.add(booking);
        ledger.add(booking);
        if (booking.invitation != null) {
            booked.computeIfAbsent(booking.invitation, none -> new ArrayList<>(1))
                    .add(booking);
        }
    }
}
