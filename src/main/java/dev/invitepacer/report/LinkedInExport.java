package dev.invitepacer.report;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.hibernate.Session;

import dev.invitepacer.account.Accounts;
import dev.invitepacer.account.Ledger;
import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.invitation.UnreadableCsv;
import dev.invitepacer.journal.Journal;
import dev.invitepacer.report.linkedin.ConnectionsCsv;
import dev.invitepacer.report.linkedin.Export;
import dev.invitepacer.report.linkedin.ExportFile;
import dev.invitepacer.report.linkedin.InvitationsCsv;
import dev.invitepacer.report.linkedin.NotAnExport;
import dev.invitepacer.time.ServiceClock;
import dev.invitepacer.web.Code;
import dev.invitepacer.web.Problem;

/**
 * Reconciles LinkedIn's export with what is known. Both files are read to their end before anything is changed, so that a
 * broken one changes nothing; then people are taken in batches, each a transaction of its own under the account's lock.
 * Every batch may be applied again, so what a stop leaves undone is done by sending the export again.
 */
@ApplicationScoped
class LinkedInExport {
    /** A thousand weeks at the highest cap are fewer; so many are held in memory. */
    private static final int MOST_INVITEES = 200_000;

    private static final int BATCH = 500;
    private static final int LONGEST_SECONDS = 600;

    private final Accounts accounts;
    private final ExportStep step;
    private final Ledger ledger;
    private final Journal journal;
    private final ServiceClock clock;
    private final Session entities;
    private final long largest;

    LinkedInExport(
            Accounts accounts,
            ExportStep step,
            Ledger ledger,
            Journal journal,
            ServiceClock clock,
            Session entities,
            PacerConfig config) {
        this.accounts = accounts;
        this.step = step;
        this.ledger = ledger;
        this.journal = journal;
        this.clock = clock;
        this.entities = entities;
        this.largest = config.limits().exportBody().asLongValue();
    }

    /**
     * Applies an export and tells what came of it; with {@code dryRun} it does the same in one transaction, without
     * the account's lock, and takes it back.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 422 if the files are no export; nothing is changed then
     */
    ExportAnswer reconcile(String account, List<Path> files, boolean dryRun) {
        ZoneId zone = accounts.settings(account).timeZone();
        try (Export export = Export.open(files, largest)) {
            ExportTally tally = new ExportTally();
            List<Invitee> invitees = export.has(ExportFile.INVITATIONS) ? invitees(export, zone, tally) : List.of();
            if (export.has(ExportFile.CONNECTIONS)) {
                readConnections(export, tally);
            }
            return dryRun ? tryOut(account, export, invitees, tally) : apply(account, export, invitees, tally, false);
        } catch (NotAnExport refused) {
            throw Problem.of(Code.EXPORT_INVALID, refused.getMessage());
        } catch (UnreadableCsv unreadable) {
            throw Problem.builder(
                            Code.EXPORT_INVALID,
                            "Line " + unreadable.line() + ": " + unreadable.getMessage() + " Nothing was changed.")
                    .with("line", unreadable.line())
                    .build();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<Invitee> invitees(Export export, ZoneId zone, ExportTally tally) throws IOException {
        Map<String, Invitee> invitees = new LinkedHashMap<>();
        try (InputStream in = export.open(ExportFile.INVITATIONS)) {
            InvitationsCsv csv = new InvitationsCsv(in, zone);
            for (Optional<InvitationsCsv.Row> row = csv.next(); row.isPresent(); row = csv.next()) {
                take(row.get(), invitees, tally);
            }
        }
        return new ArrayList<>(invitees.values());
    }

    private static void take(InvitationsCsv.Row row, Map<String, Invitee> invitees, ExportTally tally) {
        if (row instanceof InvitationsCsv.Row.Received) {
            tally.incoming++;
        } else if (row instanceof InvitationsCsv.Row.Empty) {
            tally.withoutUse++;
        } else if (row instanceof InvitationsCsv.Row.Refused no) {
            tally.refuse(ExportFile.INVITATIONS, no.line(), no.name(), no.profile(), no.why());
        } else if (row instanceof InvitationsCsv.Row.Sent sent) {
            tally.member = tally.member == null ? sent.sender() : tally.member;
            // A slug holds no space.
            String key =
                    sent.profile() == null ? " " + sent.name() : sent.profile().slug();
            invitees.computeIfAbsent(key, first -> new Invitee(sent.line(), sent.name(), sent.profile()))
                    .sent
                    .add(sent.at());
            if (invitees.size() > MOST_INVITEES) {
                throw Problem.of(
                        Code.TOO_LARGE,
                        "Invitations.csv shows more than " + MOST_INVITEES + " people as invited: no member's does.");
            }
        }
    }

    /** Counts what is passed over, and finds out whether the file can be read to its end. */
    private static void readConnections(Export export, ExportTally tally) throws IOException {
        try (InputStream in = export.open(ExportFile.CONNECTIONS)) {
            ConnectionsCsv csv = new ConnectionsCsv(in);
            for (Optional<ConnectionsCsv.Row> row = csv.next(); row.isPresent(); row = csv.next()) {
                if (row.get() instanceof ConnectionsCsv.Row.Hidden) {
                    tally.withoutUse++;
                } else if (row.get() instanceof ConnectionsCsv.Row.Refused no) {
                    tally.refuse(ExportFile.CONNECTIONS, no.line(), no.name(), no.profile(), no.why());
                }
            }
        }
    }

    private ExportAnswer tryOut(String account, Export export, List<Invitee> invitees, ExportTally tally)
            throws IOException {
        QuarkusTransaction.begin(QuarkusTransaction.beginOptions().timeout(LONGEST_SECONDS));
        try {
            return apply(account, export, invitees, tally, true);
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    private ExportAnswer apply(String account, Export export, List<Invitee> invitees, ExportTally tally, boolean dryRun)
            throws IOException {
        long before = batch(dryRun, () -> ledger.countedAt(account, clock.now()));
        for (int from = 0; from < invitees.size(); from += BATCH) {
            List<Invitee> some = invitees.subList(from, Math.min(from + BATCH, invitees.size()));
            batch(dryRun, () -> {
                step.applySent(account, some, tally, dryRun);
                return null;
            });
        }
        if (export.has(ExportFile.CONNECTIONS)) {
            applyConnections(account, export, tally, dryRun);
        }
        return batch(dryRun, () -> finish(account, invitees, tally, before, dryRun));
    }

    private void applyConnections(String account, Export export, ExportTally tally, boolean dryRun) throws IOException {
        try (InputStream in = export.open(ExportFile.CONNECTIONS)) {
            ConnectionsCsv csv = new ConnectionsCsv(in);
            List<ConnectionsCsv.Row.Connected> some = new ArrayList<>(BATCH);
            Optional<ConnectionsCsv.Row> row = csv.next();
            while (row.isPresent() || !some.isEmpty()) {
                if (row.isPresent() && row.get() instanceof ConnectionsCsv.Row.Connected connected) {
                    some.add(connected);
                }
                row = row.isPresent() ? csv.next() : row;
                if (some.size() == BATCH || row.isEmpty() && !some.isEmpty()) {
                    batch(dryRun, () -> {
                        step.applyConnected(account, some, tally, dryRun);
                        return null;
                    });
                    some.clear();
                }
            }
        }
    }

    private ExportAnswer finish(
            String account, List<Invitee> invitees, ExportTally tally, long before, boolean dryRun) {
        if (!dryRun) {
            accounts.lock(account);
        }
        Instant now = clock.now();
        Set<String> seen = invitees.stream()
                .filter(invitee -> invitee.profile != null)
                .map(Invitee::slug)
                .collect(Collectors.toSet());
        pending(account).forEach(slug -> {
            if (seen.contains(slug)) {
                tally.candidates++;
            } else {
                tally.unseen++;
            }
        });
        ExportAnswer.Window window = new ExportAnswer.Window(
                before,
                ledger.countedAt(account, now),
                accounts.settings(account).weeklyCap());
        ExportAnswer answer = tally.answer(dryRun, window);
        if (answer.hasNews() && !dryRun) {
            journal.tell(account, null, now, "export.reconciled", ExportStep.ACTOR, told(answer));
        }
        return answer;
    }

    /** Index: invitation_pending. */
    private List<String> pending(String account) {
        return entities.createNativeQuery("""
                select profile from invitation
                 where account = :account and state in ('PENDING', 'WITHDRAWING')""", String.class)
                .addScalar("profile", String.class)
                .setParameter("account", account)
                .getResultList();
    }

    private static Map<String, Object> told(ExportAnswer answer) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("accepted", answer.accepted());
        told.put("sent", answer.sent());
        told.put("sentByHand", answer.sentByHand());
        told.put("earlier", answer.earlier());
        told.put("leftQueue", answer.leftQueue());
        told.put("already", answer.already());
        told.put("doubtful", answer.doubtfulRows());
        told.put("refused", answer.refusedRows());
        return told;
    }

    private <T> T batch(boolean isPartOfOne, Callable<T> work) {
        if (!isPartOfOne) {
            return QuarkusTransaction.requiringNew().call(work);
        }
        try {
            T result = work.call();
            entities.flush();
            entities.clear();
            return result;
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
