package dev.invitepacer.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.account.Accounts;
import dev.invitepacer.account.Pace;
import dev.invitepacer.delivery.Task;
import dev.invitepacer.delivery.Tasks;
import dev.invitepacer.invitation.Invitation;
import dev.invitepacer.invitation.Invitations;
import dev.invitepacer.time.ServiceClock;
import dev.invitepacer.web.Code;
import dev.invitepacer.web.Problem;

/** Applies reports. All that come in one call are one transaction under the account's lock. */
@ApplicationScoped
public class Reports {
    /** How far a reporter's clock may be ahead of ours. */
    private static final Duration AHEAD = Duration.ofMinutes(5);

    private final Accounts accounts;
    private final Invitations invitations;
    private final Tasks tasks;
    private final Application application;
    private final ServiceClock clock;

    Reports(Accounts accounts, Invitations invitations, Tasks tasks, Application application, ServiceClock clock) {
        this.accounts = accounts;
        this.invitations = invitations;
        this.tasks = tasks;
        this.application = application;
        this.clock = clock;
    }

    /** Applies reports in their order; the answers stand in the same order. */
    @Transactional
    public List<Result> apply(String account, List<Report> reports, String actor) {
        Pace pace = accounts.lock(account);
        AccountSettings settings = accounts.settings(account);
        Instant now = clock.now();
        checkInstants(reports, now);
        List<Result> results = new ArrayList<>(reports.size());
        for (Report report : reports) {
            results.add(applyOne(pace, settings, report, actor, now));
        }
        pace.wake(now);
        return results;
    }

    /**
     * Applies what a sender says of a task.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 409 where the lease is lost or somebody else holds the task
     */
    @Transactional
    public Result applyToTask(String id, Report report, String actor) {
        String account = tasks.known(id).account;
        Pace pace = accounts.lock(account);
        Task task = tasks.known(id);
        tasks.getEntityManager().refresh(task);
        AccountSettings settings = accounts.settings(account);
        Instant now = clock.now();
        checkInstants(List.of(report), now);
        Invitation invitation = invitations.known(account, task.invitation).orElseThrow();
        Optional<Result> over = ofClosed(task, report, invitation);
        if (over.isPresent()) {
            return over.get();
        }
        checkLease(task, report, now);
        Result result = application.apply(pace, settings, invitation, report, actor, now);
        pace.wake(now);
        return result;
    }

    private static void checkLease(Task task, Report report, Instant now) {
        if (!task.isOpen() && report.lease() != null) {
            throw Problem.of(
                    Code.LEASE_LOST,
                    "The task was closed as " + task.outcome + " in the meantime; nothing was changed. If yours is what"
                            + " happened, report it on the invitation.");
        }
        if (task.isOpen() && report.lease() == null && task.isLeased(now)) {
            throw Problem.of(
                    Code.TASK_TAKEN,
                    "Another sender holds the task until " + task.leasedUntil + "; report with its lease.",
                    task.leasedUntil);
        }
        if (task.isOpen() && report.lease() != null && !report.lease().equals(task.lease)) {
            throw Problem.of(
                    Code.LEASE_LOST, "The lease ended and the task has passed on; nothing was changed. Claim it anew.");
        }
    }

    /** A closed task says no more than it said; its invitation may have been released again since. */
    private static Optional<Result> ofClosed(Task task, Report report, Invitation invitation) {
        if (task.isOpen()) {
            return Optional.empty();
        }
        if (report.type().name().equals(task.outcome)) {
            return Optional.of(new Result(Result.Kind.ALREADY, null, invitation.id, invitation.state));
        }
        boolean isOfThatAttempt = report.type() == ReportType.REFUSED
                || report.type() == ReportType.FAILED
                || report.type() == ReportType.NOT_WITHDRAWN;
        return isOfThatAttempt && report.lease() == null
                ? Optional.of(new Result(
                        Result.Kind.IGNORED, "the task was closed as " + task.outcome, invitation.id, invitation.state))
                : Optional.empty();
    }

    private Result applyOne(Pace pace, AccountSettings settings, Report report, String actor, Instant now) {
        Optional<Invitation> found = find(pace.account(), report);
        if (found.isPresent()) {
            Optional<Result> over = Optional.ofNullable(report.task())
                    .flatMap(tasks::findByIdOptional)
                    .filter(task -> task.account.equals(pace.account()) && task.invitation == found.get().id)
                    .flatMap(task -> ofClosed(task, report, found.get()));
            if (over.isPresent()) {
                return over.get();
            }
            return application.apply(pace, settings, found.get(), report, actor, now);
        }
        if (report.refusal() != null && report.refusal().scope() == Refusal.Scope.ACCOUNT) {
            application.restrict(pace, report, actor, now);
            return new Result(Result.Kind.APPLIED, null, null, null);
        }
        if (report.type() == ReportType.SENT_BY_HAND && report.profile() != null) {
            return application.sentByHand(pace, report, actor, now);
        }
        return new Result(Result.Kind.NOT_FOUND, "there is no such invitation in this account", null, null);
    }

    private Optional<Invitation> find(String account, Report report) {
        if (report.invitation() != null) {
            return invitations.known(account, report.invitation());
        }
        if (report.profile() != null) {
            return invitations.latestTo(account, report.profile()).filter(latest -> !isAnother(latest, report));
        }
        return report.task() == null
                ? Optional.empty()
                : tasks.findByIdOptional(report.task())
                        .filter(task -> task.account.equals(account))
                        .flatMap(task -> invitations.known(account, task.invitation));
    }

    /** Sent by hand to somebody whose last invitation is over, at another instant: that is another invitation. */
    private static boolean isAnother(Invitation latest, Report report) {
        return report.type() == ReportType.SENT_BY_HAND
                && !latest.state.isLive()
                && latest.sentAt != null
                && !latest.sentAt.equals(report.at());
    }

    private static void checkInstants(List<Report> reports, Instant now) {
        for (int i = 0; i < reports.size(); i++) {
            Instant at = reports.get(i).at();
            if (at != null && at.isAfter(now.plus(AHEAD))) {
                throw Problem.of(
                        Code.INVALID,
                        List.of(new Problem.Violation(
                                reports.size() == 1 ? "at" : "[" + i + "].at",
                                "lies in the future; the service's time is " + now)));
            }
        }
    }
}
