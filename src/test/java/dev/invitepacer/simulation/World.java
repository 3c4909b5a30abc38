package dev.invitepacer.simulation;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.account.Channel;
import dev.invitepacer.account.PaceRow;
import dev.invitepacer.delivery.Stage;
import dev.invitepacer.delivery.Task;
import dev.invitepacer.invitation.Profile;
import dev.invitepacer.invitation.State;
import dev.invitepacer.report.Report;
import dev.invitepacer.report.ReportType;

/**
 * One world: some accounts, three replicas, some weeks, and then some more in which nothing goes wrong. All that happens in
 * it follows from its seed.
 */
final class World {
    static final String LOOK = "look";
    static final String NIGHT = "night";
    static final String LAPSE = "lapse";
    static final String CANCEL = "cancel";

    private static final long SECOND = 1_000_000L;
    private static final long HOUR = 3_600 * SECOND;
    private static final long DAY = 24 * HOUR;
    private static final long WEEK = 7 * DAY;

    private record Moment(long at, long order, Runnable what) implements Comparable<Moment> {
        @Override
        public int compareTo(Moment other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    final long seed;
    final SplittableRandom random;
    final Tally tally = new Tally();
    final List<String> findings = new ArrayList<>();

    private final Instant start;
    private final long startMicros;
    private final Memory memory;
    private final Service service;
    private final Canary canary;
    private final Script script;
    private final Outside outside;
    private final Dispatch dispatch;
    private final List<Rows> accounts = new ArrayList<>();
    final List<Replica> replicas = List.of(new Replica("a"), new Replica("b"), new Replica("c"));
    private final List<Work> running = new ArrayList<>();
    private final PriorityQueue<Moment> moments = new PriorityQueue<>();
    private final Set<Long> watched = new HashSet<>();
    private final List<Checker> checkers;
    private final int faultyWeeks;

    /** Microseconds since the start, as they really pass; and what the database's clock is ahead of them. */
    private long now;

    private long clockAhead;
    private int clock;

    private Instant serviceTime;
    private long serviceTimeOf = -1;
    private long outageUntil;
    private long order;

    World(long seed, Canary canary) {
        this.seed = seed;
        this.canary = canary;
        this.random = new SplittableRandom(seed);
        this.script = new Script(random);
        this.start = script.start();
        this.startMicros = micros(start);
        this.memory = new Memory(this::serviceTime, random::nextDouble);
        this.service = new Service(memory, canary);
        this.outside = new Outside(this, random);
        this.dispatch = new Dispatch(this, memory, outside, canary);
        this.faultyWeeks = 4 + random.nextInt(5);
        this.checkers = List.of(
                new CapChecker(),
                new EvennessChecker(),
                new TransitionChecker(),
                new LossChecker(),
                new DoublingChecker(),
                new ExplanationChecker(tally),
                new EndChecker());
    }

    Instant serviceTime() {
        if (serviceTimeOf != now + clockAhead) {
            serviceTimeOf = now + clockAhead;
            serviceTime = start.plus(serviceTimeOf, ChronoUnit.MICROS);
        }
        return serviceTime;
    }

    long now() {
        return now;
    }

    boolean isFaulty() {
        return now < faultyWeeks * WEEK;
    }

    void met(Fault fault) {
        tally.met(fault);
    }

    void found(String finding) {
        if (findings.size() < 20) {
            findings.add("seed " + seed + ", " + serviceTime() + ": " + finding);
        }
    }

    void later(long after, Runnable what) {
        moments.add(new Moment(now + Math.max(1, after), order++, what));
    }

    List<Rows> accounts() {
        return accounts;
    }

    /** Lives it to its end. */
    World live() {
        int count = 2 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            Rows rows = new Rows("account-" + i, script.settings(start), start);
            accounts.add(rows);
            later(random.nextLong(HOUR), () -> drafts(rows));
            later(random.nextLong(3 * DAY), () -> something(rows));
        }
        later(random.nextLong(WEEK), this::trouble);
        moments.add(new Moment(faultyWeeks * WEEK, order++, this::calm));
        long end = (faultyWeeks + 3) * WEEK;
        while (now < end && findings.isEmpty()) {
            moment();
            if (!isFaulty() && isAllDone()) {
                break;
            }
            end = isFaulty() ? end : lastEnd();
        }
        if (findings.isEmpty()) {
            checkers.forEach(checker -> checker.ended(accounts, outside, this::found));
        }
        tally.seeds = 1;
        tally.accountWeeks = count * ((now + WEEK - 1) / WEEK);
        tally.sent = outside.sent().values().stream().mapToInt(times -> times).sum();
        accounts.forEach(this::clocksChange);
        return this;
    }

    private void clocksChange(Rows rows) {
        ZoneOffsetTransition change = rows.settings.timeZone().getRules().nextTransition(start);
        if (change != null && change.getInstant().isBefore(serviceTime())) {
            met(Fault.CLOCKS_CHANGE);
        }
    }

    /** The queue drains at what the cap lets through; whoever is put off or limited waits besides, for three weeks at most. */
    private long lastEnd() {
        return faultyWeeks * WEEK + 30 * WEEK;
    }

    private boolean isAllDone() {
        return running.isEmpty()
                && accounts.stream()
                        .allMatch(rows -> rows.open.isEmpty()
                                && rows.live.values().stream()
                                        .noneMatch(one -> one.state == State.QUEUED || one.state == State.RELEASED));
    }

    private void moment() {
        long next = Long.MAX_VALUE;
        if (!moments.isEmpty()) {
            next = moments.peek().at();
        }
        for (Replica replica : replicas) {
            if (replica.frozenUntil > now) {
                next = Math.min(next, replica.frozenUntil);
            }
        }
        if (now >= outageUntil) {
            for (Rows rows : accounts) {
                next = Math.min(next, nextOf(rows));
            }
            next = Math.min(next, dispatch.next());
        } else {
            next = Math.min(next, outageUntil);
        }
        // Whatever is due is looked for once a polling period.
        now = Math.max(now + random.nextLong(SECOND), next);
        while (!moments.isEmpty() && moments.peek().at() <= now) {
            moments.poll().what().run();
        }
        if (now >= outageUntil) {
            begin();
            dispatch.round();
        }
        settle();
        if (running.isEmpty() && random.nextInt(8) == 0) {
            Rows rows = accounts.get(random.nextInt(accounts.size()));
            Instant time = serviceTime();
            checkers.forEach(checker -> checker.quiet(rows, time, rows.lookedUnderClock == clock, this::found));
        }
    }

    private long real(Instant serviceTime) {
        return micros(serviceTime) - startMicros - clockAhead;
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * SECOND + instant.getNano() / 1_000;
    }

    private long nextOf(Rows rows) {
        Instant due = PaceRow.dueAt(rows.pace);
        long next = Math.min(
                real(PaceRow.nightlyAt(rows.pace)), rows.nextLapse == null ? Long.MAX_VALUE : real(rows.nextLapse));
        return due == null
                ? next
                : Math.min(next, real(rows.retryAt != null && rows.retryAt.isAfter(due) ? rows.retryAt : due));
    }

    /** The loops of the replicas that are up, each of which may find the same account. */
    private void begin() {
        Instant time = serviceTime();
        for (Rows rows : accounts) {
            if (service.isDue(rows, time)) {
                for (Replica replica : some()) {
                    look(rows, replica);
                }
            }
            if (!PaceRow.nightlyAt(rows.pace).isAfter(time)) {
                for (Replica replica : some()) {
                    Work work = new Work(NIGHT, rows, replica, true, unit -> service.night(unit, serviceTime()));
                    work.isWanted = () -> !PaceRow.nightlyAt(rows.pace).isAfter(serviceTime());
                    running.add(work);
                }
            }
            if (rows.nextLapse != null && !rows.nextLapse.isAfter(time)) {
                for (Replica replica : some()) {
                    running.add(new Work(LAPSE, rows, replica, true, unit -> service.lapse(unit, serviceTime())));
                }
            }
        }
    }

    private void look(Rows rows, Replica replica) {
        Work work = new Work(LOOK, rows, replica, true, unit -> service.look(unit, serviceTime()));
        work.isWanted = () -> service.isDue(rows, serviceTime());
        work.failed = () -> {
            // As the loop does it: an account that fails is put off.
            if (rows.holder == null) {
                rows.retryAt = serviceTime().plusSeconds(60);
            }
        };
        running.add(work);
    }

    /** One of the replicas that go, or two or three at once. */
    List<Replica> some() {
        List<Replica> up = new ArrayList<>(3);
        for (Replica replica : replicas) {
            if (replica.goes(now)) {
                up.add(replica);
            }
        }
        int count = random.nextInt(4) == 0 ? up.size() : Math.min(1, up.size());
        while (up.size() > count) {
            up.remove(random.nextInt(up.size()));
        }
        return up;
    }

    void run(Work work) {
        running.add(work);
    }

    /** Lets what is under way go on, a step at a time and in any order, until all is over or stands still. */
    private void settle() {
        boolean isMoving = true;
        while (isMoving && !running.isEmpty()) {
            isMoving = false;
            int offset = random.nextInt(running.size());
            for (int i = 0; i < running.size(); i++) {
                Work work = running.get((offset + i) % running.size());
                if (!work.isOver() && canStep(work)) {
                    now += random.nextLong(3_000);
                    step(work);
                    isMoving = true;
                    break;
                }
            }
            running.removeIf(Work::isOver);
        }
    }

    private boolean canStep(Work work) {
        if (work.replica != null && !work.replica.goes(now)) {
            return false;
        }
        return work.phase != Work.Phase.TO_LOCK || work.isSkipping || work.rows.holder == null;
    }

    private void step(Work work) {
        boolean isFaulty = isFaulty();
        if (isFaulty && work.replica != null && random.nextInt(2_000) == 0) {
            freeze(work.replica);
            return;
        }
        switch (work.phase) {
            case TO_LOCK -> lock(work, isFaulty);
            case TO_WORK -> work(work);
            case TO_COMMIT -> commit(work, isFaulty);
            default -> throw new IllegalStateException("it is over");
        }
    }

    private void lock(Work work, boolean isFaulty) {
        if (isFaulty && random.nextInt(500) == 0) {
            met(Fault.POOL_EXHAUSTED);
            work.phase = Work.Phase.OVER;
            work.failed.run();
            return;
        }
        boolean isHeld = work.rows.holder != null && canary != Canary.LOCK_FORGOTTEN;
        if (isHeld || !work.isWanted.getAsBoolean()) {
            work.phase = Work.Phase.OVER;
            return;
        }
        work.unit = new Unit(work.name, work.rows);
        work.rows.holder = work.unit;
        work.phase = Work.Phase.TO_WORK;
    }

    private void work(Work work) {
        memory.current = work.unit;
        try {
            work.body.accept(work.unit);
            work.phase = Work.Phase.TO_COMMIT;
        } catch (HttpProblem refused) {
            // The caller hears that it cannot be, and says it no more.
            work.undo();
            work.done.run();
        } catch (Service.NotThere undone) {
            work.undo();
            work.failed.run();
        } catch (RuntimeException thrown) {
            work.undo();
            java.io.StringWriter trace = new java.io.StringWriter();
            thrown.printStackTrace(new java.io.PrintWriter(trace));
            found(work.name + " throws " + trace);
        } finally {
            memory.current = null;
        }
    }

    private void commit(Work work, boolean isFaulty) {
        int what = isFaulty ? random.nextInt(1_000) : 999;
        if (what == 0 && work.replica != null) {
            met(Fault.CRASHED_BEFORE_COMMIT);
            die(work.replica);
            return;
        }
        if (what == 1) {
            met(Fault.COMMIT_UNKNOWN_AND_UNDONE);
            work.undo();
            work.failed.run();
            return;
        }
        work.unit.commit(clock);
        work.phase = Work.Phase.OVER;
        work.committed.run();
        tally.commits++;
        for (Booking row : work.unit.booked) {
            tally.releases += row.isRelease ? 1 : 0;
        }
        Instant time = serviceTime();
        for (Checker checker : checkers) {
            checker.committed(work.unit, time, this::found);
        }
        for (long id : work.unit.tasks.keySet()) {
            watch(work.rows, id);
        }
        if (what == 2 && work.replica != null) {
            met(Fault.CRASHED_AFTER_COMMIT);
            die(work.replica);
        } else if (what == 3) {
            met(Fault.COMMIT_UNKNOWN_AND_DONE);
            work.failed.run();
        } else {
            work.done.run();
        }
    }

    /** Somebody sees to every task that no channel does by itself. */
    private void watch(Rows rows, long id) {
        Task task = rows.open.get(id);
        if (task == null) {
            return;
        }
        if (task.lane == null && watched.add(id)) {
            later(readyIn(task) + delay(), () -> {
                watched.remove(id);
                if (rows.open.containsKey(id) && rows.open.get(id).lane == null) {
                    outside.byHand(rows, id, false);
                }
                watch(rows, id);
            });
        } else if (task.lane != null && watched.add(-id)) {
            // Whatever hangs is looked at after some days: what did happen is reported, and what did not is done.
            later(readyIn(task) + 4 * DAY, () -> {
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
        return Math.max(0, real(task.readyAt()) - now);
    }

    private long delay() {
        return random.nextInt(10) == 0 ? random.nextLong(4 * DAY) : random.nextLong(8 * HOUR);
    }

    private void die(Replica replica) {
        if (!replica.held.isEmpty()) {
            met(Fault.CRASHED_DURING_CALL);
        }
        for (Work work : running) {
            if (work.replica == replica) {
                work.undo();
            }
        }
        replica.die(now + SECOND + random.nextLong(600 * SECOND));
    }

    private void freeze(Replica replica) {
        met(Fault.FROZEN);
        replica.frozenUntil = now + random.nextLong(HOUR);
    }

    /** A caller reports, again and again until it hears an answer. */
    void report(Rows rows, Report report, Long task) {
        Work work = new Work("report", rows, null, false, unit -> {
            if (task == null) {
                memory.reports.apply(rows.account, report, "caller");
            } else {
                memory.reports.applyToTask(task, report, "caller");
            }
        });
        if (report.type() == ReportType.SENT && task != null) {
            work.committed = () -> outside.told(rows.task(task).invitation);
        }
        insist(work, () -> report(rows, report, task));
    }

    private void insist(Work work, Runnable again) {
        if (now < outageUntil) {
            later(outageUntil - now + random.nextLong(HOUR), again);
            return;
        }
        work.failed = () -> later(SECOND + random.nextLong(60 * SECOND), again);
        running.add(work);
    }

    private void drafts(Rows rows) {
        if (!isFaulty()) {
            return;
        }
        enqueue(rows, script.drafts(rows.settings, serviceTime()));
        later(random.nextLong(9 * DAY), () -> drafts(rows));
    }

    private void enqueue(Rows rows, List<Service.Draft> drafts) {
        Work work = new Work("enqueue", rows, null, false, unit -> service.enqueue(unit, drafts, serviceTime()));
        insist(work, () -> enqueue(rows, drafts));
    }

    /** What people do to an account, every few days. */
    private void something(Rows rows) {
        if (!isFaulty()) {
            return;
        }
        later(random.nextLong(6 * DAY), () -> something(rows));
        switch (random.nextInt(9)) {
            case 0, 1 -> {
                met(Fault.SETTINGS_CHANGED);
                change(rows, script.settings(serviceTime()));
            }
            case 2 -> {
                met(Fault.CHANNEL_CHANGED);
                change(
                        rows,
                        script.withChannel(rows.settings, Channel.values()[random.nextInt(Channel.values().length)]));
            }
            case 3 -> {
                met(Fault.PAUSED);
                Instant until = random.nextBoolean() ? null : serviceTime().plusSeconds(random.nextLong(5 * 86_400L));
                change("pause", rows, unit -> service.pause(unit, serviceTime(), until));
                if (until == null) {
                    later(
                            random.nextLong(4 * DAY),
                            () -> change("resume", rows, unit -> service.resume(unit, serviceTime())));
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
        change("change", rows, unit -> service.change(unit, settings, serviceTime()));
    }

    private void change(String what, Rows rows, Consumer<Unit> body) {
        // Whatever is still being tried when the calm begins comes too late.
        Consumer<Unit> timely = unit -> {
            if (isFaulty()) {
                body.accept(unit);
            }
        };
        insist(new Work(what, rows, null, false, timely), () -> change(what, rows, body));
    }

    private void sentByHand(Rows rows) {
        met(Fault.SENT_BY_HAND);
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            Instant at = serviceTime().minusSeconds(random.nextLong(9 * 86_400L));
            Profile profile = new Profile(script.person());
            report(rows, new Report(ReportType.SENT_BY_HAND, null, profile, null, at, null, null, null, null), null);
        }
    }

    private void cancelled(Rows rows) {
        rows.live.values().stream()
                .filter(one -> one.state == State.QUEUED)
                .findFirst()
                .ifPresent(one -> change(CANCEL, rows, unit -> service.cancel(unit, one.id, serviceTime())));
    }

    /** What happens to the machines, every few days. */
    private void trouble() {
        if (!isFaulty()) {
            return;
        }
        later(random.nextLong(5 * DAY), this::trouble);
        switch (random.nextInt(12)) {
            case 0, 1 -> jump(random.nextLong(6 * HOUR), Fault.CLOCK_FORWARD);
            case 2, 3 -> jump(-random.nextLong(3 * HOUR), Fault.CLOCK_BACK);
            case 4 -> {
                met(Fault.OUTAGE);
                outageUntil = now + 2 * WEEK;
                replicas.forEach(this::die);
                replicas.forEach(replica -> replica.downUntil = outageUntil);
            }
            case 5, 6 -> die(replicas.get(random.nextInt(replicas.size())));
            case 7 -> freeze(replicas.get(random.nextInt(replicas.size())));
            default -> {
                // Mostly nothing.
            }
        }
    }

    private void jump(long by, Fault fault) {
        met(fault);
        clockAhead += by;
        clock++;
    }

    /** From here on nothing goes wrong, and the settings let everything end. */
    private void calm() {
        for (Iterator<Replica> all = replicas.iterator(); all.hasNext(); ) {
            Replica replica = all.next();
            replica.frozenUntil = 0;
            replica.downUntil = Math.min(replica.downUntil, now);
        }
        outageUntil = Math.min(outageUntil, now);
        for (Rows rows : accounts) {
            run(new Work("calm", rows, null, false, unit -> {
                service.resume(unit, serviceTime());
                service.change(unit, script.lenient(unit.settings), serviceTime());
            }));
        }
    }

    Duration lease() {
        return Duration.ofSeconds(60);
    }
}
