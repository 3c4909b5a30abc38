package dev.invitepacer.simulation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.account.Pace;
import dev.invitepacer.account.PaceRow;
import dev.invitepacer.delivery.Task;
import dev.invitepacer.delivery.TasksOfMemory;
import dev.invitepacer.invitation.Invitation;
import dev.invitepacer.invitation.InvitationRow;
import dev.invitepacer.invitation.State;
import dev.invitepacer.pacing.Bucket;
import dev.invitepacer.pacing.Shares;

/**
 * A transaction on one account, whose lock it holds: it reads what is committed and what it wrote itself, and nobody sees
 * what it writes before {@link #commit}.
 */
final class Unit {
    /** What the history would be told. */
    record Told(Long invitation, Instant at, String event, Map<String, ?> detail) {}

    final String work;
    final Rows rows;
    final Pace pace;
    AccountSettings settings;
    Bucket bucket;
    long shareTime;
    Instant retryAt;
    boolean isLook;
    LocalDate night;

    final Map<Long, Invitation> invitations = new LinkedHashMap<>();
    final Map<Long, Task> tasks = new LinkedHashMap<>();
    final Map<Long, Booking> bookings = new LinkedHashMap<>();
    final List<Booking> booked = new ArrayList<>();
    final Map<String, Shares.Campaign> campaigns = new HashMap<>();
    final List<Told> told = new ArrayList<>();
    final Map<Long, State> before = new HashMap<>();
    private final Map<Long, Task> read = new HashMap<>();
    private final List<Task> opened = new ArrayList<>();

    Unit(String work, Rows rows) {
        this.work = work;
        this.rows = rows;
        this.pace = PaceRow.copy(rows.pace);
        this.settings = rows.settings;
        this.bucket = rows.bucket;
        this.shareTime = rows.shareTime;
        this.retryAt = rows.retryAt;
    }

    Invitation invitation(long id) {
        Invitation mine = invitations.get(id);
        Invitation row = mine == null ? rows.invitation(id) : null;
        if (row == null) {
            return mine;
        }
        mine = InvitationRow.copy(row);
        invitations.put(id, mine);
        before.put(id, row.state);
        return mine;
    }

    void add(Invitation added) {
        invitations.put(added.id, added);
    }

    /** All that are live, to be read only. */
    Collection<Invitation> live() {
        if (invitations.isEmpty()) {
            return rows.live.values();
        }
        List<Invitation> live = new ArrayList<>(rows.live.size() + 4);
        for (Invitation row : rows.live.values()) {
            if (!invitations.containsKey(row.id)) {
                live.add(row);
            }
        }
        for (Invitation mine : invitations.values()) {
            if (mine.state.isLive()) {
                live.add(mine);
            }
        }
        return live;
    }

    List<Invitation> allTo(String profile) {
        List<Invitation> all = new ArrayList<>();
        for (long id : rows.byProfile.getOrDefault(profile, List.of())) {
            all.add(invitation(id));
        }
        for (Invitation mine : List.copyOf(invitations.values())) {
            if (mine.profile.equals(profile) && !all.contains(mine)) {
                all.add(mine);
            }
        }
        return all;
    }

    Task task(long id) {
        Task mine = tasks.get(id);
        Task row = mine == null ? rows.task(id) : null;
        if (row == null) {
            return mine;
        }
        mine = TasksOfMemory.copy(row);
        tasks.put(id, mine);
        read.put(id, TasksOfMemory.copy(row));
        return mine;
    }

    /** As the last holder of its row left it, and nobody else writes it until this unit ends. */
    Task locked(long id) {
        rows.lockedTasks.add(id);
        return task(id);
    }

    void open(Task task) {
        TasksOfMemory.takeLane(task, Rows.lane(rows.account, settings));
        opened.add(task);
        tasks.put(task.id, task);
    }

    /** The open tasks, to be read only. */
    Collection<Task> open() {
        if (tasks.isEmpty()) {
            return rows.open.values();
        }
        List<Task> open = new ArrayList<>(rows.open.size() + 2);
        for (Task row : rows.open.values()) {
            if (!tasks.containsKey(row.id)) {
                open.add(row);
            }
        }
        for (Task mine : tasks.values()) {
            if (mine.isOpen()) {
                open.add(mine);
            }
        }
        return open;
    }

    List<Task> openOf(long invitation) {
        List<Task> open = new ArrayList<>(2);
        for (Task row : rows.tasksOf(invitation)) {
            if (row.isOpen()) {
                task(row.id);
            }
        }
        for (Task mine : tasks.values()) {
            if (mine.invitation == invitation && mine.isOpen()) {
                open.add(mine);
            }
        }
        return open;
    }

    void book(Booking booking) {
        booked.add(booking);
    }

    /** A row to be changed. */
    Booking changed(Booking row) {
        return booked.contains(row) ? row : bookings.computeIfAbsent(row.id, id -> row.copy());
    }

    Booking seen(Booking row) {
        return bookings.isEmpty() ? row : bookings.getOrDefault(row.id, row);
    }

    List<Booking> bookedOf(long invitation) {
        List<Booking> all = new ArrayList<>(2);
        for (Booking row : rows.booked.getOrDefault(invitation, List.of())) {
            all.add(seen(row));
        }
        for (Booking row : booked) {
            if (row.invitation != null && row.invitation == invitation) {
                all.add(row);
            }
        }
        return all;
    }

    void commit(int clock) {
        rows.pace = pace;
        rows.bucket = bucket;
        rows.shareTime = shareTime;
        rows.retryAt = retryAt;
        if (isLook) {
            rows.lookedUnderClock = clock;
        }
        invitations.values().forEach(rows::keep);
        read.forEach((id, then) -> {
            Task row = rows.task(id);
            TasksOfMemory.merge(tasks.get(id), then, row);
            TasksOfMemory.round(row);
            rows.keep(row);
        });
        opened.forEach(rows::keep);
        bookings.forEach((id, changed) -> rows.ledger.stream()
                .filter(row -> row.id == id)
                .forEach(row -> {
                    row.returnedAt = changed.returnedAt;
                    row.isTakenBack = changed.isTakenBack;
                }));
        booked.forEach(rows::keep);
        rows.campaigns.putAll(campaigns);
        if (night != null) {
            rows.nights.add(night);
        }
        if (settings != rows.settings) {
            String lane = Rows.lane(rows.account, settings);
            if (!String.valueOf(lane).equals(String.valueOf(Rows.lane(rows.account, rows.settings)))) {
                rows.open.values().forEach(task -> {
                    TasksOfMemory.followChannel(task, lane);
                    tasks.putIfAbsent(task.id, task);
                });
            }
            rows.settings = settings;
            rows.version++;
        }
        rows.refresh();
        end();
    }

    void end() {
        rows.holder = null;
        rows.lockedTasks.clear();
    }
}
