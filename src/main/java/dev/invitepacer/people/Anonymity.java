package dev.invitepacer.people;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.hibernate.Session;

/**
 * Takes the person out of invitations and their history. What is left says that somebody was invited, when, and what came
 * of it. The caller holds the locks of the accounts.
 */
@ApplicationScoped
class Anonymity {
    /**
     * What a history's detail may hold that names nobody; the rest of it is what people wrote. Numbers and truth values stay
     * under any name.
     */
    private static final String[] NAMES_NOBODY = {
        "report",
        "refusal",
        "at",
        "from",
        "state",
        "ignored",
        "reason",
        "until",
        "campaign",
        "notBefore",
        "lapsesAt",
        "readyAt",
        "kind",
        "lane",
        "outcome",
        "stage",
        "nextTryAt"
    };

    private final Session entities;

    Anonymity(Session entities) {
        this.entities = entities;
    }

    /**
     * Takes the person out of invitations, given by account and id.
     *
     * @param isConnectionKept whether the profile of an accepted one stays, so that a connection is not invited again
     */
    void anonymise(String[] accounts, Long[] ids, boolean isConnectionKept, Instant now) {
        trimWordsOnTheAccount(accounts, ids);
        trimHistory(accounts, ids);
        trimTasks(accounts, ids);
        // Index: the key of invitation.
        entities.createNativeMutationQuery("""
                update invitation i
                   set profile = case when :connectionKept and state = 'ACCEPTED' then profile else 'erased:' || i.id end,
                       first_name = null, last_name = null, headline = null, company = null, note = null, fields = null,
                       source = null, member_urn = null, email = null, erased_at = :now,
                       keep = keep or state in ('RELEASED', 'PENDING', 'WITHDRAWING')
                  from unnest(:accounts, :ids) as erased (account, id)
                 where i.account = erased.account and i.id = erased.id""")
                .setParameter("connectionKept", isConnectionKept)
                .setParameter("now", now)
                .setParameter("accounts", accounts)
                .setParameter("ids", ids)
                .executeUpdate();
    }

    /**
     * A report of a limit, given on an invitation or as a sender's answer, is told on the account too, at the same instant and in the same words.
     * Indexes: history_invitation, the key of history.
     */
    private void trimWordsOnTheAccount(String[] accounts, Long[] ids) {
        entities.createNativeMutationQuery("""
                update history h
                   set detail = h.detail - 'detail'
                  from unnest(:accounts, :ids) as erased (account, id)
                  join history r on r.account = erased.account and r.invitation = erased.id
                 where r.event in ('invitation.reported', 'invitation.hand-over')
                   and r.detail ->> 'refusal' in ('WEEKLY_LIMIT', 'RESTRICTED')
                   and r.detail ->> 'detail' is not null
                   and h.account = r.account and h.invitation is null and h.at = r.at
                   and h.event = 'account.restricted'""")
                .setParameter("accounts", accounts)
                .setParameter("ids", ids)
                .executeUpdate();
    }

    /** What a receiver wrote of a hand-over, and by what it knows it. Index: task_invitation. */
    private void trimTasks(String[] accounts, Long[] ids) {
        entities.createNativeMutationQuery("""
                update task t
                   set delivery_detail = null, reference = null
                  from unnest(:accounts, :ids) as erased (account, id)
                 where t.account = erased.account and t.invitation = erased.id
                   and (t.delivery_detail is not null or t.reference is not null)""")
                .setParameter("accounts", accounts)
                .setParameter("ids", ids)
                .executeUpdate();
    }

    /** Index: history_invitation. */
    private void trimHistory(String[] accounts, Long[] ids) {
        entities.createNativeMutationQuery("""
                update history h
                   set detail = (select jsonb_object_agg(key, value)
                                   from jsonb_each(h.detail)
                                  where key = any(:plain) or jsonb_typeof(value) in ('number', 'boolean'))
                  from unnest(:accounts, :ids) as erased (account, id)
                 where h.account = erased.account and h.invitation = erased.id
                   and exists (select from jsonb_each(h.detail)
                                where key <> all(:plain) and jsonb_typeof(value) not in ('number', 'boolean'))""")
                .setParameter("plain", NAMES_NOBODY)
                .setParameter("accounts", accounts)
                .setParameter("ids", ids)
                .executeUpdate();
    }
}
