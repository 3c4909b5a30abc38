package dev.invitepacer.account;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.Session;

/**
 * The account's book of everything that counts towards the cap, each at its actual instant. Releases are booked by the
 * release loop; here is what reports add. Callers hold the account's lock.
 */
@ApplicationScoped
public class Ledger {
    private final Session entities;

    public Ledger(Session entities) {
        this.entities = entities;
    }

    /**
     * Books an invitation that a person sent by hand. It counts even where it goes past the cap: it has happened. What is
     * booked at that very instant and belongs to no invitation is taken for it. Index: ledger_window.
     */
    public void bookByHand(String account, long invitation, Instant at) {
        int adopted = entities.createNativeMutationQuery("""
                update ledger
                   set invitation = :invitation
                 where account = :account
                   and id = (select min(id) from ledger
                              where account = :account and at = :at
                                and kind = 'BY_HAND' and invitation is null and returned_at is null)""")
                .setParameter("account", account)
                .setParameter("at", at)
                .setParameter("invitation", invitation)
                .executeUpdate();
        if (adopted == 1) {
            return;
        }
        entities.createNativeMutationQuery("""
                insert into ledger (account, at, kind, invitation)
                values (:account, :at, 'BY_HAND', :invitation)""")
                .setParameter("account", account)
                .setParameter("at", at)
                .setParameter("invitation", invitation)
                .executeUpdate();
    }

    /**
     * Gives the slot of the invitation's release back, and its note: its sender said "I did not send it". Indexes:
     * ledger_invitation, the key of note_use.
     */
    public void giveBack(String account, long invitation, Instant now) {
        entities.createNativeMutationQuery("""
                update ledger
                   set returned_at = :now
                 where account = :account and invitation = :invitation and returned_at is null""")
                .setParameter("account", account)
                .setParameter("invitation", invitation)
                .setParameter("now", now)
                .executeUpdate();
        entities.createNativeMutationQuery("""
                update note_use
                   set returned_at = :now
                 where account = :account and invitation = :invitation and returned_at is null""")
                .setParameter("account", account)
                .setParameter("invitation", invitation)
                .setParameter("now", now)
                .executeUpdate();
    }

    /**
     * Counts the invitation's last release again, and its note if it had one: it was sent after all. Says whether there
     * was one to count. Indexes: ledger_invitation, the key of note_use.
     */
    public boolean takeBack(String account, long invitation) {
        entities.createNativeMutationQuery("""
                update note_use
                   set returned_at = null
                 where account = :account
                   and invitation = :invitation
                   and at = (select at from ledger
                              where account = :account and invitation = :invitation and returned_at is not null
                              order by id desc limit 1)""")
                .setParameter("account", account)
                .setParameter("invitation", invitation)
                .executeUpdate();
        return entities.createNativeMutationQuery("""
                update ledger
                   set returned_at = null, taken_back = true
                 where account = :account
                   and id = (select max(id) from ledger
                              where account = :account and invitation = :invitation and returned_at is not null)""")
                        .setParameter("account", account)
                        .setParameter("invitation", invitation)
                        .executeUpdate()
                == 1;
    }

    /** How much counts in the 168 hours up to {@code at}. Index: ledger_window. */
    int countOfWeek(String account, Instant at) {
        return ((Number) entities.createNativeQuery("""
                select count(*) from ledger
                 where account = :account
                   and at > cast(:at as timestamptz) - interval '168 hours'
                   and at <= :at
                   and returned_at is null""")
                        .setParameter("account", account)
                        .setParameter("at", at)
                        .getSingleResult())
                .intValue();
    }

    /** When the invitation was booked as it counts now. Index: ledger_invitation. */
    public Optional<Instant> bookedAt(String account, long invitation) {
        return entities.createNativeQuery("""
                select at from ledger
                 where account = :account and invitation = :invitation and returned_at is null
                 order by id desc limit 1""", Instant.class)
                .addScalar("at", Instant.class)
                .setParameter("account", account)
                .setParameter("invitation", invitation)
                .getResultStream()
                .map(Instant.class::cast)
                .findFirst();
    }

    /** When each of these invitations was booked, as it counts now. Index: ledger_invitation. */
    public Map<Long, List<Instant>> bookedAt(String account, Collection<Long> invitations) {
        Map<Long, List<Instant>> booked = new HashMap<>();
        entities.createNativeQuery("""
                select invitation, at from ledger
                 where account = :account and invitation = any(:invitations) and returned_at is null""", Tuple.class)
                .addScalar("invitation", Long.class)
                .addScalar("at", Instant.class)
                .setParameter("account", account)
                .setParameter("invitations", invitations.toArray(Long[]::new))
                .getResultStream()
                .map(Tuple.class::cast)
                .forEach(row -> booked.computeIfAbsent(row.get("invitation", Long.class), id -> new ArrayList<>())
                        .add(row.get("at", Instant.class)));
        return booked;
    }

    /** Books what was sent by hand and belongs to no invitation here: it is over, or nobody can say whose it was. */
    public void bookByHand(String account, Instant at) {
        entities.createNativeMutationQuery("""
                insert into ledger (account, at, kind)
                values (:account, :at, 'BY_HAND')""")
                .setParameter("account", account)
                .setParameter("at", at)
                .executeUpdate();
    }

    /** How many that belong to no invitation are booked at exactly this instant. Index: ledger_window. */
    public long bookedWithoutInvitation(String account, Instant at) {
        return count(entities.createNativeQuery("""
                select count(*) from ledger
                 where account = :account and at = :at and invitation is null and returned_at is null""")
                .setParameter("account", account)
                .setParameter("at", at)
                .getSingleResult());
    }

    /**
     * How many were sent by hand at each of these instants to people who have been erased since. Indexes: ledger_window, the
     * key of invitation.
     */
    public Map<Instant, Integer> bookedOfErased(String account, Collection<Instant> instants) {
        Map<Instant, Integer> booked = new HashMap<>();
        entities.createNativeQuery("""
                select l.at as at, cast(count(*) as integer) as many
                  from ledger l
                  join invitation i on i.account = l.account and i.id = l.invitation
                 where l.account = :account and l.at = any(:instants) and l.returned_at is null
                   and l.kind = 'BY_HAND' and i.profile like 'erased:%'
                 group by l.at""", Tuple.class)
                .addScalar("at", Instant.class)
                .addScalar("many", Integer.class)
                .setParameter("account", account)
                .setParameter("instants", instants.toArray(Instant[]::new))
                .getResultStream()
                .map(Tuple.class::cast)
                .forEach(row -> booked.put(row.get("at", Instant.class), row.get("many", Integer.class)));
        return booked;
    }

    /** How many count in the 168 hours before {@code now}. Index: ledger_window. */
    public long countedAt(String account, Instant now) {
        return count(entities.createNativeQuery("""
                select count(*) from ledger
                 where account = :account
                   and at > cast(:now as timestamptz) - interval '168 hours'
                   and returned_at is null""")
                .setParameter("account", account)
                .setParameter("now", now)
                .getSingleResult());
    }

    private static long count(Object counted) {
        return ((Number) counted).longValue();
    }
}
