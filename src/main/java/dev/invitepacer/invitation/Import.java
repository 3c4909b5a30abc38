package dev.invitepacer.invitation;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import dev.invitepacer.account.Accounts;
import dev.invitepacer.account.Pace;
import dev.invitepacer.account.Tier;
import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.journal.Journal;
import dev.invitepacer.time.ServiceClock;
import dev.invitepacer.web.Code;
import dev.invitepacer.web.Problem;

/**
 * Imports a list of drafts. The list is taken in whole before anything of it is queued, so that a slow or broken upload
 * holds no lock; then it is one transaction: a list that cannot be read to its end leaves nothing behind. Memory holds
 * one batch of rows, and the refusals that the answer lists.
 */
@ApplicationScoped
public class Import {
    private static final int BATCH = 500;
    private static final int LONGEST_SECONDS = 600;

    private final Accounts accounts;
    private final Queue queue;
    private final Journal journal;
    private final ServiceClock clock;
    private final long largest;
    private final int mostRefusals;

    Import(Accounts accounts, Queue queue, Journal journal, ServiceClock clock, PacerConfig config) {
        this.accounts = accounts;
        this.queue = queue;
        this.journal = journal;
        this.clock = clock;
        this.largest = config.limits().importBody().asLongValue();
        this.mostRefusals = config.limits().importRefusals();
    }

    /**
     * What became of a list.
     *
     * @param refused the first refusals, by line
     * @param refusedRows how many there are, those not listed included
     */
    public record Report(boolean dryRun, long rows, long enqueued, long refusedRows, List<RefusedRow> refused) {}

    /**
     * @param line the line of the file on which the row begins; the header is line 1
     * @param profile whom it was for, where that could be read
     */
    public record RefusedRow(long line, String code, String detail, String profile, Instant availableAt) {}

    /** Enqueues what is good in a list and tells what is not; with {@code dryRun} it only tells. */
    Report take(String account, InputStream csv, boolean dryRun, String actor) {
        Path spooled = spool(csv);
        try {
            QuarkusTransaction.begin(QuarkusTransaction.beginOptions().timeout(LONGEST_SECONDS));
            try {
                Report report = enqueue(account, spooled, dryRun, actor);
                if (!dryRun) {
                    QuarkusTransaction.commit();
                }
                return report;
            } finally {
                if (QuarkusTransaction.isActive()) {
                    QuarkusTransaction.rollback();
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            discard(spooled);
        }
    }

    private Report enqueue(String account, Path spooled, boolean dryRun, String actor) throws IOException {
        Pace pace = accounts.lock(account);
        Instant now = clock.now();
        try (InputStream csv = Files.newInputStream(spooled)) {
            Run run = new Run(account, accounts.settings(account).tier(), queue.length(account), now, actor);
            DraftCsv rows = DraftCsv.read(csv);
            while (rows.hasNext()) {
                run.take(rows.next());
            }
            run.flush();
            if (run.enqueued > 0) {
                pace.wake(now);
            }
            Report report = new Report(dryRun, run.rows, run.enqueued, run.refusedRows, run.refused);
            journal.tell(
                    account,
                    null,
                    now,
                    "list.imported",
                    actor,
                    Map.of("rows", run.rows, "enqueued", run.enqueued, "refused", run.refusedRows));
            return report;
        } catch (UnreadableCsv unreadable) {
            throw Problem.builder(
                            Code.UNREADABLE,
                            "Line " + unreadable.line() + ": " + unreadable.getMessage()
                                    + " Nothing of the list was enqueued.")
                    .with("line", unreadable.line())
                    .build();
        }
    }

    /** One list on its way into the queue. */
    private final class Run {
        private final String account;
        private final Tier tier;
        private final int queuedBefore;
        private final Instant now;
        private final String actor;
        private final List<Draft> drafts = new ArrayList<>(BATCH);
        private final List<Long> lines = new ArrayList<>(BATCH);
        private final List<RefusedRow> refusals = new ArrayList<>();
        private final List<RefusedRow> refused = new ArrayList<>();
        private long rows;
        private long enqueued;
        private long refusedRows;

        Run(String account, Tier tier, int queuedBefore, Instant now, String actor) {
            this.account = account;
            this.tier = tier;
            this.queuedBefore = queuedBefore;
            this.now = now;
            this.actor = actor;
        }

        void take(DraftCsv.Row row) {
            rows++;
            if (row instanceof DraftCsv.Row.Refused unfit) {
                refusals.add(new RefusedRow(unfit.line(), unfit.refusal().code(), unfit.sentence(), null, null));
            } else {
                take(row.line(), ((DraftCsv.Row.Filled) row).draft());
            }
            if (drafts.size() + refusals.size() >= BATCH) {
                flush();
            }
        }

        private void take(long line, DraftInput input) {
            Checked checked = input.check(tier);
            if (checked instanceof Checked.Refused wrong) {
                refusals.add(
                        new RefusedRow(line, wrong.refusal().code(), sentence(wrong), shown(input.profile()), null));
            } else {
                drafts.add(((Checked.Accepted) checked).draft());
                lines.add(line);
            }
        }

        /** Ends a batch. What the queue refuses is told between what was refused before, by line. */
        void flush() {
            List<Admission> admissions = queue.admit(account, drafts, (int) (queuedBefore + enqueued), now, actor);
            for (int i = 0; i < admissions.size(); i++) {
                if (admissions.get(i) instanceof Admission.Refused no) {
                    refusals.add(new RefusedRow(
                            lines.get(i),
                            no.code().text(),
                            no.detail(),
                            drafts.get(i).profile().slug(),
                            no.availableAt()));
                } else {
                    enqueued++;
                }
            }
            refusedRows += refusals.size();
            refusals.stream()
                    .sorted(Comparator.comparingLong(RefusedRow::line))
                    .limit(mostRefusals - refused.size())
                    .forEach(refused::add);
            refusals.clear();
            drafts.clear();
            lines.clear();
        }
    }

    private static String sentence(Checked.Refused wrong) {
        StringBuilder sentence = new StringBuilder();
        for (Violation violation : wrong.violations()) {
            sentence.append(sentence.isEmpty() ? "" : " ")
                    .append(violation.field())
                    .append(": ")
                    .append(violation.message());
        }
        return sentence.toString();
    }

    private static String shown(String profile) {
        return profile == null ? null : Problem.shown(profile, 200);
    }

    private Path spool(InputStream csv) {
        try {
            Path file = Files.createTempFile("pacer-import-", ".csv");
            try (OutputStream out = Files.newOutputStream(file)) {
                copy(csv, out);
                return file;
            } catch (IOException | RuntimeException failure) {
                discard(file);
                throw failure;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void copy(InputStream csv, OutputStream out) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long copied = 0;
        for (int read = receive(csv, buffer); read >= 0; read = receive(csv, buffer)) {
            copied += read;
            if (copied > largest) {
                throw Problem.of(
                        Code.TOO_LARGE,
                        "A list may hold " + largest + " bytes (setting pacer.limits.import-body); send it in parts.");
            }
            out.write(buffer, 0, read);
        }
    }

    private static int receive(InputStream csv, byte[] buffer) {
        try {
            return csv.read(buffer);
        } catch (IOException gone) {
            throw Problem.of(Code.UNREADABLE, "The list ended before it was complete; nothing of it was enqueued.");
        }
    }

    private static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException leftBehind) {
            file.toFile().deleteOnExit();
        }
    }
}
