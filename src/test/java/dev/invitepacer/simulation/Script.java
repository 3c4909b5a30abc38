package dev.invitepacer.simulation;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.account.Channel;
import dev.invitepacer.account.OnCooldown;
import dev.invitepacer.account.OnNoteQuota;
import dev.invitepacer.account.Tier;
import dev.invitepacer.pacing.ActiveHours;
import dev.invitepacer.pacing.Spread;
import dev.invitepacer.pacing.WarmUp;

/** What callers of the service want: random settings, drafts and people. */
final class Script {
    /** Zones and the instants at which their clocks change. */
    private static final List<String[]> PLACES = List.of(
            new String[] {"Europe/Oslo", "2026-03-29T01:00:00Z"},
            new String[] {"Europe/Oslo", "2026-10-25T01:00:00Z"},
            new String[] {"America/New_York", "2026-03-08T07:00:00Z"},
            new String[] {"America/New_York", "2026-11-01T06:00:00Z"},
            new String[] {"Australia/Lord_Howe", "2026-04-04T15:00:00Z"},
            new String[] {"Africa/Casablanca", "2026-02-15T02:00:00Z"},
            new String[] {"America/St_Johns", "2006-10-29T02:31:00Z"},
            new String[] {"Asia/Kathmandu", "2026-05-01T00:00:00Z"},
            new String[] {"UTC", "2026-12-31T00:00:00Z"});

    private final SplittableRandom random;

    Script(SplittableRandom random) {
        this.random = random;
    }

    /** Up to four weeks before some place's clock changes. */
    Instant start() {
        return Instant.parse(PLACES.get(random.nextInt(PLACES.size()))[1]).minusSeconds(random.nextLong(28 * 86_400L));
    }

    AccountSettings settings(Instant now) {
        Channel channel = Channel.values()[random.nextInt(Channel.values().length)];
        int cap = 1 + (random.nextInt(4) == 0 ? random.nextInt(40) : random.nextInt(10));
        return new AccountSettings(
                "simulated",
                Tier.PREMIUM,
                ZoneId.of(PLACES.get(random.nextInt(PLACES.size()))[0]),
                cap,
                random.nextInt(3) > 0 ? 1 : 1 + random.nextInt(Math.min(cap, 4)),
                random.nextInt(3) == 0 ? Spread.CAP : Spread.WEEK,
                random.nextInt(3) == 0 ? 1 + random.nextInt(5) : null,
                hours(),
                restDays(now),
                random.nextInt(4) == 0 ? new WarmUp(1 + random.nextInt(5), 1 + random.nextInt(5)) : null,
                random.nextInt(4) == 0 ? 4 + random.nextInt(20) : 500,
                random.nextInt(4) == 0 ? 2 + random.nextInt(10) : 50,
                Duration.ofDays(5 + random.nextInt(25)),
                LocalTime.of(random.nextInt(24), random.nextInt(60)),
                random.nextInt(5) == 0 ? 1 + random.nextInt(3) : 50,
                Duration.ofDays(21),
                channel,
                channel == Channel.WEBHOOK ? "hook-" + random.nextInt(2) : null,
                random.nextInt(4) == 0,
                0,
                null,
                OnNoteQuota.HOLD,
                Set.of(),
                OnCooldown.REFUSE,
                false,
                null,
                Duration.ofDays(90),
                Duration.ofHours(random.nextInt(6)),
                null);
    }

    /** Another channel, and all else as it was. */
    AccountSettings withChannel(AccountSettings of, Channel channel) {
        return with(
                of, of.weeklyCap(), of.dailyCap(), of.pendingThreshold(), of.openTaskLimit(), of.adaptive(), channel);
    }

    /** Settings under which every queue drains. */
    AccountSettings lenient(AccountSettings of) {
        return with(of, Math.max(of.weeklyCap(), 20), null, 500, 50, false, of.channel());
    }

    private AccountSettings with(
            AccountSettings of,
            int weeklyCap,
            Integer dailyCap,
            int pendingThreshold,
            int openTaskLimit,
            boolean isAdaptive,
            Channel channel) {
        return new AccountSettings(
                of.name(),
                of.tier(),
                of.timeZone(),
                weeklyCap,
                of.burst(),
                of.spread(),
                dailyCap,
                of.activeHours(),
                of.restDays(),
                of.warmUp(),
                pendingThreshold,
                openTaskLimit,
                of.withdrawAfter(),
                of.withdrawAt(),
                of.withdrawalsPerNight(),
                of.cooldown(),
                channel,
                channel != Channel.WEBHOOK
                        ? null
                        : channel == of.channel() ? of.endpoint() : "hook-" + random.nextInt(2),
                isAdaptive,
                of.followsPerDay(),
                of.noteQuotaSet(),
                of.onNoteQuota(),
                of.refuseAdvice(),
                of.onCooldown(),
                of.secondTry(),
                of.group(),
                of.groupWindow(),
                of.withdrawOver(),
                of.linkedinToken());
    }

    private ActiveHours hours() {
        Map<DayOfWeek, List<ActiveHours.Span>> days = new EnumMap<>(DayOfWeek.class);
        int kind = random.nextInt(6);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (kind == 0) {
                days.put(day, List.of(new ActiveHours.Span(0, 1440)));
            } else if (kind == 1) {
                // Across midnight.
                days.put(day, List.of(new ActiveHours.Span(1320, 1560)));
            } else if (day.getValue() < 6 || random.nextInt(4) == 0) {
                int start = 60 * random.nextInt(12);
                days.put(
                        day,
                        List.of(
                                new ActiveHours.Span(start, start + 60 + random.nextInt(180)),
                                new ActiveHours.Span(start + 300, start + 330 + random.nextInt(300))));
            }
        }
        return new ActiveHours(days);
    }

    private Set<LocalDate> restDays(Instant now) {
        Set<LocalDate> days = new HashSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            days.add(LocalDate.ofInstant(now, ZoneId.of("UTC")).plusDays(random.nextInt(60)));
        }
        return days;
    }

    List<Service.Draft> drafts(AccountSettings settings, Instant now) {
        int count = 1 + random.nextInt(2 + settings.weeklyCap() * 3 / 2);
        List<Service.Draft> drafts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Instant notBefore = random.nextInt(8) == 0 ? now.plusSeconds(random.nextLong(20 * 86_400L)) : null;
            Instant lapsesAt = random.nextInt(8) == 0
                    ? (notBefore == null ? now : notBefore).plusSeconds(3_600 + random.nextLong(20 * 86_400L))
                    : null;
            int campaign = random.nextInt(3);
            drafts.add(new Service.Draft(
                    person(), "c" + campaign, 1 + campaign * 2, random.nextInt(6) - 3, notBefore, lapsesAt));
        }
        return drafts;
    }

    String person() {
        return "p-" + random.nextInt(5_000);
    }
}
