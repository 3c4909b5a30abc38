package dev.invitepacer.invitation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.hibernate.Session;

import dev.invitepacer.account.AccountSettings;

/**
 * Looks up what is known of people before they are invited. The caller holds the account's lock.
 *
 * <p>Where the account has teammates, their group is locked too, after the account and until the transaction ends: of two
 * teammates who enqueue the same person at the same moment, the second sees the first one's invitation. Nobody who holds
 * a group waits for an account, so nobody waits in a circle.
 */
@ApplicationScoped
class Standings {
    private final Session entities;

    Standings(Session entities) {
        this.entities = entities;
    }

    /** The standing of each person of whom anything is known. */
    Map<String, Standing> of(String account, AccountSettings settings, Collection<String> slugs, Instant now) {
        if (slugs.isEmpty()) {
            return Map.of();
        }
        String[] profiles = new TreeSet<>(slugs).toArray(String[]::new);
        Map<String, Standing.Teammate> teammates = teammates(account, settings, profiles, now);
        Map<String, Standing> standings = new HashMap<>();
        known(account, profiles, now).forEach(row -> {
            String slug = row.get("profile", String.class);
            standings.put(slug, standing(row, teammates.getOrDefault(slug, Standing.Teammate.NONE)));
        });
        teammates.forEach((slug, teammate) -> standings.computeIfAbsent(slug, any -> Standing.knownTo(teammate)));
        return standings;
    }

    private static Standing standing(Tuple row, Standing.Teammate teammate) {
        return new Standing(
                row.get("queued", Boolean.class),
                row.get("pending", Boolean.class),
                row.get("connected", Boolean.class),
                row.get("cooldown_until", Instant.class),
                row.get("is_suppressed", Boolean.class),
                teammate);
    }

    /** What the account has with each person, and who is on the suppression list. Indexes: invitation_profile, the key of suppression. */
    private List<Tuple> known(String account, String[] profiles, Instant now) {
        return entities.createNativeQuery("""
                select profile, bool_or(queued) as queued, bool_or(pending) as pending, bool_or(connected) as connected,
                       max(cooldown_until) as cooldown_until, bool_or(is_suppressed) as is_suppressed
                  from (select profile, state = 'QUEUED' as queued,
                               state in ('RELEASED', 'PENDING', 'WITHDRAWING') as pending,
                               state = 'ACCEPTED' as connected,
                               case when cooldown_until > :now then cooldown_until end as cooldown_until,
                               false as is_suppressed
                          from invitation
                         where account = :account and profile = any(:profiles)
                         union all
                        select profile, false, false, false, null, true
                          from suppression
                         where profile = any(:profiles)) as known
                 group by profile""", Tuple.class)
                .addScalar("profile", String.class)
                .addScalar("queued", Boolean.class)
                .addScalar("pending", Boolean.class)
                .addScalar("connected", Boolean.class)
                .addScalar("cooldown_until", Instant.class)
                .addScalar("is_suppressed", Boolean.class)
                .setParameter("account", account)
                .setParameter("now", now)
                .setParameter("profiles", profiles)
                .getResultList();
    }

    /** Indexes: invitation_person, account_group. */
    private Map<String, Standing.Teammate> teammates(
            String account, AccountSettings settings, String[] profiles, Instant now) {
        if (settings.group() == null) {
            return Map.of();
        }
        lock(settings.group());
        Duration window = settings.groupWindow();
        Map<String, Standing.Teammate> teammates = new HashMap<>();
        entities.createNativeQuery("""
                select profile, bool_or(is_open) as is_open, max(sent_at) as sent_at
                  from (select i.profile,
                               i.state in ('QUEUED', 'RELEASED', 'PENDING', 'WITHDRAWING', 'ACCEPTED') as is_open,
                               coalesce(i.sent_at, case when i.state in ('DECLINED', 'WITHDRAWN', 'EXPIRED')
                                                        then i.released_at end) as sent_at
                          from invitation i
                         where i.profile = any(:profiles)
                           and i.account <> :account
                           and i.account in (select a.account from account a
                                              where a.settings ->> 'group' = :group)) as theirs
                 where is_open or sent_at > :since
                 group by profile""", Tuple.class)
                .setParameter("profiles", profiles)
                .setParameter("account", account)
                .setParameter("group", settings.group())
                .setParameter("since", now.minus(window))
                .getResultStream()
                .map(Tuple.class::cast)
                .forEach(row -> teammates.put(
                        row.get("profile", String.class),
                        new Standing.Teammate(
                                true,
                                row.get("is_open", Boolean.class)
                                        ? null
                                        : row.get("sent_at", Instant.class).plus(window))));
        return teammates;
    }

    /** In a statement of its own: the next one sees what the last holder committed. */
    private void lock(String group) {
        entities.createNativeQuery(
                        "select cast(pg_advisory_xact_lock(hashtextextended('group ' || :group, 0)) as text)")
                .setParameter("group", group)
                .getSingleResult();
    }
}
