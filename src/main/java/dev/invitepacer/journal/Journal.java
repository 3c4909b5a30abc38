package dev.invitepacer.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.Session;

/** Writes and reads the history. Every write is part of the caller's transaction. */
@ApplicationScoped
public class Journal {
    /** All events of an account as a whole. */
    public static final Set<String> OF_ACCOUNT = Set.of(
            "account.created",
            "account.changed",
            "account.paused",
            "account.resumed",
            "account.restriction-lifted",
            "account.held",
            "account.restricted",
            "account.notes-used-up",
            "account.campaign-changed",
            "account.campaign-paused",
            "account.campaign-resumed",
            "account.campaign-moved",
            "account.campaign-cancelled",
            "account.campaign-deleted",
            "account.cap-learned",
            "account.cleaned",
            "template.created",
            "template.changed",
            "template.deleted",
            "list.imported",
            "list.stopped",
            "export.reconciled");

    private final Session entities;
    private final ObjectMapper json;

    public Journal(Session entities, ObjectMapper json) {
        this.entities = entities;
        this.json = json;
    }

    /** What is to be told of an account, or of one of its invitations where {@code invitation} is not null. */
    public void tell(String account, Long invitation, Instant at, String event, String actor, Map<String, ?> detail) {
        entities.createNativeMutationQuery("""
                insert into history (account, invitation, at, event, actor, detail)
                values (:account, cast(:invitation as bigint), :at, :event, :actor, cast(:detail as jsonb))""")
                .setParameter("account", account)
                .setParameter("invitation", invitation)
                .setParameter("at", at)
                .setParameter("event", event)
                .setParameter("actor", actor)
                .setParameter("detail", detail == null || detail.isEmpty() ? null : write(detail))
                .executeUpdate();
    }

    /** What happened to an invitation, oldest first. Index: history_invitation. */
    public List<HistoryEntry> ofInvitation(String account, long invitation, long after, int most) {
        return entities.createQuery(
                        "from HistoryEntry where account = :account and invitation = :invitation and id > :after order by id",
                        HistoryEntry.class)
                .setParameter("account", account)
                .setParameter("invitation", invitation)
                .setParameter("after", after)
                .setMaxResults(most)
                .getResultList();
    }

    /**
     * What happened in an account as a whole, newest first, without what concerns single invitations. Index: history_account.
     *
     * @param events only these, of {@link #OF_ACCOUNT}; all where there are none
     */
    public List<HistoryEntry> ofAccount(String account, Collection<String> events, long before, int most) {
        String which = events.isEmpty() ? "" : " and event in (:events)";
        var query = entities.createQuery(
                "from HistoryEntry where account = :account and invitation is null and id < :before" + which
                        + " order by id desc",
                HistoryEntry.class);
        if (!events.isEmpty()) {
            query.setParameter("events", events);
        }
        return query.setParameter("account", account)
                .setParameter("before", before)
                .setMaxResults(most)
                .getResultList();
    }

    private String write(Map<String, ?> detail) {
        try {
            return json.writeValueAsString(detail);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
