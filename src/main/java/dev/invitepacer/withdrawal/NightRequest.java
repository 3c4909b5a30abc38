package dev.invitepacer.withdrawal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hibernate.Session;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.account.Accounts;
import dev.invitepacer.account.Pace;
import dev.invitepacer.time.ServiceClock;

/** Shows what the next night asks for, and asks for it now. */
@ApplicationScoped
class NightRequest {
    private final Session entities;
    private final Accounts accounts;
    private final Outlook outlook;
    private final Cleaning cleaning;
    private final ServiceClock clock;

    NightRequest(Session entities, Accounts accounts, Outlook outlook, Cleaning cleaning, ServiceClock clock) {
        this.entities = entities;
        this.accounts = accounts;
        this.outlook = outlook;
        this.cleaning = cleaning;
        this.clock = clock;
    }

    /** What the next nightly run does if nothing changes until then, or the one that is due already. */
    @Transactional
    public NightView preview(String account) {
        AccountSettings settings = accounts.settings(account);
        Instant now = clock.now();
        return view(account, settings, outlook.night(account, settings, now, nextRun(account, now)));
    }

    /**
     * Does now what a night would do, out of the same allowance. Said twice it asks for nothing more, as long as nothing has
     * changed; the next nightly run goes on with what is left.
     */
    @Transactional
    public NightView runNow(String account, String actor) {
        Pace pace = accounts.lock(account);
        AccountSettings settings = accounts.settings(account);
        Instant now = clock.now();
        int expired = cleaning.expire(account, actor, now);
        Night night = cleaning.ask(account, settings, expired, actor, now);
        pace.wake(now);
        return view(account, settings, night);
    }

    /** Index: the key of pace. */
    private Instant nextRun(String account, Instant now) {
        return (Instant) entities.createNativeQuery("""
                select greatest(coalesce(nightly_retry_at, nightly_at), cast(:now as timestamptz))
                  from pace
                 where account = :account""", Instant.class)
                .addScalar("greatest", Instant.class)
                .setParameter("account", account)
                .setParameter("now", now)
                .getResultStream()
                .findFirst()
                .orElseThrow(() -> Accounts.unknown(account));
    }

    private NightView view(String account, AccountSettings settings, Night night) {
        Map<Long, String> profiles = profiles(account, night.each(Night.Going::id));
        return NightView.of(night, settings, profiles);
    }

    /** Index: the key of invitation. */
    private Map<Long, String> profiles(String account, List<Long> ids) {
        return entities.createNativeQuery(
                        "select id, profile from invitation where account = :account and id = any(:ids)", Tuple.class)
                .setParameter("account", account)
                .setParameter("ids", ids.toArray(Long[]::new))
                .getResultStream()
                .map(Tuple.class::cast)
                .collect(Collectors.toMap(
                        row -> row.get("id", Number.class).longValue(), row -> row.get("profile", String.class)));
    }
}
