package dev.invitepacer.release;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import org.hibernate.Session;

import dev.invitepacer.time.ServiceClock;

/** Ends queued invitations whose time to go has passed. Where none has, it costs one look at an index. */
@ApplicationScoped
class LapseSweep {
    private static final int MOST_ACCOUNTS = 100;
    private static final int MOST_ROWS = 1_000;

    private final Session entities;
    private final ServiceClock clock;

    LapseSweep(Session entities, ServiceClock clock) {
        this.entities = entities;
        this.clock = clock;
    }

    /** Lapses what is over in accounts that nobody else holds right now. */
    @Transactional
    public void sweep() {
        // Index: invitation_lapse, then the key of pace.
        List<?> locked = entities.createNativeQuery("""
                select account from pace
                 where account in (select account
                                     from (select account from invitation
                                            where state = 'QUEUED' and lapses_at <= (select service_now())
                                            order by lapses_at
                                            limit :rows) as over
                                    group by account
                                    limit :accounts)
                   for update skip locked""", String.class)
                .addScalar("account", String.class)
                .setParameter("rows", MOST_ROWS)
                .setParameter("accounts", MOST_ACCOUNTS)
                .getResultList();
        if (locked.isEmpty()) {
            return;
        }
        Instant now = clock.now();
        entities.createNativeMutationQuery("""
                with lapsed as (
                  update invitation
                     set state = 'LAPSED', ended_at = lapses_at
                   where (account, id) in (select account, id from invitation
                                            where account = any(:accounts) and state = 'QUEUED' and lapses_at <= :now
                                            limit :rows)
                  returning account, id),
                told as (
                  insert into history (account, invitation, at, event, actor)
                  select account, id, :now, 'invitation.lapsed', 'pacer' from lapsed)
                update pace
                   set due_at = least(coalesce(due_at, :now), :now)
                 where account in (select account from lapsed)""")
                .setParameter("accounts", locked.toArray(String[]::new))
                .setParameter("rows", MOST_ROWS)
                .setParameter("now", now)
                .executeUpdate();
    }
}
