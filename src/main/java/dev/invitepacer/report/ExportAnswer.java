package dev.invitepacer.report;

import java.util.List;

/**
 * What an export came to.
 *
 * @param member whose export it is, as far as it tells: the slug of whoever sent the invitations in it
 * @param accepted people whose invitation was accepted, as is new
 * @param sent released invitations of which it is new that they were sent
 * @param sentByHand people who were invited by hand, as is new
 * @param earlier invitations sent by hand that are over by now; they count towards the cap, and no more
 * @param leftQueue drafts that left the queue, because they were sent by hand or the person is a connection
 * @param already rows that say what is known
 * @param candidates people whom the export shows as invited and who have not answered, as far as it tells
 * @param unseen pending invitations of which the export says nothing, which proves nothing
 * @param incoming invitations that the member received; passed over
 * @param neverInvited connections who were never invited from here; passed over and not kept
 * @param withoutUse rows that name nobody
 * @param doubtfulRows how many rows cannot be told apart; the first of them are in {@code doubtful}
 * @param refusedRows how many rows cannot be read; the first of them are in {@code refused}
 */
public record ExportAnswer(
        boolean dryRun,
        String member,
        long accepted,
        long sent,
        long sentByHand,
        long earlier,
        long leftQueue,
        long already,
        long candidates,
        long unseen,
        long incoming,
        long neverInvited,
        long withoutUse,
        long doubtfulRows,
        List<Row> doubtful,
        long refusedRows,
        List<Row> refused,
        Window window) {

    /**
     * A row that somebody has to look at.
     *
     * @param profile its address as the file has it, or the slug; null where there is none
     */
    public record Row(String file, long line, String name, String profile, String why) {}

    /**
     * What counts in the last 168 hours.
     *
     * @param before without what this export told
     * @param released with it
     * @param cap the account's {@code weeklyCap}
     */
    public record Window(long before, long released, int cap) {}

    /** Whether it brought anything new. */
    boolean hasNews() {
        return accepted + sent + sentByHand + earlier + leftQueue > 0;
    }
}
