package dev.invitepacer.report;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

import dev.invitepacer.delivery.linkedin.AcceptanceDoor;

/** Takes what LinkedIn tells of acceptances as the reports that they are. */
@ApplicationScoped
class LinkedInAcceptances implements AcceptanceDoor {
    private final Reports reports;

    LinkedInAcceptances(Reports reports) {
        this.reports = reports;
    }

    @Override
    public int accepted(String account, List<Long> invitations, String actor) {
        List<Report> told = invitations.stream()
                .map(id -> new Report(ReportType.ACCEPTED, id, null, null, null, null, null, null, null))
                .toList();
        return (int) reports.apply(account, told, actor).stream()
                .filter(result -> result.result() == Result.Kind.APPLIED)
                .count();
    }
}
