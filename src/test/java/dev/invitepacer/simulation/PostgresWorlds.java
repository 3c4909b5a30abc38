package dev.invitepacer.simulation;

import io.agroal.api.AgroalDataSource;
import io.quarkus.arc.Arc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Lives worlds on PostgreSQL, one after the other: there is one clock in a database. */
final class PostgresWorlds {
    /** Who tells of connections that broke; here they break on purpose. */
    private static final List<String> LOUD = List.of(
            "com.arjuna",
            "io.agroal",
            "io.agroal.pool",
            "io.quarkus.agroal",
            "org.hibernate",
            "dev.invitepacer",
            "org.jboss.jca");

    private PostgresWorlds() {}

    /** In every second world the trigger that refuses a release too many is off. */
    static Lookout.Guard guard(long seed) {
        return seed % 2 == 0 ? Lookout.Guard.ON : Lookout.Guard.OFF;
    }

    static World live(DataSource database, long seed, World.Scope scope, Canary canary, Diary diary) {
        SteppedDriver.keep();
        try {
            return liveOn(database, seed, scope, canary, diary);
        } finally {
            giveBack();
        }
    }

    /** What a simulation has had its statements on is not for others: the pool soon closes what is idle, and what is in use when it is returned. */
    private static void giveBack() {
        Arc.container().instance(AgroalDataSource.class).get().flush(AgroalDataSource.FlushMode.GRACEFUL);
        SteppedDriver.forget();
    }

    private static World liveOn(DataSource database, long seed, World.Scope scope, Canary canary, Diary diary) {
        List<PostgresStore> store = new ArrayList<>();
        List<Level> before = silence();
        try {
            World world = new World(seed, scope, made -> {
                store.add(new PostgresStore(made, canary, database, guard(seed)));
                return store.get(0);
            });
            world.diary = diary;
            return world.live();
        } finally {
            store.forEach(PostgresStore::close);
            for (int i = 0; i < LOUD.size(); i++) {
                Logger.getLogger(LOUD.get(i)).setLevel(before.get(i));
            }
        }
    }

    private static List<Level> silence() {
        List<Level> before = new ArrayList<>();
        LOUD.forEach(name -> {
            before.add(Logger.getLogger(name).getLevel());
            Logger.getLogger(name).setLevel(Level.OFF);
        });
        return before;
    }

    /** Stops after so many seeds, after so long, or where something is found, whatever comes first. */
    static Simulation.Outcome run(DataSource database, long first, long seeds, Duration longest, Canary canary) {
        SteppedDriver.keep();
        try {
            return runOn(database, first, seeds, longest, canary);
        } finally {
            giveBack();
        }
    }

    private static Simulation.Outcome runOn(
            DataSource database, long first, long seeds, Duration longest, Canary canary) {
        Tally tally = new Tally();
        List<String> findings = new ArrayList<>();
        long began = System.nanoTime();
        for (long seed = first;
                seed < first + seeds && System.nanoTime() - began < longest.toNanos() && findings.isEmpty();
                seed++) {
            World world = liveOn(database, seed, World.Scope.USUAL, canary, null);
            tally.add(world.tally);
            findings.addAll(world.findings);
            System.out.printf(
                    Locale.ROOT,
                    "seed %d, %,d account-weeks, %,d commits, %,d steps, %d s so far%n",
                    seed,
                    tally.accountWeeks,
                    tally.commits,
                    tally.steps,
                    Duration.ofNanos(System.nanoTime() - began).toSeconds());
        }
        return new Simulation.Outcome(tally, findings);
    }
}
