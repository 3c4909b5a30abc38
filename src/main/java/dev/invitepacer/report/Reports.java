package dev.invitepacer.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.account.Accounts;
import dev.invitepacer.account.CapLearning;
import dev.invitepacer.account.Pace;
import dev.invitepacer.delivery.Task;
import dev.invitepacer.delivery.TaskKind;
import dev.invitepacer.delivery.Tasks;
import dev.invitepacer.invitation.Invitation;
import dev.invitepacer.invitation.Invitations;
import dev.invitepacer.invitation.State;
import dev.invitepacer.time.ServiceClock;
import dev.invitepacer.web.Code;
import dev.invitepacer.web.Problem;

/** Applies reports. All that come in one call are one transaction under the account's lock. */
@ApplicationScoped
public class Reports {
    /** How far a reporter's clock may be ahead of ours. */
    private static final Duration AHEAD = Duration.ofMinutes(5);

    /** How long a refusal may last: a mistyped year must not stop an account for good. */
    static final Duration LONGEST_REFUSAL = Duration.ofDays(366);

    /** What may be reported of a FOLLOW task. */
    private static final Set<ReportType> OF_FOLLOW = Set.of(ReportType.FOLLOWED, ReportType.NOT_FOLLOWED);

    /** Within it, "sent by hand" without an instant is taken as said again. */
    private static final Duration SAME_BY_HAND = Duration.ofHours(168);

    private final Accounts accounts;
    private final Invitations invitations;
    private final Tasks tasks;
    private final Application application;
    private final CapLearning learning;
    private final ServiceClock clock;

    Reports(
            Accounts accounts,
            Invitations invitations,
            Tasks tasks,
            Application application,
            CapLearning learning,
            ServiceClock clock) {
        this.accounts = accounts;
        this.invitations = invitations;
        this.tasks = tasks;
        this.application = application;
        this.learning = learning;
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
        Task task = tasks.locked(id);
        AccountSettings settings = accounts.settings(account);
        Instant now = clock.now();
        checkInstants(List.of(report), now);
        Invitation invitation = invitations.known(account, task.invitation).orElseThrow();
        Optional<Result> over = ofClosed(task, report, invitation);
        if (over.isPresent()) {
            Result result = heeding(pace, settings, report, actor, now, over::get);
            pace.wake(now);
            return result;
        }
        checkLease(task, report, now);
        checkKind(task, report);
        Result result = apply(pace, settings, invitation, report, actor, now);
        pace.wake(now);
        return result;
    }

    /** Whoever was followed, or could not be, has not been invited: their invitation waits on. */
    private static void checkKind(Task task, Report report) {
        if (task.kind == TaskKind.FOLLOW && !OF_FOLLOW.contains(report.type())) {
            throw Problem.of(
                    Code.INVALID,
                    List.of(new Problem.Violation(
                            "type",
                            "of a FOLLOW task is FOLLOWED or NOT_FOLLOWED; what happened to the invitation itself is"
                                    + " reported on the invitation")));
        }
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
        return report.undoesAnAttempt() && report.lease() == null
                ? Optional.of(new Result(
                        Result.Kind.IGNORED, "the task was closed as " + task.outcome, invitation.id, invitation.state))
                : Optional.empty();
    }

    private Result applyOne(Pace pace, AccountSettings settings, Report report, String actor, Instant now) {
        Addressee addressee = find(pace.account(), report, now);
        if (addressee.invitation() != null) {
            return applyTo(addressee.invitation(), pace, settings, report, actor, now);
        }
        if (addressee.isOlder()) {
            return new Result(Result.Kind.IGNORED, "it is older than the invitation to this person", null, null);
        }
        if (report.isOfAccount() && report.invitation() == null && report.task() == null) {
            return heeding(pace, settings, report, actor, now, () -> new Result(Result.Kind.ALREADY, null, null, null));
        }
        if (report.type() == ReportType.SENT_BY_HAND && report.profile() != null) {
            return application.sentByHand(pace, report, actor, now);
        }
        return new Result(Result.Kind.NOT_FOUND, "there is no such invitation in this account", null, null);
    }

    private Result applyTo(
            Invitation invitation, Pace pace, AccountSettings settings, Report report, String actor, Instant now) {
        Optional<Result> over = Optional.ofNullable(report.task())
                .flatMap(tasks::findByIdOptional)
                .filter(task -> task.account.equals(pace.account()) && task.invitation == invitation.id)
                .flatMap(task -> ofClosed(task, report, invitation))
                .or(() -> ofLeased(invitation, report, now));
        if (over.isPresent()) {
            return heeding(pace, settings, report, actor, now, over::get);
        }
        return apply(pace, settings, invitation, report, actor, now);
    }

    Result apply(Pace pace, AccountSettings settings, Invitation invitation, Report report, String actor, Instant now) {
        return heeding(
                pace,
                settings,
                report,
                actor,
                now,
                () -> application.apply(pace, settings, invitation, report, actor, now));
    }

    /**
     * LinkedIn's word on the account holds whatever has become of the invitation on which it was heard. The cap is learned
     * last: what was not sent has given its slot back by then.
     */
    Result heeding(
            Pace pace, AccountSettings settings, Report report, String actor, Instant now, Supplier<Result> rest) {
        Application.Signal signal = application.restrict(pace, report, actor, now);
        Result result = rest.get();
        if (signal == Application.Signal.NEW) {
            learning.cut(pace, settings, report.refusal().name(), Application.at(report, now), actor, now);
        } else if (signal == Application.Signal.LONGER) {
            learning.restart(pace, settings, Application.at(report, now), actor, now);
        }
        return signal == Application.Signal.NONE ? result : result.applied();
    }

    /** Whoever undoes an attempt must not do so over the head of the sender who is at it. */
    private Optional<Result> ofLeased(Invitation invitation, Report report, Instant now) {
        if (!report.undoesAnAttempt()) {
            return Optional.empty();
        }
        return tasks.openOf(invitation.account, invitation.id).stream()
                .filter(task -> task.isLeased(now))
                .findFirst()
                .map(task -> new Result(
                        Result.Kind.IGNORED,
                        "a sender holds its task until " + task.leasedUntil + "; only their lease can say so",
                        invitation.id,
                        invitation.state));
    }

    /** Whom a report is about: an invitation, none, or only one that began after what the report tells. */
    private record Addressee(Invitation invitation, boolean isOlder) {
        static final Addressee NOBODY = new Addressee(null, false);
    }

    private Addressee find(String account, Report report, Instant now) {
        if (report.invitation() != null) {
            return new Addressee(invitations.known(account, report.invitation()).orElse(null), false);
        }
        if (report.profile() != null) {
            return ofPerson(invitations.allTo(account, report.profile()), report, now);
        }
        return report.task() == null
                ? Addressee.NOBODY
                : tasks.findByIdOptional(report.task())
                        .filter(task -> task.account.equals(account))
                        .flatMap(task -> invitations.known(account, task.invitation))
                        .map(found -> new Addressee(found, false))
                        .orElse(Addressee.NOBODY);
    }

    /** The invitation that the report can be about: the latest, or, where that began only later, one before it. */
    private static Addressee ofPerson(List<Invitation> all, Report report, Instant now) {
        if (all.isEmpty()) {
            return Addressee.NOBODY;
        }
        Invitation latest = all.get(0);
        if (report.at() == null || !latest.beganAt().isAfter(report.at())) {
            return isAnother(latest, report, now) ? Addressee.NOBODY : new Addressee(latest, false);
        }
        Optional<Invitation> earlier = all.stream()
                .filter(one -> !one.beganAt().isAfter(report.at()))
                .filter(one -> report.type() != ReportType.SENT_BY_HAND || !one.endedAt.isBefore(report.at()))
                .findFirst();
        if (earlier.isPresent()) {
            return new Addressee(earlier.get(), false);
        }
        // An acceptance holds for the person, and who was invited by hand need not be invited any more.
        return report.type() == ReportType.ACCEPTED || report.type() == ReportType.SENT_BY_HAND
                ? new Addressee(latest, false)
                : new Addressee(null, true);
    }

    /** Sent by hand after the last invitation was over: that is another one. A connection is invited no more. */
    private static boolean isAnother(Invitation latest, Report report, Instant now) {
        if (report.type() != ReportType.SENT_BY_HAND || latest.state.isLive() || latest.state == State.ACCEPTED) {
            return false;
        }
        return report.at() != null
                ? report.at().isAfter(latest.endedAt)
                : latest.sentAt == null || latest.sentAt.isBefore(now.minus(SAME_BY_HAND));
    }

    private static RuntimeException wrong(String field, String message) {
        return Problem.of(Code.INVALID, List.of(new Problem.Violation(field, message)));
    }

    private static void checkInstants(List<Report> reports, Instant now) {
        for (int i = 0; i < reports.size(); i++) {
            String prefix = reports.size() == 1 ? "" : "[" + i + "].";
            Instant at = reports.get(i).at();
            if (at != null && at.isAfter(now.plus(AHEAD))) {
                throw wrong(prefix + "at", "lies in the future; the service's time is " + now);
            }
            Instant until = reports.get(i).until();
            if (until != null && until.isAfter(now.plus(LONGEST_REFUSAL))) {
                throw wrong(prefix + "until", "lies more than a year ahead; the service's time is " + now);
            }
        }
    }
}
