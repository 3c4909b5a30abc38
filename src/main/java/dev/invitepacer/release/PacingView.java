package dev.invitepacer.release;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;

import dev.invitepacer.pacing.Decision;
import dev.invitepacer.pacing.EffectiveCap;
import dev.invitepacer.pacing.Limits;
import dev.invitepacer.pacing.Pacer;
import dev.invitepacer.pacing.Reason;
import dev.invitepacer.pacing.ReleaseWindow;

/**
 * What the pacer does now with an account, and why.
 *
 * @param reason why nothing is released right now; null with RELEASE
 * @param until when the reason ends; null with RELEASE and HOLD
 * @param nextReleaseAt when the next release happens if nothing else changes; null where nobody can say
 * @param interval the active time between two tokens
 * @param tokens the tokens in the bucket, to three decimals, rounded down
 * @param paceIndex what was released in the last 168 hours, of what the present interval would have let go in the active
 *     time since the first of it was queued: 1 is on plan, less is behind; null where nothing was queued
 */
public record PacingView(
        String account,
        Instant now,
        String decision,
        Reason reason,
        Instant until,
        Instant nextReleaseAt,
        Duration interval,
        BigDecimal tokens,
        int burst,
        Cap cap,
        Window window,
        Pending pending,
        Tasks tasks,
        Queue queue,
        NotesView notes,
        BigDecimal paceIndex) {

    public record Cap(int configured, int effective, EffectiveCap.Cause cause) {}

    /**
     * @param released what counts in the last 168 hours
     * @param freeAt when fewer than the cap count; the present where that is so
     */
    public record Window(int released, int cap, Instant freeAt) {}

    public record Pending(int count, int threshold) {}

    public record Tasks(int open, int limit) {}

    /**
     * @param waiting queued invitations that may go now
     * @param held queued invitations that may only go later, or are of a paused campaign
     */
    public record Queue(int waiting, int held) {}

    static PacingView of(Situation situation, Backlog backlog, Instant now) {
        Limits limits = situation.limits();
        Decision decision = Pacer.decide(limits, situation.state(), now);
        ReleaseWindow window = situation.state().window();
        int released = window.count(now, ReleaseWindow.WEEK);
        Duration interval = limits.interval((long) released + situation.state().waiting());
        return new PacingView(
                situation.account(),
                now,
                name(decision),
                decision instanceof Decision.Wait wait
                        ? wait.reason()
                        : decision instanceof Decision.Hold hold ? hold.reason() : null,
                decision instanceof Decision.Wait wait ? wait.until() : null,
                Pacer.nextRelease(limits, situation.state(), now).orElse(null),
                interval,
                situation.state().bucket().tokens(limits.calendar(), interval, limits.effectiveBurst(), now),
                limits.effectiveBurst(),
                new Cap(
                        limits.cap().configured(),
                        limits.cap().effective(),
                        limits.cap().cause()),
                new Window(
                        released,
                        limits.cap().effective(),
                        window.freeAt(limits.cap().effective(), ReleaseWindow.WEEK, now)
                                .orElse(null)),
                new Pending(situation.state().pending(), limits.pendingThreshold()),
                new Tasks(situation.state().openTasks(), limits.openTaskLimit()),
                new Queue(backlog.waiting(), backlog.held()),
                backlog.notes(),
                backlog.since()
                        .map(since -> index(limits, released, interval, since, now))
                        .orElse(null));
    }

    private static BigDecimal index(Limits limits, int released, Duration interval, Instant since, Instant now) {
        Instant from = since.isBefore(now.minus(ReleaseWindow.WEEK)) ? now.minus(ReleaseWindow.WEEK) : since;
        long planned = limits.calendar().between(from, now).dividedBy(interval) + 1;
        return BigDecimal.valueOf(released).divide(BigDecimal.valueOf(planned), 3, RoundingMode.HALF_UP);
    }

    private static String name(Decision decision) {
        if (decision instanceof Decision.Release) {
            return "RELEASE";
        }
        return decision instanceof Decision.Wait ? "WAIT" : "HOLD";
    }
}
