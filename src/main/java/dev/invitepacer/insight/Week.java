package dev.invitepacer.insight;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.account.Accounts;
import dev.invitepacer.pacing.EffectiveCap;
import dev.invitepacer.pacing.Forecast;
import dev.invitepacer.pacing.IdealLine;
import dev.invitepacer.pacing.Limits;
import dev.invitepacer.pacing.ReleaseWindow;
import dev.invitepacer.pacing.Steps;
import dev.invitepacer.release.ForecastInputs;
import dev.invitepacer.release.PacingView;

/** Draws the week of an account: what the ledger says of it, and what is foreseen by the functions that decide. */
@ApplicationScoped
class Week {
    private static final int MOST_READ = 20_000;

    private final ForecastInputs inputs;
    private final Outstanding outstanding;
    private final WeekRows rows;

    Week(ForecastInputs inputs, Outstanding outstanding, WeekRows rows) {
        this.inputs = inputs;
        this.outstanding = outstanding;
        this.rows = rows;
    }

    WeekView of(String account, Period period, Instant now) {
        Instant horizon = period.to().isAfter(now) ? period.to() : now;
        ForecastInputs.Start start =
                inputs.of(account, now, horizon, MOST_READ).orElseThrow(() -> Accounts.unknown(account));
        AccountSettings settings = start.settings();
        Limits limits = start.inputs().limits();
        Duration interval =
                limits.interval((long) start.inputs().state().window().count(now, ReleaseWindow.WEEK)
                        + start.inputs().state().waiting());
        List<WeekView.Release> counted = rows.counted(account, period);
        List<WeekView.Release> releases = counted.stream()
                .filter(release -> !release.at().isBefore(period.from()))
                .toList();
        Optional<Foretold> foretold =
                period.to().isAfter(now) ? Optional.of(foretold(account, start, period, now)) : Optional.empty();
        return new WeekView(
                account,
                settings.name(),
                Overview.id(settings.timeZone()),
                now,
                period.from(),
                period.to(),
                interval,
                cap(limits.cap()),
                limits.calendar().spans(period.from(), period.to()),
                releases.stream().limit(WeekView.MOST_RELEASES).toList(),
                releases.size(),
                IdealLine.of(limits.calendar(), interval, period.from(), period.to()),
                window(counted, foretold, period),
                pending(account, start, period, now),
                foretold.map(told -> foreseen(account, told, period)).orElse(null));
    }

    private static PacingView.Cap cap(EffectiveCap cap) {
        return new PacingView.Cap(cap.configured(), cap.effective(), cap.cause());
    }

    private Foretold foretold(String account, ForecastInputs.Start start, Period period, Instant now) {
        AccountSettings settings = start.settings();
        // What goes at the very end is not in the picture any more.
        Forecast forecast = Forecast.of(start.inputs(), period.to().minusNanos(1_000));
        return Foretold.of(
                forecast,
                outstanding.outlook(
                        account,
                        settings,
                        outstanding.answers(account, settings, now),
                        forecast,
                        now,
                        marks(now, period, settings.timeZone())));
    }

    /** The beginnings of the local dates that are still to come, and the end. */
    private static List<Instant> marks(Instant now, Period period, ZoneId zone) {
        List<Instant> marks = new ArrayList<>(Foretelling.dates(now, period.to(), zone));
        if (marks.isEmpty() || marks.get(marks.size() - 1).isBefore(period.to())) {
            marks.add(period.to());
        }
        return marks;
    }

    private static List<Steps.Step> window(List<WeekView.Release> counted, Optional<Foretold> foretold, Period period) {
        Stream<Instant> foreseen = foretold.stream()
                .flatMap(told -> told.forecast().releases().stream())
                .map(Forecast.Release::at);
        return Steps.window(
                Stream.concat(counted.stream().map(WeekView.Release::at), foreseen)
                        .toList(),
                ReleaseWindow.WEEK,
                period.from(),
                period.to());
    }

    private WeekView.Pending pending(String account, ForecastInputs.Start start, Period period, Instant now) {
        // The present belongs to the past: what is pending now is the last step's count.
        Instant end = period.to().isAfter(now) ? now.plusNanos(1_000) : period.to();
        return new WeekView.Pending(
                start.settings().pendingThreshold(),
                start.inputs().state().pending(),
                Steps.of(rows.pending(account, period.from()), period.from(), end));
    }

    private WeekView.Foreseen foreseen(String account, Foretold told, Period period) {
        List<Forecast.Release> shown = told.forecast().releases().stream()
                .filter(release -> !release.at().isBefore(period.from()))
                .toList();
        List<Forecast.Release> first =
                shown.stream().limit(WeekView.MOST_RELEASES).toList();
        Map<Long, WeekRows.Person> people =
                rows.people(account, first.stream().map(Forecast.Release::draft).toList());
        Forecast.End end = told.forecast().end();
        return new WeekView.Foreseen(
                first.stream().map(release -> next(release, people)).toList(),
                shown.size(),
                end instanceof Forecast.End.Held || end instanceof Forecast.End.Unread
                        ? told.forecast().endsAt()
                        : period.to(),
                end instanceof Forecast.End.Held held ? held.reason() : null,
                told.pending().course().stream()
                        .filter(one -> !one.at().isBefore(period.from()))
                        .map(one -> new WeekView.Expected(
                                one.at(),
                                Foretelling.rounded(one.expected(), 1),
                                Foretelling.rounded(one.low(), 1),
                                Foretelling.rounded(one.high(), 1)))
                        .toList(),
                told.pending().reachedAt().orElse(null));
    }

    private static WeekView.Next next(Forecast.Release release, Map<Long, WeekRows.Person> people) {
        WeekRows.Person person = people.getOrDefault(release.draft(), new WeekRows.Person(null, null, null));
        return new WeekView.Next(
                release.at(),
                release.draft(),
                person.profile(),
                person.firstName(),
                person.lastName(),
                release.campaign().isEmpty() ? null : release.campaign(),
                release.isBare());
    }
}
