package dev.invitepacer.insight;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.account.Accounts;
import dev.invitepacer.pacing.CapCourse;
import dev.invitepacer.pacing.Decision;
import dev.invitepacer.pacing.Forecast;
import dev.invitepacer.pacing.PendingOutlook;
import dev.invitepacer.pacing.QueuedCampaign;
import dev.invitepacer.pacing.QueuedDraft;
import dev.invitepacer.pacing.ReleaseWindow;
import dev.invitepacer.release.ForecastInputs;

/** Answers what an account is going to release. */
@ApplicationScoped
class Foretelling {
    /** How many drafts are read of a queue. */
    private static final int MOST_READ = 20_000;

    private final ForecastInputs inputs;
    private final QueueCounts queue;
    private final Outstanding outstanding;

    Foretelling(ForecastInputs inputs, QueueCounts queue, Outstanding outstanding) {
        this.inputs = inputs;
        this.queue = queue;
        this.outstanding = outstanding;
    }

    /** An account's forecast from {@code now} on; a 404 answer where there is no such account. */
    ForecastView of(String account, ForecastQuestion question, Instant now) {
        Instant until = now.plus(Duration.ofHours(24L * question.days()));
        ForecastInputs.Start start =
                inputs.of(account, now, until, MOST_READ).orElseThrow(() -> Accounts.unknown(account));
        AccountSettings settings = start.settings();
        ZoneId zone = settings.timeZone();
        List<Instant> dates = dates(now, until, zone);
        Outstanding.Answers answers = outstanding.answers(account, settings, now);
        Foretold told = foretold(account, settings, answers, start.inputs(), now, until, dates);
        QueueCounts.Counts counts = queue.of(account, now, until.plus(ReleaseWindow.WEEK));
        List<ForecastView.NotWithin> notWithin = notWithin(counts, start.inputs(), told.forecast(), until);
        Instant emptyAt = emptyAt(told, notWithin);
        return new ForecastView(
                account,
                now,
                until,
                question.days(),
                name(start.decision()),
                start.decision() instanceof Decision.Wait wait
                        ? wait.reason()
                        : start.decision() instanceof Decision.Hold hold ? hold.reason() : null,
                told.forecast().end() instanceof Forecast.End.Empty
                        ? until
                        : told.forecast().endsAt(),
                releases(account, told.forecast()),
                told.forecast().releases().size(),
                notWithin,
                emptyAt,
                pending(start.inputs(), settings, answers, told.pending(), zone),
                told.perDay(zone).entrySet().stream()
                        .map(day -> new ForecastView.Day(day.getKey(), day.getValue()))
                        .toList(),
                told.perWeek(now),
                question.isWhatIf()
                        ? whatIf(account, question, start, answers, told, emptyAt, counts, now, until, dates)
                        : null);
    }

    private Foretold foretold(
            String account,
            AccountSettings settings,
            Outstanding.Answers answers,
            Forecast.Inputs from,
            Instant now,
            Instant until,
            List<Instant> dates) {
        Forecast forecast = Forecast.of(from, until);
        return Foretold.of(forecast, outstanding.outlook(account, settings, answers, forecast, now, dates));
    }

    private ForecastView.WhatIf whatIf(
            String account,
            ForecastQuestion question,
            ForecastInputs.Start start,
            Outstanding.Answers answers,
            Foretold told,
            Instant emptyAt,
            QueueCounts.Counts counts,
            Instant now,
            Instant until,
            List<Instant> dates) {
        Forecast.Inputs inputs = start.inputs();
        CapCourse caps = inputs.caps();
        if (question.weeklyCap() != null) {
            inputs = inputs.withCaps(caps.withConfigured(question.weeklyCap()));
        }
        if (question.drafts() != null) {
            inputs = MoreDrafts.in(inputs, question.drafts());
            counts = counts.withMore(question.drafts());
        }
        Foretold other = foretold(account, start.settings(), answers, inputs, now, until, dates);
        Instant otherEmptyAt = emptyAt(other, notWithin(counts, inputs, other.forecast(), until));
        return new ForecastView.WhatIf(
                question.weeklyCap(),
                question.drafts(),
                other.forecast().releases().size(),
                other.perWeek(now),
                otherEmptyAt,
                other.pending().reachedAt().orElse(null),
                other.forecast().releases().size() - told.forecast().releases().size(),
                emptyAt == null || otherEmptyAt == null ? null : Duration.between(emptyAt, otherEmptyAt));
    }

    private List<ForecastView.Release> releases(String account, Forecast forecast) {
        List<Forecast.Release> shown =
                forecast.releases().stream().limit(ForecastView.MOST_RELEASES).toList();
        Map<Long, String> profiles = queue.profiles(
                account, shown.stream().map(Forecast.Release::draft).toList());
        return shown.stream()
                .map(release -> new ForecastView.Release(
                        release.draft(),
                        profiles.get(release.draft()),
                        release.campaign().isEmpty() ? null : release.campaign(),
                        release.at(),
                        release.isBare()))
                .toList();
    }

    /** When the queue is empty, but for drafts that lapse; null if that is not within the forecast. */
    private static Instant emptyAt(Foretold told, List<ForecastView.NotWithin> notWithin) {
        boolean isEmptied = told.forecast().left() == 0
                && notWithin.stream().allMatch(one -> one.reason().equals("LAPSES"));
        return isEmptied ? told.emptyAt() : null;
    }

    private static List<ForecastView.NotWithin> notWithin(
            QueueCounts.Counts counts, Forecast.Inputs inputs, Forecast forecast, Instant until) {
        Map<String, Integer> reasons = new TreeMap<>();
        Set<Long> gone = new HashSet<>();
        forecast.releases().forEach(release -> gone.add(release.draft()));
        int noted = counts.noted();
        int bare = counts.bare();
        for (QueuedCampaign campaign : inputs.campaigns()) {
            for (QueuedDraft draft : campaign.drafts()) {
                noted -= draft.hasNote() ? 1 : 0;
                bare -= draft.hasNote() ? 0 : 1;
                if (!gone.contains(draft.id())) {
                    reasons.merge(
                            campaign.isPaused() ? "CAMPAIGN_PAUSED" : reason(draft, forecast, until), 1, Integer::sum);
                }
            }
        }
        reasons.merge("CAMPAIGN_PAUSED", counts.paused(), Integer::sum);
        reasons.merge("NOT_BEFORE", counts.later(), Integer::sum);
        reasons.merge(forecast.holdsNotes() ? "NOTE_QUOTA" : end(forecast), Math.max(0, noted), Integer::sum);
        reasons.merge(end(forecast), Math.max(0, bare), Integer::sum);
        return reasons.entrySet().stream()
                .filter(reason -> reason.getValue() > 0)
                .map(reason -> new ForecastView.NotWithin(reason.getKey(), reason.getValue()))
                .toList();
    }

    private static String reason(QueuedDraft draft, Forecast forecast, Instant until) {
        if (draft.lapsesAt() != null && !draft.lapsesAt().isAfter(until)) {
            return "LAPSES";
        }
        if (draft.notBefore() != null && draft.notBefore().isAfter(until)) {
            return "NOT_BEFORE";
        }
        return draft.hasNote() && forecast.holdsNotes() ? "NOTE_QUOTA" : end(forecast);
    }

    private static String end(Forecast forecast) {
        if (forecast.end() instanceof Forecast.End.Held held) {
            return held.reason().name();
        }
        return forecast.end() instanceof Forecast.End.Unread ? "UNREAD" : "AFTER_HORIZON";
    }

    private static ForecastView.Pending pending(
            Forecast.Inputs inputs,
            AccountSettings settings,
            Outstanding.Answers answers,
            PendingOutlook outlook,
            ZoneId zone) {
        return new ForecastView.Pending(
                inputs.state().pending(),
                settings.pendingThreshold(),
                outlook.reachedAt().orElse(null),
                answers.isOwn() ? "OWN" : "PUBLISHED",
                rounded(answers.rate(), 4),
                outlook.course().stream()
                        .map(one -> new ForecastView.Expected(
                                LocalDate.ofInstant(one.at(), zone),
                                rounded(one.expected(), 1),
                                rounded(one.low(), 1),
                                rounded(one.high(), 1)))
                        .toList());
    }

    /** The beginnings of the local dates after {@code now}, up to {@code until}. */
    static List<Instant> dates(Instant now, Instant until, ZoneId zone) {
        List<Instant> dates = new ArrayList<>();
        LocalDate date = LocalDate.ofInstant(now, zone).plusDays(1);
        for (Instant at = date.atStartOfDay(zone).toInstant(); !at.isAfter(until); ) {
            dates.add(at);
            date = date.plusDays(1);
            at = date.atStartOfDay(zone).toInstant();
        }
        return dates;
    }

    static BigDecimal rounded(double value, int decimals) {
        return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP);
    }

    static String name(Decision decision) {
        if (decision instanceof Decision.Release) {
            return "RELEASE";
        }
        return decision instanceof Decision.Wait ? "WAIT" : "HOLD";
    }
}
