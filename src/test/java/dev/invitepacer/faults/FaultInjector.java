package dev.invitepacer.faults;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Lets the faults of a plan happen to an installation, each at its time: any number at once, but to one victim one after the
 * other. Afterwards it watches until the victim does its work again.
 */
final class FaultInjector {
    /** The account by which is seen that somebody works: its name is changed. Nothing else happens to it. */
    static final String PROBE = "probe";

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration BETWEEN_PROBES = Duration.ofMillis(100);
    private static final Duration PROBE_PATIENCE = Duration.ofSeconds(3);
    private static final Duration DELAY = Duration.ofMillis(150);
    private static final Duration DATABASE_RECOVERS = Duration.ofSeconds(3);

    /**
     * A fault that happened.
     *
     * @param recovery from its end until the victim worked again; null where that was not within ten minutes
     * @param others how many other faults were going on when it ended
     */
    record Happened(Fault fault, Instant began, Instant ended, Duration recovery, int others) {}

    private final Installation installation;
    private final Transcript transcript;
    private final Queue<Happened> happened = new ConcurrentLinkedQueue<>();
    private final Map<String, Semaphore> victims = new ConcurrentHashMap<>();
    private final AtomicInteger going = new AtomicInteger();
    private final AtomicInteger names = new AtomicInteger();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    FaultInjector(Installation installation, Transcript transcript) {
        this.installation = installation;
        this.transcript = transcript;
    }

    /** Returns when all have happened and everybody has recovered. */
    List<Happened> run(List<Fault> plan) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            Instant begin = Instant.now();
            List<Future<?>> faults = new ArrayList<>();
            for (Fault fault : plan) {
                Duration until = Duration.between(Instant.now(), begin.plus(fault.at()));
                TimeUnit.MILLISECONDS.sleep(Math.max(0, until.toMillis()));
                faults.add(threads.submit(() -> {
                    happen(fault);
                    return null;
                }));
            }
            for (Future<?> fault : faults) {
                fault.get();
            }
        } finally {
            threads.shutdownNow();
        }
        return List.copyOf(happened);
    }

    private void happen(Fault fault) throws Exception {
        Semaphore victim = victims.computeIfAbsent(victim(fault), none -> new Semaphore(1, true));
        victim.acquire();
        Instant began;
        Instant ended;
        try {
            going.incrementAndGet();
            began = Instant.now();
            inflict(fault);
            ended = Instant.now();
        } finally {
            going.decrementAndGet();
            victim.release();
        }
        int others = going.get();
        int heard = transcript.deliveries();
        boolean isTold = isWithin(() -> works(fault, heard));
        happened.add(new Happened(fault, began, ended, isTold ? Duration.between(ended, Instant.now()) : null, others));
    }

    private static String victim(Fault fault) {
        return switch (fault.kind()) {
            case KILL, STAND_STILL -> "process " + fault.replica();
            case DATABASE_RESTART, DATABASE_CRASH, DISK -> "PostgreSQL";
            case DATABASE_WIRE, CLIENT_WIRE -> fault.kind() + " " + fault.replica();
            case RECEIVER_WIRE, RECEIVER -> fault.kind().name();
        };
    }

    private void inflict(Fault fault) throws Exception {
        Replica replica = installation.replica(fault.replica());
        switch (fault.kind()) {
            case KILL -> {
                replica.kill();
                pass(fault.lasts());
                replica.start();
            }
            case STAND_STILL -> {
                replica.standStill();
                pass(fault.lasts());
                replica.goOn();
            }
            case DATABASE_RESTART -> installation.postgres().restart();
            case DATABASE_CRASH -> crash(fault);
            case DATABASE_WIRE -> storm(replica.database(), fault);
            case CLIENT_WIRE -> storm(replica.front(), fault);
            case RECEIVER_WIRE -> storm(installation.receiverWire(), fault);
            case RECEIVER -> {
                installation.receiver().is(mood(fault.variety()));
                pass(fault.lasts());
                installation.receiver().is(Witness.Mood.WELL);
            }
            case DISK -> fillTheDisk(fault);
        }
    }

    private void crash(Fault fault) throws InterruptedException {
        switch (fault.variety()) {
            case "one of its backends killed" -> killABackend();
            case "its postmaster killed" -> installation.postgres().behead();
            default -> installation.postgres().crash();
        }
        pass(fault.lasts());
        // After a backend's death it recovers by itself.
        if (!isWithin(installation::hasDatabase, DATABASE_RECOVERS)) {
            installation.postgres().restart();
        }
    }

    /** All the others end with it, and the server recovers by itself. */
    private void killABackend() {
        try {
            long pid = Long.parseLong(installation
                    .database()
                    .query("select pid from pg_stat_activity where datname = current_database() and pid <>"
                            + " pg_backend_pid() order by random() limit 1"));
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        } catch (SQLException nobodyThere) {
            installation.postgres().crash();
        }
    }

    private void fillTheDisk(Fault fault) throws Exception {
        SmallDisk disk = installation.disk().orElseThrow();
        Instant end = Instant.now().plus(fault.lasts());
        while (Instant.now().isBefore(end)) {
            disk.fill();
            pass(BETWEEN_PROBES);
        }
        disk.free();
        // Where its log of changes found no space, PostgreSQL has stopped itself, and somebody starts it again.
        if (!isWithin(installation::hasDatabase, DATABASE_RECOVERS)) {
            installation.postgres().restart();
        }
    }

    private static void storm(Wire wire, Fault fault) throws InterruptedException {
        switch (fault.variety()) {
            case "resets" -> wire.change(Wire.Weather.RESETS, Duration.ZERO);
            case "delays" -> wire.change(Wire.Weather.DELAYS, DELAY);
            default -> wire.change(Wire.Weather.DROPS, Duration.ZERO);
        }
        pass(fault.lasts());
        if (fault.variety().endsWith("then resets")) {
            wire.cut();
        }
        wire.calm();
    }

    private static Witness.Mood mood(String variety) {
        return switch (variety) {
            case "paused" -> Witness.Mood.PAUSED;
            case "slow" -> Witness.Mood.SLOW;
            case "answers 500" -> Witness.Mood.BROKEN;
            case "hangs up" -> Witness.Mood.HANGS_UP;
            default -> Witness.Mood.BUSY;
        };
    }

    private boolean works(Fault fault, int heard) {
        if (fault.kind() == FaultKind.RECEIVER || fault.kind() == FaultKind.RECEIVER_WIRE) {
            return transcript.deliveries() > heard;
        }
        return fault.kind().hasReplica()
                ? takesChanges(installation.replica(fault.replica()).address())
                : installation.addresses().stream().anyMatch(this::takesChanges);
    }

    private boolean takesChanges(URI address) {
        String body = "{\"name\":\"Probe " + names.incrementAndGet() + "\"}";
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/api/v1/accounts/" + PROBE))
                .timeout(PROBE_PATIENCE)
                .header("Content-Type", "application/merge-patch+json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException nobody) {
            return false;
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean isWithin(BooleanSupplier condition) throws InterruptedException {
        return isWithin(condition, PATIENCE);
    }

    private static boolean isWithin(BooleanSupplier condition, Duration bound) throws InterruptedException {
        Instant end = Instant.now().plus(bound);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                return false;
            }
            pass(BETWEEN_PROBES);
        }
        return true;
    }

    private static void pass(Duration time) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
    }
}
