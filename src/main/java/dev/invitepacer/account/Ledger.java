package dev.invitepacer.account;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
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

    /** Books an invitation that a person sent by hand. It counts even where it goes past the cap: it has happened. */
    public void bookByHand(String account, long invitation, Instant at) {
        entities.createNativeMutationQuery("""
                insert into ledger (account, at, kind, invitation)
                values (:account, :at, 'BY_HAND', :invitation)""")
                .setParameter("account", account)
                .setParameter("at", at)
                .setParameter("invitation", invitation)
                .executeUpdate();
    }

    /** Gives the slot of the invitation's release back: its sender said "I did not send it". Index: ledger_invitation. */
    public void giveBack(String account, long invitation, Instant now) {
        entities.createNativeMutationQuery("""
                update ledger
                   set returned_at = :now
                 where account = :account and invitation = :invitation and returned_at is null""")
                .setParameter("account", account)
                .setParameter("invitation", invitation)
                .setParameter("now", now)
                .executeUpdate();
    }

    /**
     * Counts the invitation's last release again: it was sent after all. Says whether there was one to count.
     * Index: ledger_invitation.
     */
    public boolean takeBack(String account, long invitation) {
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

    /** When the invitation was booked as it counts now. Index: ledger_invitation. */
    public Optional<Instant> bookedAt(String account, long invitation) {
        return entities.createNativeQuery("""
                select at from ledger
                 where account = :account and invitation = :invitation and returned_at is null
                 order by id desc limit 1""", Instant.class)
                .setParameter("account", account)
                .setParameter("invitation", invitation)
                .getResultStream()
                .map(Instant.class::cast)
                .findFirst();
    }
}
