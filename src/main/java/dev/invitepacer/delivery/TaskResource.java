package dev.invitepacer.delivery;

import jakarta.transaction.Transactional;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import dev.invitepacer.account.Accounts;
import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.invitation.Invitation;
import dev.invitepacer.time.ServiceClock;
import dev.invitepacer.web.Code;
import dev.invitepacer.web.Page;
import dev.invitepacer.web.Problem;
import dev.invitepacer.web.Query;
import dev.invitepacer.web.WhoAsks;

/** The sender's list. What became of a task is reported in the reports' room. */
@Path("/api/v1/tasks")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tasks")
public class TaskResource {
    /** The right to do a task until an instant. */
    public record Lease(UUID lease, Instant until) {}

    private final WhoAsks whoAsks;
    private final Tasks tasks;
    private final TaskCounts counts;
    private final Accounts accounts;
    private final Redelivery redelivery;
    private final ServiceClock clock;
    private final Duration leaseLength;

    public TaskResource(
            Tasks tasks,
            TaskCounts counts,
            Accounts accounts,
            Redelivery redelivery,
            ServiceClock clock,
            WhoAsks whoAsks,
            PacerConfig config) {
        this.whoAsks = whoAsks;
        this.tasks = tasks;
        this.counts = counts;
        this.accounts = accounts;
        this.redelivery = redelivery;
        this.clock = clock;
        this.leaseLength = config.tasks().lease();
    }

    @GET
    @Transactional
    @Operation(summary = "Lists what senders are to do, oldest first; what has not come up yet is not among it")
    public Page<TaskView> list(
            @QueryParam("account") String account,
            @QueryParam("kind") String kind,
            @QueryParam("state") String state,
            @QueryParam("stage") String stage,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        Page.Request page = Page.Request.of(limit, cursor);
        if (account != null) {
            accounts.settings(account);
        }
        Instant now = clock.now();
        List<Object[]> found = tasks.page(
                whoAsks.now().accounts(),
                account,
                Query.oneOf("kind", kind, TaskKind.class, null),
                Query.oneOf("state", state, TaskState.class, TaskState.OPEN),
                Query.oneOf("stage", stage, Stage.class, null),
                page.after(),
                now,
                page.limit() + 1);
        List<TaskView> views = found.stream()
                .map(row -> TaskView.of((Task) row[0], (Invitation) row[1], now))
                .toList();
        return Page.of(views, page.limit(), TaskView::id);
    }

    @GET
    @Path("/counts")
    @Transactional
    @Operation(summary = "Counts by kind what senders may do now, what comes up later today and what was done today")
    public TaskCounts.Today counts(@QueryParam("account") String account) {
        if (account != null) {
            accounts.settings(account);
        }
        return counts.of(whoAsks.now().accounts(), account, clock.now());
    }

    @POST
    @Path("/{task}/claim")
    @Transactional
    @Operation(summary = "Leases a task to one sender; nobody else gets it while the lease lasts")
    public Lease claim(@PathParam("task") String id) {
        accounts.lock(tasks.known(id).account);
        Task task = tasks.locked(id);
        Instant now = clock.now();
        if (!task.isOpen()) {
            throw Problem.of(Code.TASK_CLOSED, "The task is closed: " + task.outcome + ".");
        }
        requireReady(task, now);
        requireFree(task, now);
        Lease lease = new Lease(UUID.randomUUID(), now.plus(leaseLength));
        task.leaseTo(lease.lease(), lease.until());
        return lease;
    }

    @DELETE
    @Path("/{task}/claim")
    @Transactional
    @Operation(
            summary = "Gives a claimed task back: the next sender gets it at once",
            description = "Given back again, or after its lease ended and nobody else claimed it, it stays free")
    public void giveBack(@PathParam("task") String id, @QueryParam("lease") String given) {
        UUID lease = leaseOf(given);
        accounts.lock(tasks.known(id).account);
        Task task = tasks.locked(id);
        if (!task.isLeased(clock.now())) {
            return;
        }
        if (!task.lease.equals(lease)) {
            throw Problem.of(Code.LEASE_LOST, "Another sender holds the task by now, and it stays theirs.");
        }
        task.giveBack();
    }

    @POST
    @Path("/{task}/deliver")
    @Transactional
    @Operation(
            summary = "Hands a task over anew, from the first try on",
            description = "For a task whose delivery has failed, waits, or is in doubt at a receiver that knows its id")
    public TaskView deliver(@PathParam("task") String id) {
        accounts.lock(tasks.known(id).account);
        Task task = tasks.locked(id);
        Instant now = clock.now();
        if (!task.isOpen()) {
            throw Problem.of(Code.TASK_CLOSED, "The task is closed: " + task.outcome + ".");
        }
        requireReady(task, now);
        requireFree(task, now);
        redelivery.begin(task, whoAsks.name(), now);
        return TaskView.of(task, tasks.invitationOf(task), now);
    }

    private static UUID leaseOf(String given) {
        if (given == null || !Task.isLease(given)) {
            throw Problem.of(Code.UNREADABLE, "lease must be the lease that claiming the task gave: ?lease=….");
        }
        return UUID.fromString(given);
    }

    private static void requireReady(Task task, Instant now) {
        if (task.readyAt().isAfter(now)) {
            throw Problem.of(
                    Code.TASK_NOT_READY,
                    "The task comes up at " + task.readyAt() + "; a night's withdrawals come one after the other.",
                    task.readyAt());
        }
    }

    private static void requireFree(Task task, Instant now) {
        if (task.isLeased(now)) {
            throw Problem.of(
                    Code.TASK_TAKEN,
                    "Another sender holds the task until " + task.leasedUntil + "; take another one.",
                    task.leasedUntil);
        }
        if (task.stage == Stage.RUNNING) {
            throw Problem.of(
                    Code.TASK_TAKEN, "The task is being handed over to " + task.lane + " at this moment; look again.");
        }
    }
}
