package dev.invitepacer.simulation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.account.Channel;
import dev.invitepacer.delivery.OpenDelivery.Call;
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

    /** What is due and stays so is looked for again after two minutes at the latest, and whenever something else is. */
    private static final int MOST_VAIN = 7;

    private record Moment(long at, long order, Runnable what) implements Comparable<Moment> {
        @Override
        public int compareTo(Moment other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    /**
     * How large a world is, and whether machines fail in it: where they do not, all goes one after the other.
     *
     * @param weeks how many at least; it may be a few more
     */
    record Scope(int fewestAccounts, int mostAccounts, int weeks, boolean isDisturbed) {
        static final Scope USUAL = new Scope(2, 5, 4, true);
    }

    final long seed;
    final SplittableRandom random;
    final Tally tally = new Tally();
    final List<String> findings = new ArrayList<>();
    final Scope scope;
    /** Null where nobody wants to read it. */
    Diary diary;

    private final Instant start;
    private final long startMicros;
    private final Store store;
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

    /** How many moments in a row something was due and nobody got on with anything, as where a replica stands still with its locks. */
    private int vain;

    private boolean isGettingOn;

    World(long seed, Canary canary) {
        this(seed, Scope.USUAL, world -> new MemoryStore(world, canary));
    }

    World(long seed, Scope scope, Function<World, Store> store) {
        this.seed = seed;
        this.scope = scope;
        this.random = new SplittableRandom(seed);
        this.script = new Script(random);
        this.start = script.start();
        this.startMicros = micros(start);
        this.outside = new Outside(this, random);
        this.store = store.apply(this);
        this.dispatch = new Dispatch(this, this.store, outside);
        this.faultyWeeks = scope.weeks() + random.nextInt(scope.weeks() + 1);
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

    Rows rows(String account) {
        return accounts.stream()
                .filter(rows -> rows.account.equals(account))
                .findFirst()
                .orElseThrow();
    }

    /** Lives it to its end. */
    World live() {
        store.timeIs(serviceTime());
        int count = scope.fewestAccounts() + random.nextInt(scope.mostAccounts() - scope.fewestAccounts() + 1);
        for (int i = 0; i < count; i++) {
            Rows rows = store.add("account-" + i, script.settings(start));
            accounts.add(rows);
            later(random.nextLong(HOUR), () -> drafts(rows));
            later(random.nextLong(3 * DAY), () -> something(rows));
        }
        if (scope.isDisturbed()) {
            later(random.nextLong(WEEK), this::trouble);
        }
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
        long due = next(Long.MIN_VALUE);
        // Whatever is due is looked for once a polling period; what nobody gets on with, less and less often.
        long tick = random.nextLong(SECOND);
        boolean isStuck = due <= now
                && !isGettingOn
                && (moments.isEmpty() || moments.peek().at() > now);
        vain = isStuck ? Math.min(vain + 1, MOST_VAIN) : 0;
        isGettingOn = false;
        now = vain == 0 ? Math.max(now + tick, due) : now + Math.max(tick, Math.min(tick << vain, next(now) - now));
        store.timeIs(serviceTime());
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

    /** When there is something to do next, after an instant. */
    private long next(long after) {
        long next = moments.isEmpty() ? Long.MAX_VALUE : later(moments.peek().at(), after);
        for (Replica replica : replicas) {
            next = Math.min(next, later(replica.frozenUntil, now));
            next = Math.min(next, later(replica.downUntil, now));
        }
        if (now < outageUntil) {
            return Math.min(next, outageUntil);
        }
        for (Rows rows : accounts) {
            for (Instant at : new Instant[] {rows.lookAt(), rows.nightAt(), rows.nextLapse}) {
                next = at == null ? next : Math.min(next, later(real(at), after));
            }
        }
        return Math.min(next, dispatch.next(after));
    }

    /** Never, where it is not after that. */
    private static long later(long at, long after) {
        return at > after ? at : Long.MAX_VALUE;
    }

    private long real(Instant serviceTime) {
        return micros(serviceTime) - startMicros - clockAhead;
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * SECOND + instant.getNano() / 1_000;
    }

    /** The loops of the replicas that are up, each of which may find the same account. */
    private void begin() {
        Instant time = serviceTime();
        for (Rows rows : accounts) {
            if (isCome(rows.lookAt(), time)) {
                some().forEach(replica -> look(rows, replica));
            }
            if (isCome(rows.nightAt(), time)) {
                for (Replica replica : some()) {
                    run(store.night(rows, replica), () -> isCome(rows.nightAt(), serviceTime()));
                }
            }
            if (isCome(rows.nextLapse, time)) {
                some().forEach(replica -> run(store.lapse(rows, replica), () -> true));
            }
        }
    }

    private static boolean isCome(Instant at, Instant now) {
        return at != null && !at.isAfter(now);
    }

    private void look(Rows rows, Replica replica) {
        run(store.look(rows, replica), () -> isCome(rows.lookAt(), serviceTime()));
    }

    private void run(Work work, BooleanSupplier isWanted) {
        if (work != null) {
            work.isWanted = isWanted;
            running.add(work);
        }
    }

    /** One of the replicas that go, or two or three at once. */
    List<Replica> some() {
        if (!scope.isDisturbed()) {
            return replicas.subList(0, 1);
        }
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

    /** @param work null for none */
    void run(Work work) {
        if (work != null) {
            running.add(work);
        }
    }

    /** Lets what is under way go on, a step at a time and in any order, until all is over or stands still. */
    private void settle() {
        boolean isMoving = true;
        while (isMoving && !running.isEmpty()) {
            isMoving = false;
            int offset = scope.isDisturbed() ? random.nextInt(running.size()) : 0;
            for (int i = 0; i < running.size(); i++) {
                Work work = running.get((offset + i) % running.size());
                if (!work.isOver && (work.replica == null || work.replica.goes(now)) && store.canStep(work)) {
                    step(work);
                    isMoving = true;
                    break;
                }
            }
            running.removeIf(work -> work.isOver);
        }
    }

    private void step(Work work) {
        if (scope.isDisturbed()) {
            now += random.nextLong(3_000);
            if (isFaulty() && work.replica != null && random.nextInt(2_000) == 0) {
                freeze(work.replica);
                return;
            }
        }
        store.step(work);
    }

    /** Whether one in so many is to happen, where anything goes wrong now. */
    boolean isToFail(int oneIn) {
        return scope.isDisturbed() && isFaulty() && random.nextInt(oneIn) == 0;
    }

    /** The store has committed this. */
    void committed(Unit unit) {
        tally.commits++;
        gotOn();
        for (Booking row : unit.booked) {
            tally.releases += row.isRelease ? 1 : 0;
        }
        Instant time = serviceTime();
        if (diary != null) {
            diary.write(unit, time);
        }
        for (Checker checker : checkers) {
            checker.committed(unit, time, this::found);
        }
        unit.tasks.keySet().stream().sorted().forEach(id -> watch(unit.rows, id));
    }

    /** Somebody has done something that was due. */
    void gotOn() {
        isGettingOn = true;
    }

    /** Which of the clock's jumps was the last one. */
    int clock() {
        return clock;
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

    void die(Replica replica) {
        if (!replica.held.isEmpty()) {
            met(Fault.CRASHED_DURING_CALL);
        }
        for (Work work : running) {
            if (work.replica == replica && !work.isOver) {
                store.undo(work);
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
        insist(() -> {
            Work work = store.report(rows, report, task);
            if (report.type() == ReportType.SENT && task != null) {
                work.committed = () -> outside.told(rows.task(task).invitation);
            }
            return work;
        });
    }

    private void insist(Supplier<Work> what) {
        if (now < outageUntil) {
            later(outageUntil - now + random.nextLong(HOUR), () -> insist(what));
            return;
        }
        Work work = what.get();
        work.failed = () -> later(SECOND + random.nextLong(60 * SECOND), () -> insist(what));
        running.add(work);
    }

    private void drafts(Rows rows) {
        if (!isFaulty()) {
            return;
        }
        List<Service.Draft> drafts = script.drafts(rows.settings, serviceTime());
        insist(() -> store.enqueue(rows, drafts));
        later(random.nextLong(9 * DAY), () -> drafts(rows));
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
                change(() -> store.pause(rows, until));
                if (until == null) {
                    later(random.nextLong(4 * DAY), () -> change(() -> store.resume(rows)));
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
            work.isWanted = this::isFaulty;
            return work;
        });
    }

    private void sentByHand(Rows rows) {
        met(Fault.SENT_BY_HAND);
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            // Some so long ago that LinkedIn is about to drop them.
            long days = random.nextInt(12) == 0 ? 176 : 0;
            Instant at = serviceTime().minusSeconds(days * 86_400L + random.nextLong(9 * 86_400L));
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
        store.timeIs(serviceTime());
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
            insist(() -> store.calm(rows, script::lenient));
        }
    }

    /** The run, where a replica that goes is at it. */
    Optional<Call> held(UUID run) {
        return replicas.stream()
                .filter(replica -> replica.goes(now) && replica.held.containsKey(run))
                .map(replica -> replica.held.get(run))
                .findFirst();
    }
}
