package dev.invitepacer.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;

/** Writes and reads the history. Every write is part of the caller's transaction. */
@ApplicationScoped
public class Journal {
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

    /** What happened in an account as a whole, newest first, without what concerns single invitations. */
    public List<HistoryEntry> ofAccount(String account, long before, int most) {
        return entities.createQuery(
                        "from HistoryEntry where account = :account and invitation is null and id < :before order by id desc",
                        HistoryEntry.class)
                .setParameter("account", account)
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
