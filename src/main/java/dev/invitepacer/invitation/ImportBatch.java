package dev.invitepacer.invitation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.account.Accounts;
import dev.invitepacer.account.Pace;
import dev.invitepacer.time.ServiceClock;

/** Deals with one batch of a list, in one transaction; a real one under the account's lock, a dry one without. */
@ApplicationScoped
class ImportBatch {
    private final Accounts accounts;
    private final Queue queue;
    private final Templates templates;
    private final NoteQuota notes;
    private final Imports imports;
    private final ServiceClock clock;

    ImportBatch(
            Accounts accounts, Queue queue, Templates templates, NoteQuota notes, Imports imports, ServiceClock clock) {
        this.accounts = accounts;
        this.queue = queue;
        this.templates = templates;
        this.notes = notes;
        this.imports = imports;
        this.clock = clock;
    }

    /** The import's lease is lost: somebody else has ended it. */
    static final class LostException extends RuntimeException {
        LostException() {
            super("The import was ended by somebody else.");
        }
    }

    @Transactional(TxType.REQUIRES_NEW)
    public DraftRules rules(String account) {
        return templates.snapshot(account, accounts.settings(account));
    }

    @Transactional(TxType.REQUIRES_NEW)
    public int length(String account) {
        return queue.length(account);
    }

    /** Enqueues what is good, and writes how far the import is. */
    @Transactional(TxType.REQUIRES_NEW)
    public void take(Import.Opened opened, SortedRows batch, Tally tally) {
        String account = opened.account();
        Pace pace = accounts.lock(account);
        AccountSettings settings = accounts.settings(account);
        SortedRows sorted = batch.forRules(templates.snapshot(account, settings));
        List<RefusedRow> refused = new ArrayList<>(sorted.refused());
        Instant now = clock.now();
        NoteAllowance allowance = notes.allowance(account, settings, now);
        List<Admission> admissions = queue.admit(
                account, sorted.drafts(), queue.length(account), allowance, now, opened.actor(), opened.onCooldown());
        List<AdvisedRow> advised = new ArrayList<>();
        int enqueued = 0;
        for (int i = 0; i < admissions.size(); i++) {
            if (admissions.get(i) instanceof Admission.Refused no) {
                refused.add(refused(sorted, i, no));
            } else {
                enqueued++;
                advised.addAll(sorted.advised(i));
            }
        }
        if (enqueued > 0) {
            pace.wake(now);
        }
        tally.addBeyondNotes(allowance.beyond());
        tally.add(sorted, enqueued, refused, advised);
        writeProgress(opened, sorted, tally, now);
    }

    /** Tells what would become of it; {@code seen} is what earlier batches would have enqueued. */
    @Transactional(TxType.REQUIRES_NEW)
    public void judge(Import.Opened opened, SortedRows batch, Tally tally, int queuedBefore, Queue.Seen seen) {
        String account = opened.account();
        AccountSettings settings = accounts.settings(account);
        SortedRows sorted = batch.forRules(templates.snapshot(account, settings));
        List<RefusedRow> refused = new ArrayList<>(sorted.refused());
        Instant now = clock.now();
        int queued = queuedBefore + (int) tally.enqueued();
        if (seen.notes == null) {
            seen.notes = notes.allowance(account, settings, now);
        }
        long beyondBefore = seen.notes.beyond();
        List<Queue.Judgement> judgements =
                queue.judge(account, sorted.drafts(), queued, now, opened.onCooldown(), seen);
        List<AdvisedRow> advised = new ArrayList<>();
        int enqueued = 0;
        for (int i = 0; i < judgements.size(); i++) {
            if (judgements.get(i).refused() == null) {
                enqueued++;
                advised.addAll(sorted.advised(i));
            } else {
                refused.add(refused(sorted, i, judgements.get(i).refused()));
            }
        }
        tally.addBeyondNotes(seen.notes.beyond() - beyondBefore);
        tally.add(sorted, enqueued, refused, advised);
        writeProgress(opened, sorted, tally, now);
    }

    private void writeProgress(Import.Opened opened, SortedRows batch, Tally tally, Instant now) {
        if (!imports.progress(opened, tally, batch.bytesRead(), now)) {
            throw new LostException();
        }
    }

    private static RefusedRow refused(SortedRows sorted, int at, Admission.Refused no) {
        return new RefusedRow(
                sorted.line(at),
                no.code().text(),
                no.detail(),
                sorted.drafts().get(at).profile().slug(),
                no.availableAt());
    }
}
