package dev.invitepacer.invitation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Instant;
import org.hibernate.Session;

import dev.invitepacer.account.AcceptanceRecord;

/** Counts who accepted. */
@ApplicationScoped
class Acceptances implements AcceptanceRecord {
    private final Session entities;

    Acceptances(Session entities) {
        this.entities = entities;
    }

    /** Indexes: invitation_decided, task_invitation. */
    @Override
    public Counts since(String account, Instant from) {
        Tuple row = entities.createNativeQuery("""
                select count(*) filter (where state = 'ACCEPTED') as accepted, count(*) as decided
                  from invitation i
                 where account = :account
                   and state in ('ACCEPTED', 'DECLINED', 'WITHDRAWN', 'EXPIRED')
                   and coalesce(sent_at, released_at) > :from
                   and not %s""".formatted(ConnectedAlready.CONDITION), Tuple.class)
                .addScalar("accepted", Integer.class)
                .addScalar("decided", Integer.class)
                .setParameter("account", account)
                .setParameter("from", from)
                .getSingleResult();
        return new Counts(row.get("decided", Integer.class), row.get("accepted", Integer.class));
    }
}
