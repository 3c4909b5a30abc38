package dev.invitepacer.insight;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.invitepacer.pacing.Reason;
import dev.invitepacer.release.NotesView;
import dev.invitepacer.release.PacingView;

/**
 * What a change of settings would do.
 *
 * @param changes the settings that would be others, each with {@code from} and {@code to}
 * @param moreReleased how many more are released until then, negative for fewer
 * @param emptyLaterBy how much later the queue is empty, negative for sooner; null where either is not foreseen
 * @param queuedNowRefused queued drafts that would not go any more once their turn comes, and would without the change
 * @param looked how many queued drafts were asked about for that; none where the change cannot do it
 */
public record PreviewView(
        String account,
        Instant now,
        Instant until,
        Map<String, Object> changes,
        Side before,
        Side after,
        int moreReleased,
        Duration emptyLaterBy,
        List<ForecastView.NotWithin> queuedNowRefused,
        int looked) {

    /**
     * With one settings or the other.
     *
     * @param until when the reason ends; null with RELEASE and HOLD
     * @param perWeek the releases of each 168 hours from now on, up to the last that has some
     * @param knownUntil from then on nothing can be told
     */
    public record Side(
            String decision,
            Reason reason,
            Instant until,
            Instant nextReleaseAt,
            Duration interval,
            PacingView.Cap cap,
            int released,
            List<Integer> perWeek,
            Instant queueEmptyAt,
            Instant knownUntil,
            Instant pendingReachedAt,
            List<ForecastView.NotWithin> notWithin,
            NotesView notes) {

        static Side of(PacingView pace, ForecastView forecast) {
            return new Side(
                    pace.decision(),
                    pace.reason(),
                    pace.until(),
                    pace.nextReleaseAt(),
                    pace.interval(),
                    pace.cap(),
                    forecast.released(),
                    forecast.perWeek(),
                    forecast.queueEmptyAt(),
                    forecast.knownUntil(),
                    forecast.pending().reachedAt(),
                    forecast.notWithin(),
                    pace.notes());
        }
    }
}
