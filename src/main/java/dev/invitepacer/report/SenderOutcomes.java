package dev.invitepacer.report;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.account.Accounts;
import dev.invitepacer.account.Pace;
import dev.invitepacer.delivery.Aftermath;
import dev.invitepacer.delivery.Outcome;
import dev.invitepacer.delivery.Task;
import dev.invitepacer.delivery.TaskKind;
import dev.invitepacer.invitation.Invitation;
import dev.invitepacer.invitation.Invitations;

/** Applies what an automatic sender says as the report that it is. */
@ApplicationScoped
class SenderOutcomes implements Aftermath {
    private final Reports reports;
    private final Accounts accounts;
    private final Invitations invitations;

    SenderOutcomes(Reports reports, Accounts accounts, Invitations invitations) {
        this.reports = reports;
        this.accounts = accounts;
        this.invitations = invitations;
    }

    @Override
    public void apply(Pace pace, Task task, Outcome outcome, String actor, Instant now) {
        Report report = report(task, outcome, now);
        AccountSettings settings = accounts.settings(task.account);
        Invitation invitation = invitations.known(task.account, task.invitation).orElseThrow();
        if (report.type() == ReportType.REFUSED && task.kind != TaskKind.SEND) {
            // Nobody was to be invited. What it says of the account holds; the task waits.
            reports.heeding(
                    pace,
                    settings,
                    report,
                    actor,
                    now,
                    () -> new Result(Result.Kind.ALREADY, null, invitation.id, invitation.state));
        } else {
            reports.apply(pace, settings, invitation, report, actor, now);
        }
        pace.wake(now);
    }

    private static Report report(Task task, Outcome outcome, Instant now) {
        if (outcome instanceof Outcome.Done done) {
            return report(task, done(task.kind), done.at(), null, null, null);
        }
        if (outcome instanceof Outcome.Failed failed) {
            return report(task, failed(task.kind), null, null, null, failed.detail());
        }
        if (outcome instanceof Outcome.Refused refused) {
            Instant until = refused.until();
            Instant longest = now.plus(Reports.LONGEST_REFUSAL);
            return report(
                    task,
                    ReportType.REFUSED,
                    null,
                    Refusal.valueOf(refused.refusal()),
                    until != null && until.isAfter(longest) ? longest : until,
                    refused.detail());
        }
        throw new IllegalArgumentException("This is no report: " + outcome);
    }

    private static Report report(
            Task task, ReportType type, Instant at, Refusal refusal, Instant until, String detail) {
        return new Report(type, task.invitation, null, task.id, at, refusal, until, cut(detail), null);
    }

    private static String cut(String detail) {
        String clean = detail == null ? null : detail.replace('\0', ' ');
        return clean == null || clean.length() <= Report.LONGEST_DETAIL
                ? clean
                : clean.substring(0, Report.LONGEST_DETAIL);
    }

    private static ReportType done(TaskKind kind) {
        return switch (kind) {
            case SEND -> ReportType.SENT;
            case WITHDRAW -> ReportType.WITHDRAWN;
            case FOLLOW -> ReportType.FOLLOWED;
        };
    }

    private static ReportType failed(TaskKind kind) {
        return switch (kind) {
            case SEND -> ReportType.FAILED;
            case WITHDRAW -> ReportType.NOT_WITHDRAWN;
            case FOLLOW -> ReportType.NOT_FOLLOWED;
        };
    }
}
