package dev.invitepacer.invitation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

import dev.invitepacer.account.Accounts;
import dev.invitepacer.account.OnCooldown;
import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.journal.Journal;
import dev.invitepacer.time.ServiceClock;
import dev.invitepacer.web.Code;
import dev.invitepacer.web.DatabaseTrouble;
import dev.invitepacer.web.Problem;
import dev.invitepacer.web.Slice;
import dev.invitepacer.web.StrictJson;

/**
 * Imports a list of drafts, batch by batch: each is one transaction under the account's lock, which is free in between,
 * so that releases and reports go on meanwhile. A list that cannot be read to its end leaves nothing behind, since it is
 * read once before. Memory holds one batch of rows, and the rows that are listed.
 */
@Startup
@ApplicationScoped
public class Import {
    private static final Logger LOG = Logger.getLogger(Import.class);
    private static final int STOP_ATTEMPTS = 10;
    private static final long STOP_PAUSE_NANOS = 200_000_000;

    private final Accounts accounts;
    private final Imports imports;
    private final ImportBatch batches;
    private final Journal journal;
    private final ServiceClock clock;
    private final StrictJson json;
    private final int mostListed;
    private final Counter rows;
    private final Counter stops;

    private volatile boolean stopping;

    Import(
            Accounts accounts,
            Imports imports,
            ImportBatch batches,
            Journal journal,
            ServiceClock clock,
            StrictJson json,
            PacerConfig config,
            MeterRegistry metrics) {
        this.accounts = accounts;
        this.imports = imports;
        this.batches = batches;
        this.journal = journal;
        this.clock = clock;
        this.json = json;
        this.mostListed = config.limits().importRefusals();
        this.rows = Counter.builder("pacer.import.rows")
                .description("Rows of lists that have been dealt with")
                .register(metrics);
        this.stops = Counter.builder("pacer.import.stops")
                .description("Imports that ended before the end of their list")
                .register(metrics);
    }

    /**
     * An import that is open: who it is for, and what it may do.
     *
     * @param onCooldown what happens to those who cannot be invited yet; null for the account's setting
     */
    record Opened(String account, long id, boolean isDryRun, OnCooldown onCooldown, String actor) {}

    /** Reads a list once, and opens its import; UNREADABLE with the line where it cannot be read to its end. */
    Opened open(String account, DraftList list, boolean isDryRun, OnCooldown onCooldown, String actor) {
        requireReadable(list);
        long id = imports.open(account, list.format(), isDryRun, list.length(), actor);
        return new Opened(account, id, isDryRun, onCooldown, actor);
    }

    /** Takes the whole list; throws the problem that it must stop for, after having written so. */
    void run(Opened opened, DraftList list) {
        Tally tally = new Tally(mostListed);
        try {
            takeAll(opened, list, tally);
            end(opened, ImportState.DONE, null, tally);
        } catch (IOException | RuntimeException failure) {
            stops.increment();
            throw stopped(opened, tally, failure);
        }
    }

    private void requireReadable(DraftList list) {
        try (Slice bytes = list.open()) {
            Iterator<DraftCsv.Row> reader = list.rows(bytes, json);
            if (list.format() == ListFormat.CSV) {
                // Of lines of JSON, each is good or bad by itself.
                reader.forEachRemaining(row -> {});
            }
        } catch (UnreadableCsv unreadable) {
            throw Problem.builder(
                            Code.UNREADABLE,
                            "Line " + unreadable.line() + ": " + unreadable.getMessage()
                                    + " Nothing of the list was enqueued.")
                    .with("line", unreadable.line())
                    .build();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void takeAll(Opened opened, DraftList list, Tally tally) throws IOException {
        int queuedBefore = opened.isDryRun ? batches.length(opened.account) : 0;
        Queue.Seen seen = new Queue.Seen();
        DraftRules rules = batches.rules(opened.account);
        try (Slice bytes = list.open();
                ReadAhead reader = new ReadAhead(list.rows(bytes, json), bytes, rules)) {
            for (SortedRows batch = reader.next(); batch.size() > 0; batch = reader.next()) {
                if (stopping) {
                    throw Problem.of(Code.BUSY, "The service is stopping.");
                }
                if (opened.isDryRun) {
                    batches.judge(opened, batch, tally, queuedBefore, seen);
                } else {
                    batches.take(opened, batch, tally);
                }
                rows.increment(batch.size());
            }
        }
    }

    private void end(Opened opened, ImportState how, String detail, Tally tally) {
        QuarkusTransaction.requiringNew().run(() -> {
            accounts.lock(opened.account);
            var now = clock.now();
            if (!imports.end(opened.account, opened.id, how, detail, tally, now)) {
                throw new ImportBatch.LostException();
            }
            if (!opened.isDryRun) {
                tell(opened, how, now);
            }
        });
    }

    private void tell(Opened opened, ImportState how, Instant now) {
        ImportView view = imports.known(opened.account, opened.id).orElseThrow();
        journal.tell(
                opened.account,
                null,
                now,
                how == ImportState.DONE ? "list.imported" : "list.stopped",
                opened.actor,
                Map.of(
                        "import", view.id(),
                        "rows", view.rows(),
                        "enqueued", view.enqueued(),
                        "refused", view.refusedRows(),
                        "advised", view.advisedRows()));
    }

    /** Ends what its process can no longer end; the rows that it would have listed are lost with it. */
    void stopOrphan(Imports.Orphan orphan) {
        QuarkusTransaction.requiringNew().run(() -> {
            accounts.lock(orphan.account());
            if (imports.isOrphan(orphan)) {
                var now = clock.now();
                ImportView view = imports.known(orphan.account(), orphan.id()).orElseThrow();
                imports.end(
                        orphan.account(),
                        orphan.id(),
                        ImportState.STOPPED,
                        sentence("The process that took it has ended.", view.lastLine()),
                        null,
                        now);
                if (!view.dryRun()) {
                    tell(new Opened(orphan.account(), orphan.id(), false, null, "import"), ImportState.STOPPED, now);
                }
                stops.increment();
            }
        });
    }

    private RuntimeException stopped(Opened opened, Tally tally, Exception failure) {
        Optional<Code> trouble = DatabaseTrouble.in(failure);
        String why = trouble.isPresent()
                ? "The database " + (trouble.get() == Code.BUSY ? "had no time." : "went away.")
                : failure instanceof HttpProblem problem
                        ? problem.getDetail()
                        : "The service failed; its log tells why.";
        if (trouble.isEmpty() && !(failure instanceof HttpProblem)) {
            LOG.errorf(failure, "Import %d of account %s stopped", opened.id, opened.account);
        }
        for (int i = 0; i < STOP_ATTEMPTS; i++) {
            try {
                // A commit may have happened though its answer was lost: only the table knows the last line.
                long line = imports.known(opened.account, opened.id)
                        .map(ImportView::lastLine)
                        .orElse(0L);
                end(opened, ImportState.STOPPED, sentence(why, line), tally);
                return problem(opened, trouble.orElse(Code.BUSY), sentence(why, line), line);
            } catch (HttpProblem accountGone) {
                return accountGone;
            } catch (RuntimeException unwritten) {
                LOG.infof(
                        "That import %d of account %s stopped is not written: %s",
                        opened.id, opened.account, DatabaseTrouble.sentence(unwritten));
                LockSupport.parkNanos(STOP_PAUSE_NANOS);
            }
        }
        return problem(
                opened,
                trouble.orElse(Code.BUSY),
                why + " How far it came is told at the import's address. Send the whole list again: whoever is queued"
                        + " already is not queued twice.",
                tally.lastLine());
    }

    private static String sentence(String why, long line) {
        return why + " Every row up to line " + line
                + " is dealt with, none after it. Send the whole list again: whoever is queued already is not queued twice.";
    }

    private static RuntimeException problem(Opened opened, Code code, String sentence, long line) {
        return Problem.builder(code, sentence)
                .with("import", opened.id)
                .with("line", line)
                .build();
    }

    void stop(@Observes @Priority(1) ShutdownEvent event) {
        stopping = true;
    }
}
