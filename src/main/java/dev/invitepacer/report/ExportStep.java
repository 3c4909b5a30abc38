package dev.invitepacer.report;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.account.Accounts;
import dev.invitepacer.account.Ledger;
import dev.invitepacer.account.Pace;
import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.invitation.Invitation;
import dev.invitepacer.invitation.Invitations;
import dev.invitepacer.invitation.Profile;
import dev.invitepacer.invitation.State;
import dev.invitepacer.report.linkedin.ConnectionsCsv;
import dev.invitepacer.report.linkedin.ExportFile;
import dev.invitepacer.report.linkedin.Reconciliation;
import dev.invitepacer.time.ServiceClock;

/**
 * Applies one batch of an export under the account's lock, in the caller's transaction. A batch that is applied again
 * changes nothing. A dry run is taken back by the caller and takes no lock.
 */
@ApplicationScoped
class ExportStep {
    static final String ACTOR = "linkedin-export";

    /** A wrong time zone shifts the file's times by a day at most, and a little. */
    private static final Duration AHEAD = Duration.ofHours(27);

    private static final String ANOTHER_NAME =
            "The person known here at this address bears another name: see who it is now, and report by hand.";
    private final Accounts accounts;
    private final Invitations invitations;
    private final Ledger ledger;
    private final Application application;
    private final InvitedPeople people;
    private final EarlierInvitations earlier;
    private final ServiceClock clock;
    private final Duration expiry;

    ExportStep(
            Accounts accounts,
            Invitations invitations,
            Ledger ledger,
            Application application,
            InvitedPeople people,
            EarlierInvitations earlier,
            ServiceClock clock,
            PacerConfig config) {
        this.people = people;
        this.earlier = earlier;
        this.expiry = config.withdrawal().expiry();
        this.accounts = accounts;
        this.invitations = invitations;
        this.ledger = ledger;
        this.application = application;
        this.clock = clock;
    }

    /** What a batch works with. */
    private record Desk(Pace pace, AccountSettings settings, Instant now, ExportTally tally, boolean isDryRun) {
        String account() {
            return pace.account();
        }

        void wake() {
            if (!isDryRun) {
                pace.wake(now);
            }
        }
    }

    private Desk desk(String account, ExportTally tally, boolean isDryRun) {
        Pace pace = isDryRun ? accounts.paceUnlocked(account) : accounts.lock(account);
        AccountSettings settings = accounts.settings(account);
        return new Desk(pace, settings, clock.now(), tally, isDryRun);
    }

    /** Applies what the member sent; an invitee who is found by name gets their profile. */
    void applySent(String account, List<Invitee> invitees, ExportTally tally, boolean isDryRun) {
        Desk desk = desk(account, tally, isDryRun);
        people.findByName(account, invitees, tally);
        List<Invitee> found =
                invitees.stream().filter(invitee -> invitee.profile != null).toList();
        Map<String, List<Invitation>> known =
                people.known(account, found.stream().map(i -> i.profile));
        Map<Long, List<Instant>> booked = ledger.bookedAt(
                account,
                known.values().stream().flatMap(List::stream).map(one -> one.id).toList());
        Map<Instant, Integer> erased = ledger.bookedOfErased(
                account,
                found.stream()
                        .filter(invitee -> !known.containsKey(invitee.slug()))
                        .flatMap(invitee -> invitee.sent.stream())
                        .toList());
        long before = news(tally);
        found.forEach(
                invitee -> applySent(desk, invitee, known.getOrDefault(invitee.slug(), List.of()), booked, erased));
        if (news(tally) > before) {
            desk.wake();
        }
    }

    private void applySent(
            Desk desk,
            Invitee invitee,
            List<Invitation> known,
            Map<Long, List<Instant>> booked,
            Map<Instant, Integer> erased) {
        Set<Instant> sent = instants(desk, invitee);
        List<Reconciliation.Known> beside = known.stream()
                .map(one -> new Reconciliation.Known(
                        one.id,
                        one.state,
                        one.queuedAt,
                        one.sentAt,
                        one.endedAt,
                        booked.getOrDefault(one.id, List.of())))
                .toList();
        boolean isDoubtful = !InvitedPeople.fits(known, invitee.name);
        if (isDoubtful) {
            desk.tally().doubt(ExportFile.INVITATIONS, invitee.line, invitee.name, invitee.slug(), ANOTHER_NAME);
        }
        List<Reconciliation.Finding> findings =
                isDoubtful ? Reconciliation.ofDoubtful(beside, sent) : Reconciliation.of(beside, sent);
        for (Reconciliation.Finding finding : findings) {
            boolean isOfErased = known.isEmpty()
                    && erased.containsKey(finding.at())
                    && desk.tally().nextUnknown(finding.at()) <= erased.get(finding.at());
            if (isOfErased) {
                desk.tally().already++;
            } else {
                apply(desk, invitee, finding);
            }
        }
    }

    /** When the invitee was invited; what lies in the future is refused, or is now where a zone explains it. */
    private static Set<Instant> instants(Desk desk, Invitee invitee) {
        Set<Instant> sent = new HashSet<>();
        for (Instant at : invitee.sent) {
            if (at.isAfter(desk.now().plus(AHEAD))) {
                desk.tally()
                        .refuse(
                                ExportFile.INVITATIONS,
                                invitee.line,
                                invitee.name,
                                invitee.slug(),
                                "Sent At lies in the future: is the account's timeZone the member's?");
            } else {
                sent.add(at.isAfter(desk.now()) ? desk.now() : at);
            }
        }
        return sent;
    }

    private void apply(Desk desk, Invitee invitee, Reconciliation.Finding finding) {
        ExportTally tally = desk.tally();
        if (isDropped(desk, finding)) {
            earlier.count(desk.account(), finding.at(), tally);
            return;
        }
        switch (finding.kind()) {
            case ALREADY -> tally.already++;
            case SENT -> {
                tally.sent++;
                report(desk, ReportType.SENT, finding.invitation(), finding.at());
            }
            case BY_HAND -> {
                tally.sentByHand++;
                if (finding.invitation() == null) {
                    Report report = report(ReportType.SENT_BY_HAND, null, invitee.profile, finding.at());
                    application.sentByHand(desk.pace(), report, ACTOR, desk.now());
                } else {
                    report(desk, ReportType.SENT_BY_HAND, finding.invitation(), finding.at());
                }
            }
            case AGAIN -> {
                tally.sentByHand++;
                Invitation invitation =
                        invitations.known(desk.account(), finding.invitation()).orElseThrow();
                Report report = report(ReportType.SENT_BY_HAND, finding.invitation(), null, finding.at());
                application.sentAgain(invitation, report, ACTOR, desk.now());
            }
            case EARLIER -> earlier.count(desk.account(), finding.at(), tally);
        }
    }

    /** Whether LinkedIn has dropped by now what was sent by hand, so that it is pending no more. */
    private boolean isDropped(Desk desk, Reconciliation.Finding finding) {
        if (finding.kind() != Reconciliation.Kind.BY_HAND
                || finding.at().isAfter(desk.now().minus(expiry))) {
            return false;
        }
        return finding.invitation() == null
                || invitations.known(desk.account(), finding.invitation()).orElseThrow().state == State.QUEUED;
    }

    /** Applies that people are connections. */
    void applyConnected(String account, List<ConnectionsCsv.Row.Connected> rows, ExportTally tally, boolean isDryRun) {
        Desk desk = desk(account, tally, isDryRun);
        Map<String, List<Invitation>> byName = people.named(
                account, rows.stream().filter(row -> row.profile() == null).map(ConnectionsCsv.Row.Connected::name));
        Map<String, List<Invitation>> known = people.known(
                account,
                rows.stream().map(ConnectionsCsv.Row.Connected::profile).filter(Objects::nonNull));
        long before = news(tally);
        for (ConnectionsCsv.Row.Connected row : rows) {
            List<Invitation> toPerson = row.profile() == null
                    ? byName.getOrDefault(row.name(), List.of())
                    : known.getOrDefault(row.profile().slug(), List.of());
            applyConnected(desk, row, toPerson);
        }
        if (news(tally) > before) {
            desk.wake();
        }
    }

    private void applyConnected(Desk desk, ConnectionsCsv.Row.Connected row, List<Invitation> known) {
        ExportTally tally = desk.tally();
        if (known.isEmpty()) {
            tally.neverInvited++;
            return;
        }
        String slug = row.profile() == null ? null : row.profile().slug();
        if (row.profile() == null && InvitedPeople.count(known) > 1) {
            tally.doubt(ExportFile.CONNECTIONS, row.line(), row.name(), slug, InvitedPeople.NAME_OF_SEVERAL);
            return;
        }
        if (!InvitedPeople.fits(known, row.name())) {
            tally.doubt(ExportFile.CONNECTIONS, row.line(), row.name(), slug, ANOTHER_NAME);
            return;
        }
        Invitation latest = InvitedPeople.latest(known);
        boolean isKnown = known.stream().anyMatch(one -> one.state == State.ACCEPTED);
        if (!latest.state.isLive() && isKnown) {
            tally.already++;
            return;
        }
        ZoneId zone = desk.settings().timeZone();
        Instant end = row.on().plusDays(1).atStartOfDay(zone).toInstant().minusSeconds(1);
        Instant began =
                latest.sentAt != null ? latest.sentAt : latest.releasedAt != null ? latest.releasedAt : latest.queuedAt;
        Instant at = end.isBefore(began) ? began : end.isAfter(desk.now()) ? desk.now() : end;
        report(desk, ReportType.ACCEPTED, latest.id, at);
        tally.accepted++;
    }

    private void report(Desk desk, ReportType type, long id, Instant at) {
        Invitation invitation = invitations.known(desk.account(), id).orElseThrow();
        State before = invitation.state;
        application.apply(desk.pace(), desk.settings(), invitation, report(type, id, null, at), ACTOR, desk.now());
        if (before == State.QUEUED && invitation.state != State.QUEUED) {
            desk.tally().leftQueue++;
        }
    }

    private static Report report(ReportType type, Long invitation, Profile profile, Instant at) {
        return new Report(type, invitation, profile, null, at, null, null, null, null);
    }

    private static long news(ExportTally tally) {
        return tally.accepted + tally.sent + tally.sentByHand + tally.earlier + tally.leftQueue;
    }
}
