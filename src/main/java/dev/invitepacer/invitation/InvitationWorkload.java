package dev.invitepacer.invitation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.hibernate.Session;

import dev.invitepacer.account.Workload;

/** Counts what accounts have on their hands. Index: invitation_live. */
@ApplicationScoped
class InvitationWorkload implements Workload {
    private final Session entities;

    InvitationWorkload(Session entities) {
        this.entities = entities;
    }

    @Override
    public Map<String, Counts> of(Collection<String> accounts) {
        Map<String, Counts> counts = new HashMap<>();
        entities.createNativeQuery("""
                select account,
                       count(*) filter (where state = 'QUEUED')                    as queued,
                       count(*) filter (where state = 'RELEASED')                  as released,
                       count(*) filter (where state in ('PENDING', 'WITHDRAWING')) as pending
                  from invitation
                 where account = any(:accounts)
                   and state in ('QUEUED', 'RELEASED', 'PENDING', 'WITHDRAWING')
                 group by account""", Tuple.class)
                .setParameter("accounts", accounts.toArray(String[]::new))
                .getResultStream()
                .map(Tuple.class::cast)
                .forEach(row -> counts.put(
                        row.get("account", String.class),
                        new Counts(count(row, "queued"), count(row, "released"), count(row, "pending"))));
        return counts;
    }

    @Override
    public int notesOver(String account, int limit) {
        // UTF-8 never takes fewer bytes than UTF-16 takes units, so the database finds all that may be over.
        return (int) entities.createNativeQuery("""
                select note from invitation
                 where account = :account
                   and state in ('QUEUED', 'RELEASED')
                   and octet_length(note) > :limit""", String.class)
                .addScalar("note", String.class)
                .setParameter("account", account)
                .setParameter("limit", limit)
                .getResultStream()
                .filter(note -> ((String) note).length() > limit)
                .count();
    }

    @Override
    public int withoutInvitee(String account) {
        return (int) entities.createNativeQuery("""
                select coalesce(member_urn, '') from invitation
                 where account = :account
                   and state in ('QUEUED', 'RELEASED')
                   and email is null""", String.class)
                .addScalar("coalesce", String.class)
                .setParameter("account", account)
                .getResultStream()
                .filter(urn -> InviteeUrn.of((String) urn, null).isEmpty())
                .count();
    }

    private static int count(Tuple row, String column) {
        return row.get(column, Number.class).intValue();
    }
}
