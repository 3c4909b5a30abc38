package dev.invitepacer.insight;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.invitepacer.account.Channel;
import dev.invitepacer.pacing.Reason;
import dev.invitepacer.release.PacingView;

/**
 * All accounts, the worst first.
 *
 * @param accounts counts of all, whatever was asked for
 * @param next the cursor of the next page; null on the last
 */
public record OverviewView(Instant now, Accounts accounts, List<Row> items, String next) {
    /**
     * @param holding those that wait for something that time alone does not bring
     * @param byReason why nothing was released at the last look; only reasons that there are
     * @param byTrouble only troubles that there are
     */
    public record Accounts(int total, int holding, Map<String, Integer> byReason, Map<Trouble, Integer> byTrouble) {}

    /**
     * One account.
     *
     * @param fault what is wrong with its stored settings, of which nothing else is known then; null where nothing is
     * @param trouble what is the matter; null where nothing is
     * @param troubleSince null where nothing is, or nobody can say
     * @param since since when that is the reason; null with RELEASE, and where it is so from this instant on
     */
    public record Row(
            String account,
            String name,
            String timeZone,
            Channel channel,
            String fault,
            Trouble trouble,
            Instant troubleSince,
            String decision,
            Reason reason,
            Instant since,
            Instant until,
            String pauseReason,
            String restriction,
            Instant nextReleaseAt,
            Duration interval,
            BigDecimal paceIndex,
            PacingView.Window window,
            PacingView.Pending pending,
            PacingView.Queue queue,
            Tasks tasks,
            Figures.Acceptance acceptance) {
        /** Of one whose settings cannot be read: it releases nothing. */
        static Row broken(Troubles.Standing standing, String fault) {
            return new Row(
                    standing.account(),
                    standing.name() == null ? standing.account() : standing.name(),
                    "UTC",
                    null,
                    fault,
                    Trouble.FAILING,
                    null,
                    null,
                    null,
                    null,
                    null,
                    standing.pauseReason(),
                    standing.restriction(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
        }
    }

    /**
     * @param open SEND tasks that are not done, as many as {@code limit} at most
     * @param oldestAt when the oldest of them was opened; null where there is none
     * @param failed tasks of any kind at which an automatic sender failed
     * @param inDoubt tasks of which nobody knows whether they were done
     */
    public record Tasks(int open, int limit, Instant oldestAt, int failed, int inDoubt) {}
}
