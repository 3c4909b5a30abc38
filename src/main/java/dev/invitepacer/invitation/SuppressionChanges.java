package dev.invitepacer.invitation;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.web.Code;
import dev.invitepacer.web.Problem;

/**
 * Puts people on the suppression list and takes their drafts out of all queues.
 *
 * <p>First the list, which is committed, then the queues, account by account, each under its own lock: from the first
 * commit on nobody on the list is enqueued, and what is queued already is refused when it is to be released, should this
 * end before it comes to an account. Sending the same request again does the rest.
 */
@ApplicationScoped
public class SuppressionChanges {
    private static final int BATCH = 1_000;

    private final Suppressions suppressions;
    private final long largest;
    private final int mostRefusals;

    SuppressionChanges(Suppressions suppressions, PacerConfig config) {
        this.suppressions = suppressions;
        this.largest = config.limits().suppressionBody().asLongValue();
        this.mostRefusals = config.limits().importRefusals();
    }

    /** Whether the person was not on the list before, and how many of their drafts were taken out of queues. */
    public record Put(boolean isNew, long cancelled) {}

    /**
     * What became of a list.
     *
     * @param added who was not on the list; in a dry run: who would be added
     * @param already rows for those who were on it, and repeated ones
     * @param refusedRows how many rows were refused, those not listed included
     * @param cancelled how many drafts were taken out of queues; in a dry run: how many would be
     */
    public record Listed(
            boolean dryRun,
            long rows,
            long added,
            long already,
            long refusedRows,
            long cancelled,
            List<RefusedRow> refused) {}

    /** @param line the line of the file on which the row begins; the header is line 1 */
    public record RefusedRow(long line, String code, String detail, String profile) {}

    Put put(Profile person, String reason, String actor) {
        boolean isNew = suppressions.put(person, reason, actor);
        return new Put(isNew, cancel(List.of(person.slug())));
    }

    /** Takes a list whole or, where it cannot be read to its end, not at all; rows that make no sense are told. */
    Listed take(InputStream csv, boolean dryRun, String actor) {
        SuppressionCsv.Read list = read(csv);
        long added = dryRun
                ? list.reasons().size() - suppressions.countOf(list.reasons().keySet())
                : suppressions.add(list.reasons(), actor);
        long cancelled = dryRun
                ? suppressions.queuedOf(list.reasons().keySet())
                : cancel(list.reasons().keySet());
        return new Listed(
                dryRun,
                list.rows(),
                added,
                list.rows() - list.refused().size() - added,
                list.refused().size(),
                cancelled,
                list.refused().stream()
                        .limit(mostRefusals)
                        .map(SuppressionChanges::shown)
                        .toList());
    }

    private long cancel(Collection<String> slugs) {
        List<String> all = new ArrayList<>(slugs);
        long cancelled = 0;
        for (int from = 0; from < all.size(); from += BATCH) {
            List<String> batch = all.subList(from, Math.min(from + BATCH, all.size()));
            for (String account : suppressions.queuesOf(batch)) {
                cancelled += suppressions.cancelIn(account, batch);
            }
        }
        return cancelled;
    }

    private SuppressionCsv.Read read(InputStream csv) {
        try {
            return SuppressionCsv.read(new ByteArrayInputStream(whole(csv)));
        } catch (UnreadableCsv unreadable) {
            throw Problem.builder(
                            Code.UNREADABLE,
                            "Line " + unreadable.line() + ": " + unreadable.getMessage()
                                    + " Nobody of the list was added.")
                    .with("line", unreadable.line())
                    .build();
        }
    }

    /** Whole before anything is changed, so that a broken upload leaves nothing behind. */
    private byte[] whole(InputStream csv) {
        try {
            byte[] bytes = csv == null ? new byte[0] : csv.readNBytes((int) Math.min(largest + 1, Integer.MAX_VALUE));
            if (bytes.length > largest) {
                throw Problem.of(
                        Code.TOO_LARGE,
                        "A suppression list may hold " + largest
                                + " bytes (setting pacer.limits.suppression-body); send it in parts.");
            }
            return bytes;
        } catch (IOException gone) {
            throw Problem.of(Code.UNREADABLE, "The list ended before it was complete; nobody of it was added.");
        }
    }

    private static RefusedRow shown(SuppressionCsv.Refused refused) {
        String code = refused.detail().startsWith("profile") ? Code.PROFILE_INVALID.text() : Code.INVALID.text();
        return new RefusedRow(refused.line(), code, refused.detail(), Problem.shown(refused.profile(), 200));
    }
}
