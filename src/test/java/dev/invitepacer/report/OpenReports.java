package dev.invitepacer.report;

import java.util.List;

import dev.invitepacer.account.Accounts;
import dev.invitepacer.account.CapLearning;
import dev.invitepacer.account.Ledger;
import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.delivery.Aftermath;
import dev.invitepacer.delivery.Tasks;
import dev.invitepacer.invitation.Invitations;
import dev.invitepacer.invitation.SecondTries;
import dev.invitepacer.journal.Journal;
import dev.invitepacer.time.ServiceClock;

/** The room's own code over a store that is given to it. */
public final class OpenReports {
    private final Reports reports;
    private final SenderOutcomes outcomes;

    public OpenReports(
            Accounts accounts,
            Invitations invitations,
            Tasks tasks,
            Ledger ledger,
            Journal journal,
            SecondTries secondTries,
            CapLearning learning,
            ServiceClock clock,
            PacerConfig config) {
        Application application = new Application(invitations, tasks, ledger, journal, secondTries, config);
        reports = new Reports(accounts, invitations, tasks, application, learning, clock);
        outcomes = new SenderOutcomes(reports, accounts, invitations);
    }

    public Result apply(String account, Report report, String actor) {
        return reports.apply(account, List.of(report), actor).get(0);
    }

    public Result applyToTask(long task, Report report, String actor) {
        return reports.applyToTask(Long.toString(task), report, actor);
    }

    public Aftermath aftermath() {
        return outcomes;
    }
}
