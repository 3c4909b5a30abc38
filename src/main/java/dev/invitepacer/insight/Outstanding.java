package dev.invitepacer.insight;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.Session;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.delivery.Tasks;
import dev.invitepacer.pacing.AnswerCurve;
import dev.invitepacer.pacing.Forecast;
import dev.invitepacer.pacing.PendingOutlook;

/** Expects how many invitations are going to be pending. */
@ApplicationScoped
class Outstanding {
    /** With fewer acceptances of its own, an account's answer times are taken to be those of the published study. */
    static final int ENOUGH_ACCEPTED = 50;
    /** With fewer invitations that had their time, its acceptance rate is taken to be {@link #USUAL_RATE}. */
    static final int ENOUGH_SENT = 30;

    static final double USUAL_RATE = 0.3;
    private static final Duration LOOKED_BACK = Duration.ofDays(365);

    private final Session entities;
    private final SentInvitations sent;
    private final Tasks tasks;
    private final Duration expiry;

    Outstanding(Session entities, SentInvitations sent, Tasks tasks, PacerConfig config) {
        this.entities = entities;
        this.sent = sent;
        this.tasks = tasks;
        this.expiry = config.withdrawal().expiry();
    }

    /** @param isOwn whether the account's own answer times are in it; otherwise the published ones */
    record Answers(AnswerCurve curve, boolean isOwn, double rate) {}

    /** What the account's invitations of the last year say about when people accept. */
    Answers answers(String account, AccountSettings settings, Instant now) {
        List<Sent> all = sent.in(account, new Period(now.minus(LOOKED_BACK), now), null).stream()
                .filter(Figures::isSent)
                .toList();
        KaplanMeier curve = Figures.curve(all, now);
        long accepted = all.stream().filter(one -> one.acceptedAt() != null).count();
        if (accepted >= ENOUGH_ACCEPTED) {
            return new Answers(new AnswerCurve(points(curve)), true, curve.upTo(Long.MAX_VALUE));
        }
        Figures.Acceptance rate = Figures.of(all, settings.withdrawAfter(), now).acceptance();
        double share = rate == null || rate.of() < ENOUGH_SENT
                ? USUAL_RATE
                : rate.rate().doubleValue();
        return new Answers(AnswerCurve.published(share), false, share);
    }

    /** The expected course; see {@link PendingOutlook}. */
    PendingOutlook outlook(
            String account,
            AccountSettings settings,
            Answers answers,
            Forecast forecast,
            Instant now,
            List<Instant> dates) {
        List<Instant> nights = new ArrayList<>();
        Instant end = dates.isEmpty() ? forecast.endsAt() : dates.get(dates.size() - 1);
        for (Instant night = settings.nightAfter(now); !night.isAfter(end); night = settings.nightAfter(night)) {
            nights.add(night);
        }
        return PendingOutlook.of(
                pending(account),
                forecast.releases(),
                answers.curve(),
                new PendingOutlook.Cleaning(
                        nights,
                        settings.withdrawAfter(),
                        Math.max(0, settings.withdrawalsPerNight() - openWithdrawals(account, now)),
                        expiry),
                settings.pendingThreshold(),
                now,
                dates);
    }

    private int openWithdrawals(String account, Instant now) {
        return (int) tasks.withdrawals(account, now).stream()
                .filter(Tasks.Withdrawal::isOpen)
                .count();
    }

    /** At most a hundred points of the curve: more are not seen. */
    private static List<AnswerCurve.Point> points(KaplanMeier curve) {
        List<KaplanMeier.Step> steps = curve.steps();
        int every = steps.size() / 100 + 1;
        List<AnswerCurve.Point> points = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            if (i % every == 0 || i == steps.size() - 1) {
                points.add(new AnswerCurve.Point(
                        Duration.ofMillis(Math.max(1, steps.get(i).time())),
                        steps.get(i).share()));
            }
        }
        return points;
    }

    /** All that counts as pending, oldest first. Index: invitation_pending. */
    private List<PendingOutlook.Pending> pending(String account) {
        return entities.createNativeQuery("""
                select pending_since, state = 'PENDING' and not keep as is_withdrawable
                  from invitation
                 where account = :account and state in ('RELEASED', 'PENDING', 'WITHDRAWING')
                 order by pending_since, id""", Tuple.class)
                .addScalar("pending_since", Instant.class)
                .addScalar("is_withdrawable", Boolean.class)
                .setParameter("account", account)
                .getResultStream()
                .map(Tuple.class::cast)
                .map(row -> new PendingOutlook.Pending(
                        row.get("pending_since", Instant.class), row.get("is_withdrawable", Boolean.class)))
                .toList();
    }
}
