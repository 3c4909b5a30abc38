package dev.invitepacer.insight;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.account.Accounts;
import dev.invitepacer.release.Paces;
import dev.invitepacer.release.PacingView;

/** Tells how all accounts stand: as many statements for a thousand as for one. */
@ApplicationScoped
class Overview {
    private final Troubles troubles;
    private final Accounts accounts;
    private final Paces paces;
    private final AcceptanceRates acceptances;

    Overview(Troubles troubles, Accounts accounts, Paces paces, AcceptanceRates acceptances) {
        this.troubles = troubles;
        this.accounts = accounts;
        this.paces = paces;
        this.acceptances = acceptances;
    }

    OverviewView of(Troubles.Question question, int limit, Instant now) {
        List<Troubles.Standing> found = troubles.page(question, now, limit + 1);
        List<Troubles.Standing> shown = found.subList(0, Math.min(limit, found.size()));
        List<String> names = shown.stream().map(Troubles.Standing::account).toList();
        Accounts.Settings settings = accounts.settings(names);
        Map<String, PacingView> views = new HashMap<>();
        paces.of(settings.readable().keySet(), now).forEach(view -> views.put(view.account(), view));
        Map<String, Duration> withdrawAfter = new HashMap<>();
        settings.readable().forEach((account, its) -> withdrawAfter.put(account, its.withdrawAfter()));
        Map<String, Figures.Acceptance> rates = acceptances.of(withdrawAfter, now);
        return new OverviewView(
                now,
                troubles.counts(question.seen(), now),
                shown.stream()
                        .map(one -> settings.faults().containsKey(one.account())
                                ? OverviewView.Row.broken(one, settings.faults().get(one.account()))
                                : row(one, settings, views, rates))
                        // One that is deleted in this very moment may be missing in a later read.
                        .filter(Objects::nonNull)
                        .toList(),
                found.size() > limit ? OverviewCursor.of(shown.get(limit - 1).position()) : null);
    }

    private static OverviewView.Row row(
            Troubles.Standing standing,
            Accounts.Settings settings,
            Map<String, PacingView> views,
            Map<String, Figures.Acceptance> rates) {
        String account = standing.account();
        return settings.readable().containsKey(account) && views.containsKey(account)
                ? row(standing, settings.readable().get(account), views.get(account), rates.get(account))
                : null;
    }

    private static OverviewView.Row row(
            Troubles.Standing standing, AccountSettings settings, PacingView pace, Figures.Acceptance acceptance) {
        return new OverviewView.Row(
                standing.account(),
                settings.name(),
                id(settings.timeZone()),
                settings.channel(),
                null,
                standing.trouble(),
                standing.since(),
                pace.decision(),
                pace.reason(),
                pace.reason() != null && Objects.equals(pace.reason().name(), standing.reason())
                        ? standing.reasonSince()
                        : null,
                pace.until(),
                standing.pauseReason(),
                standing.restriction(),
                pace.nextReleaseAt(),
                pace.interval(),
                pace.paceIndex(),
                pace.window(),
                pace.pending(),
                pace.queue(),
                new OverviewView.Tasks(
                        pace.tasks().open(),
                        pace.tasks().limit(),
                        standing.oldestTaskAt(),
                        standing.failed(),
                        standing.inDoubt()),
                acceptance);
    }

    /** As the settings have it. */
    static String id(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }
}
