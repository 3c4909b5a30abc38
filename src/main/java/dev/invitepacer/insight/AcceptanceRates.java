package dev.invitepacer.insight;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.hibernate.Session;

import dev.invitepacer.invitation.ConnectedAlready;

/** Reads the acceptance rates of many accounts at once. */
@ApplicationScoped
class AcceptanceRates {
    static final Duration PERIOD = Duration.ofDays(90);

    private final Session entities;

    AcceptanceRates(Session entities) {
        this.entities = entities;
    }

    /**
     * The acceptance that statistics tell of the last 90 days; accounts without one are missing.
     *
     * @param withdrawAfter by account, how long people are given to accept
     */
    Map<String, Figures.Acceptance> of(Map<String, Duration> withdrawAfter, Instant now) {
        Map<String, Figures.Acceptance> rates = new HashMap<>();
        // Indexes: invitation_left; task_invitation for an acceptance of what was never reported sent.
        entities.createNativeQuery("""
                select a.account, r.sent, r.accepted
                  from unnest(:accounts, :longAgo) as a (account, long_ago)
                 cross join lateral (
                       select count(*) as sent, count(*) filter (where i.state = 'ACCEPTED') as accepted
                         from invitation i
                        where i.account = a.account
                          and coalesce(i.sent_at, i.released_at) >= :from
                          and coalesce(i.sent_at, i.released_at) <= a.long_ago
                          and i.state not in ('QUEUED', 'CANCELLED', 'LAPSED', 'RELEASED', 'FAILED')
                          and not %s) as r
                 where r.sent > 0""".formatted(ConnectedAlready.CONDITION), Tuple.class)
                .addScalar("account", String.class)
                .addScalar("sent", Integer.class)
                .addScalar("accepted", Integer.class)
                .setParameter("accounts", withdrawAfter.keySet().toArray(String[]::new))
                .setParameter(
                        "longAgo",
                        withdrawAfter.values().stream().map(now::minus).toArray(Instant[]::new))
                .setParameter("from", now.minus(PERIOD))
                .getResultStream()
                .map(Tuple.class::cast)
                .forEach(row -> rates.put(
                        row.get("account", String.class),
                        Figures.Acceptance.of(row.get("accepted", Integer.class), row.get("sent", Integer.class))));
        return rates;
    }
}
