package dev.invitepacer.insight;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import dev.invitepacer.pacing.Reason;

/**
 * What an account is going to release if nothing changes.
 *
 * @param until how far it looks
 * @param decision RELEASE, WAIT or HOLD, at {@code now}
 * @param reason why nothing is released right now; null with RELEASE
 * @param knownUntil from then on it cannot tell: something holds the account, or drafts that were not read are next;
 *     otherwise {@code until}
 * @param releases the first {@value #MOST_RELEASES}, in order
 * @param released how many there are in all
 * @param notWithin why the others do not go; only reasons that there are
 * @param queueEmptyAt when no draft is left; null if that is not foreseen
 * @param perDay local dates that have releases
 * @param perWeek the releases of each 168 hours from now on, up to the last that has some
 * @param whatIf null where nothing was asked
 */
public record ForecastView(
        String account,
        Instant now,
        Instant until,
        int days,
        String decision,
        Reason reason,
        Instant knownUntil,
        List<Release> releases,
        int released,
        List<NotWithin> notWithin,
        Instant queueEmptyAt,
        Pending pending,
        List<Day> perDay,
        List<Integer> perWeek,
        WhatIf whatIf) {

    static final int MOST_RELEASES = 1_000;

    /**
     * @param campaign null for none
     * @param bare whether it goes without its note, since the month's notes are used up
     */
    public record Release(long invitation, String profile, String campaign, Instant at, boolean bare) {}

    /**
     * @param reason AFTER_HORIZON, NOT_BEFORE, LAPSES, NOTE_QUOTA, CAMPAIGN_PAUSED, UNREAD, or what holds the account:
     *     PAUSED, TASKS_OPEN, PENDING_THRESHOLD, OUTSIDE_ACTIVE_HOURS
     */
    public record NotWithin(String reason, int count) {}

    /**
     * @param reachedAt the first release that would find as many pending as the threshold; null if none does
     * @param answers OWN where the account's own answer times are used, otherwise PUBLISHED
     * @param acceptanceRate the share that is taken to accept some time, to four decimals
     * @param course at the beginning of each of the next local dates
     */
    public record Pending(
            int now,
            int threshold,
            Instant reachedAt,
            String answers,
            BigDecimal acceptanceRate,
            List<Expected> course) {}

    /** @param low with {@code high}, the range in which it lies 95 times of 100 */
    public record Expected(LocalDate date, BigDecimal expected, BigDecimal low, BigDecimal high) {}

    public record Day(LocalDate date, int releases) {}

    /**
     * The same with another cap or more drafts.
     *
     * @param perWeek the releases of each 168 hours from now on, up to the last that has some
     * @param moreReleased how many more are released within the forecast
     * @param emptyLaterBy how much later the queue is empty, negative for sooner; null where either is not foreseen
     */
    public record WhatIf(
            Integer weeklyCap,
            Integer drafts,
            int released,
            List<Integer> perWeek,
            Instant queueEmptyAt,
            Instant pendingReachedAt,
            int moreReleased,
            Duration emptyLaterBy) {}
}
