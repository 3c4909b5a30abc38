package dev.invitepacer.simulation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import dev.invitepacer.invitation.State;
import dev.invitepacer.report.Report;

/**
 * One world: some accounts, three replicas, some weeks, and then some more in which nothing goes wrong. All that happens in
 * it follows from its seed.
 */
final class World {
    static final String LOOK = "look";
    static final String NIGHT = "night";
    static final String LAPSE = "lapse";
    static final String CANCEL = "cancel";

    static final long SECOND = 1_000_000L;
    static final long HOUR = 3_600 * SECOND;
    static final long DAY = 24 * HOUR;
    static final long WEEK = 7 * DAY;

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
    private final Outside outside;
    private final Script script;
    private final Dispatch dispatch;
    private final People people;
    private final List<Rows> accounts = new ArrayList<>();
    final Machines machines = new Machines(this);
    private final List<Work> running = new ArrayList<>();
    private final PriorityQueue<Moment> moments = new PriorityQueue<>();
    private final List<Checker> checkers;
    private final int faultyWeeks;

    /** Microseconds since the start, as they really pass; and what the database's clock is ahead of them. */
    private long now;

    private long clockAhead;
    private int clock;

    private Instant serviceTime;
    private long serviceTimeOf = -1;
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
        this.people = new People(this, this.store, script, outside);
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
            people.begin(rows);
        }
        if (scope.isDisturbed()) {
            later(random.nextLong(WEEK), machines::trouble);
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
        if (machines.outage() == 0) {
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
        next = Math.min(next, machines.next());
        if (machines.outage() > 0) {
            return next;
        }
        for (Rows rows : accounts) {
            for (Instant at : new Instant[] {rows.lookAt(), rows.nightAt(), rows.nextLapse}) {
                next = at == null ? next : Math.min(next, later(real(at), after));
            }
        }
        return Math.min(next, dispatch.next(after));
    }

    /** Never, where it is not after that. */
    static long later(long at, long after) {
        return at > after ? at : Long.MAX_VALUE;
    }

    long real(Instant serviceTime) {
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
                machines.some().forEach(replica -> look(rows, replica));
            }
            if (isCome(rows.nightAt(), time)) {
                for (Replica replica : machines.some()) {
                    run(store.night(rows, replica), () -> isCome(rows.nightAt(), serviceTime()));
                }
            }
            if (isCome(rows.nextLapse, time)) {
                machines.some().forEach(replica -> run(store.lapse(rows, replica), () -> true));
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
                machines.freeze(work.replica);
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
        unit.tasks.keySet().stream().sorted().forEach(id -> people.watch(unit.rows, id));
    }

    /** Somebody has done something that was due. */
    void gotOn() {
        isGettingOn = true;
    }

    /** Which of the clock's jumps was the last one. */
    int clock() {
        return clock;
    }

    /** A caller reports, again and again until it hears an answer. */
    void report(Rows rows, Report report, Long task) {
        people.report(rows, report, task);
    }

    /** Whatever a replica has under way is undone. */
    void undo(Replica replica) {
        for (Work work : running) {
            if (work.replica == replica && !work.isOver) {
                store.undo(work);
            }
        }
    }

    /** The database's clock jumps. */
    void jump(long by, Fault fault) {
        met(fault);
        clockAhead += by;
        clock++;
        store.timeIs(serviceTime());
    }

    /** From here on nothing goes wrong, and the settings let everything end. */
    private void calm() {
        machines.calm();
        accounts.forEach(people::calm);
    }
}
