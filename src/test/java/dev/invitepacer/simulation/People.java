package dev.invitepacer.simulation;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.account.Channel;
import dev.invitepacer.delivery.Stage;
import dev.invitepacer.delivery.Task;
import dev.invitepacer.invitation.Profile;
import dev.invitepacer.invitation.State;
import dev.invitepacer.report.Report;
import dev.invitepacer.report.ReportType;

/** Whoever calls the service: drafts, settings and reports come from here, and are sent again until they are answered. */
final class People {
    private final World world;
    private final Store store;
    private final Script script;
    private final Outside outside;
    private final Set<Long> watched = new HashSet<>();

    People(World world, Store store, Script script, Outside outside) {
        this.world = world;
        this.store = store;
        this.script = script;
        this.outside = outside;
    }

    /** Begins to use an account. */
    void begin(Rows rows) {
        world.later(world.random.nextLong(World.HOUR), () -> drafts(rows));
        world.later(world.random.nextLong(3 * World.DAY), () -> something(rows));
    }

    /** Gives an account settings that let everything end. */
    void calm(Rows rows) {
        insist(() -> store.calm(rows, script::lenient));
    }

    /** Somebody sees to every task that no channel does by itself. */
    void watch(Rows rows, long id) {
        Task task = rows.open.get(id);
        if (task == null) {
            return;
        }
        if (task.lane == null && watched.add(id)) {
            world.later(readyIn(task) + delay(), () -> {
                watched.remove(id);
                if (rows.open.containsKey(id) && rows.open.get(id).lane == null) {
                    outside.byHand(rows, id, false);
                }
                watch(rows, id);
            });
        } else if (task.lane != null && watched.add(-id)) {
            // Whatever hangs is looked at after some days: what did happen is reported, and what did not is done.
            world.later(readyIn(task) + 4 * World.DAY, () -> {
                watched.remove(-id);
                Task still = rows.open.get(id);
                if (still != null && still.stage != Stage.RUNNING && still.stage != Stage.WAITING) {
                    outside.byHand(rows, id, true);
                }
                watch(rows, id);
            });
        }
    }

    private long readyIn(Task task) {
        return Math.max(0, world.real(task.readyAt()) - world.now());
    }

    private long delay() {
        return world.random.nextInt(10) == 0
                ? world.random.nextLong(4 * World.DAY)
                : world.random.nextLong(8 * World.HOUR);
    }

    /** A caller reports, again and again until it hears an answer. */
    void report(Rows rows, Report report, Long task) {
        insist(() -> {
            Work work = store.report(rows, report, task);
            if (report.type() == ReportType.SENT && task != null) {
                work.committed = () -> outside.told(rows.task(task).invitation);
            }
            return work;
        });
    }

    private void insist(Supplier<Work> what) {
        long outage = world.machines.outage();
        if (outage > 0) {
            world.later(outage + world.random.nextLong(World.HOUR), () -> insist(what));
            return;
        }
        Work work = what.get();
        work.failed = () -> world.later(World.SECOND + world.random.nextLong(60 * World.SECOND), () -> insist(what));
        world.run(work);
    }

    private void drafts(Rows rows) {
        if (!world.isFaulty()) {
            return;
        }
        List<Service.Draft> drafts = script.drafts(rows.settings, world.serviceTime());
        insist(() -> store.enqueue(rows, drafts));
        world.later(world.random.nextLong(9 * World.DAY), () -> drafts(rows));
    }

    /** What people do to an account, every few days. */
    private void something(Rows rows) {
        if (!world.isFaulty()) {
            return;
        }
        world.later(world.random.nextLong(6 * World.DAY), () -> something(rows));
        switch (world.random.nextInt(9)) {
            case 0, 1 -> {
                world.met(Fault.SETTINGS_CHANGED);
                change(rows, script.settings(world.serviceTime()));
            }
            case 2 -> {
                world.met(Fault.CHANNEL_CHANGED);
                change(
                        rows,
                        script.withChannel(
                                rows.settings, Channel.values()[world.random.nextInt(Channel.values().length)]));
            }
            case 3 -> {
                world.met(Fault.PAUSED);
                Instant until = world.random.nextBoolean()
                        ? null
                        : world.serviceTime().plusSeconds(world.random.nextLong(5 * 86_400L));
                change(() -> store.pause(rows, until));
                if (until == null) {
                    world.later(world.random.nextLong(4 * World.DAY), () -> change(() -> store.resume(rows)));
                }
            }
            case 4, 5 -> sentByHand(rows);
            case 6 -> cancelled(rows);
            default -> {
                // Mostly nothing.
            }
        }
    }

    private void change(Rows rows, AccountSettings settings) {
        change(() -> store.change(rows, settings));
    }

    /** Whatever is still being tried when the calm begins comes too late. */
    private void change(Supplier<Work> what) {
        insist(() -> {
            Work work = what.get();
            work.isWanted = world::isFaulty;
            return work;
        });
    }

    private void sentByHand(Rows rows) {
        world.met(Fault.SENT_BY_HAND);
        for (int i = 1 + world.random.nextInt(4); i > 0; i--) {
            // Some so long ago that LinkedIn is about to drop them.
            long days = world.random.nextInt(12) == 0 ? 176 : 0;
            Instant at = world.serviceTime().minusSeconds(days * 86_400L + world.random.nextLong(9 * 86_400L));
            Profile profile = new Profile(script.person());
            report(rows, new Report(ReportType.SENT_BY_HAND, null, profile, null, at, null, null, null, null), null);
        }
    }

    private void cancelled(Rows rows) {
        rows.live.values().stream()
                .filter(one -> one.state == State.QUEUED)
                .map(one -> one.id)
                .min(Long::compare)
                .ifPresent(id -> change(() -> store.cancel(rows, id)));
    }
}
