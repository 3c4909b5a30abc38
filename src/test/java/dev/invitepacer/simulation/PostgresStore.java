package dev.invitepacer.simulation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.arc.Arc;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

import dev.invitepacer.account.AccountChanges;
import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.account.Accounts;
import dev.invitepacer.delivery.OpenDelivery.Call;
import dev.invitepacer.delivery.Outcome;
import dev.invitepacer.delivery.RealDelivery;
import dev.invitepacer.delivery.Task;
import dev.invitepacer.delivery.TasksOfMemory;
import dev.invitepacer.invitation.RealQueue;
import dev.invitepacer.release.RealLapses;
import dev.invitepacer.release.ReleaseBatch;
import dev.invitepacer.release.ReleaseLoop;
import dev.invitepacer.report.Report;
import dev.invitepacer.report.Reports;
import dev.invitepacer.withdrawal.NightlyRun;

/** The service itself on its PostgreSQL: its beans, its statements, its triggers. {@link Stepping} says who goes when. */
final class PostgresStore implements Store {
    private static final String ACTOR = "caller";
    static final String ENQUEUE = "enqueue";

    private final World world;
    private final Canary canary;
    private final Lookout lookout;
    private final Mirror mirror;
    private final Stepping stepping;
    private final Map<Replica, Map<String, Work>> rounds = new HashMap<>();

    private final ReleaseLoop releases = bean(ReleaseLoop.class);
    private final ReleaseBatch batch = bean(ReleaseBatch.class);
    private final NightlyRun nights = bean(NightlyRun.class);
    private final Reports reports = bean(Reports.class);
    private final AccountChanges changes = bean(AccountChanges.class);
    private final ObjectMapper json = bean(ObjectMapper.class);
    private final RealDelivery delivery;

    private static <T> T bean(Class<T> type) {
        return Arc.container().instance(type).get();
    }

    PostgresStore(World world, Canary canary, DataSource database, Lookout.Guard guard) {
        this.world = world;
        this.canary = canary;
        this.delivery = new RealDelivery(world.random::nextDouble);
        try {
            this.lookout = new Lookout(database, guard);
            this.mirror = new Mirror(world, database.getConnection(), bean(Accounts.class));
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        this.stepping = new Stepping(world, canary, mirror, lookout);
    }

    private interface Body {
        void run() throws Exception;
    }

    private static Stepped work(String name, Rows rows, Replica replica, Body body) {
        return new Stepped(name, rows, replica, () -> {
            body.run();
            return null;
        });
    }

    @Override
    public Rows add(String account, AccountSettings settings) {
        Rows rows = new Rows(account, settings, world.serviceTime());
        mirror.add(rows);
        changes.put(account, body(settings), true, ACTOR);
        lookout.addCampaigns(account);
        mirror.changes("add");
        rows.version = 0;
        return rows;
    }

    private ObjectNode body(AccountSettings settings) {
        return json.valueToTree(settings.toJson());
    }

    @Override
    public void timeIs(Instant now) {
        stepping.timeIs(now);
    }

    @Override
    public boolean canStep(Work work) {
        return stepping.canStep((Stepped) work);
    }

    @Override
    public void step(Work work) {
        stepping.step((Stepped) work);
    }

    @Override
    public void undo(Work work) {
        stepping.undo((Stepped) work);
    }

    /** A loop goes round once at a time in each process, and takes whatever is due. */
    private Work round(Replica replica, Stepped work) {
        Work last = rounds.computeIfAbsent(replica, none -> new HashMap<>()).get(work.name);
        if (world.scope.isDisturbed() && last != null && !last.isOver) {
            return null;
        }
        rounds.get(replica).put(work.name, work);
        return work;
    }

    @Override
    public Work look(Rows rows, Replica replica) {
        return world.scope.isDisturbed()
                ? round(replica, new Stepped(World.LOOK, null, replica, releases::round))
                : new Stepped(World.LOOK, rows, replica, () -> batch.release(rows.account));
    }

    @Override
    public Work night(Rows rows, Replica replica) {
        return round(replica, new Stepped(World.NIGHT, null, replica, nights::round));
    }

    @Override
    public Work lapse(Rows rows, Replica replica) {
        return round(replica, work(World.LAPSE, null, replica, RealLapses::sweep));
    }

    @Override
    public Work enqueue(Rows rows, List<Service.Draft> drafts) {
        List<ObjectNode> bodies = drafts.stream().map(PostgresStore::body).toList();
        return work(ENQUEUE, rows, null, () -> {
            if (bodies.size() == 1) {
                RealQueue.enqueue(rows.account, bodies.get(0));
            } else {
                RealQueue.take(rows.account, bodies);
            }
        });
    }

    private static ObjectNode body(Service.Draft draft) {
        ObjectNode body = RealQueue.object()
                .put("profile", draft.profile())
                .put("campaign", draft.campaign())
                .put("priority", draft.priority())
                .put("memberUrn", "urn:li:person:" + draft.profile().replace('-', '0'));
        if (draft.notBefore() != null) {
            body.put("notBefore", draft.notBefore().toString());
        }
        if (draft.lapsesAt() != null) {
            body.put("lapsesAt", draft.lapsesAt().toString());
        }
        return body;
    }

    @Override
    public Work report(Rows rows, Report report, Long task) {
        return work("report", rows, null, () -> {
            if (task == null) {
                reports.apply(rows.account, List.of(report), ACTOR);
            } else {
                reports.applyToTask(Long.toString(task), report, ACTOR);
            }
        });
    }

    @Override
    public Work change(Rows rows, AccountSettings settings) {
        return work("change", rows, null, () -> changes.put(rows.account, body(settings), true, ACTOR));
    }

    @Override
    public Work pause(Rows rows, Instant until) {
        return work("pause", rows, null, () -> changes.pause(rows.account, "simulated", until, ACTOR));
    }

    @Override
    public Work resume(Rows rows) {
        return work("resume", rows, null, () -> changes.resume(rows.account, false, ACTOR));
    }

    @Override
    public Work cancel(Rows rows, long invitation) {
        return work(World.CANCEL, rows, null, () -> RealQueue.cancel(rows.account, invitation));
    }

    @Override
    public Work calm(Rows rows, UnaryOperator<AccountSettings> settings) {
        return work("calm", rows, null, () -> {
            changes.resume(rows.account, false, ACTOR);
            changes.put(rows.account, body(settings.apply(rows.settings)), true, ACTOR);
        });
    }

    /** The leases end by the simulated time: those that are lost are let run out in the database first. */
    @Override
    public Work sweep(Replica replica) {
        List<Task> over = new ArrayList<>();
        List<Call> kept = new ArrayList<>();
        List<UUID> lost = new ArrayList<>();
        for (Rows rows : world.accounts()) {
            for (Task task : rows.open.values()) {
                if (TasksOfMemory.isRunning(task)
                        && !TasksOfMemory.runUntil(task).isAfter(world.serviceTime())) {
                    UUID run = TasksOfMemory.run(task);
                    world.machines.held(run).ifPresentOrElse(call -> kept.add(call), () -> lost.add(run));
                    over.add(task);
                }
            }
        }
        if (!lost.isEmpty()) {
            lookout.runOut(lost);
            mirror.changes("lease");
        }
        Work work = work("sweep", null, replica, () -> {
            delivery.renew(kept);
            delivery.sweep(canary == Canary.CALL_REPEATED);
        });
        work.done = () -> over.stream()
                .filter(task -> kept.stream().anyMatch(call -> call.token().equals(TasksOfMemory.run(task))))
                .forEach(task -> {
                    TasksOfMemory.renew(task, world.serviceTime().plus(MemoryStore.LEASE));
                    world.rows(task.account).refreshTasks();
                });
        return round(replica, (Stepped) work);
    }

    @Override
    public Work claim(Replica replica, Consumer<Claimed> claimed) {
        Stepped work = new Stepped("claim", null, replica, () -> delivery.claim(replica.lanes));
        work.result = found -> {
            RealDelivery.Claimed one = (RealDelivery.Claimed) found;
            claimed.accept(new Claimed(one.wereDue(), one.calls()));
        };
        return round(replica, work);
    }

    @Override
    public Work begin(Rows rows, Replica replica, Call call, Consumer<Boolean> begun) {
        Stepped work = new Stepped("begin", rows, replica, () -> delivery.begin(call));
        work.result = isOurs -> begun.accept((Boolean) isOurs);
        return work;
    }

    @Override
    @SuppressWarnings("unchecked")
    public Work complete(
            Rows rows,
            Replica replica,
            Call call,
            Outcome outcome,
            boolean isRepeatable,
            Consumer<Optional<Instant>> ended) {
        Stepped work = new Stepped(
                "completion",
                rows,
                replica,
                () -> delivery.complete(call, outcome, isRepeatable, Duration.ofMillis(1)));
        work.result = at -> ended.accept((Optional<Instant>) at);
        return work;
    }

    @Override
    public void close() {
        stepping.close();
        try (lookout) {
            mirror.close();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
