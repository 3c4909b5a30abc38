package dev.invitepacer.invitation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.hibernate.Session;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * Writes queued invitations and their history, in the transaction of the caller: many by PostgreSQL's COPY, which takes rows
 * faster than any insert, and whose ids are drawn before, so that nothing needs to be read back; one in one statement.
 */
@ApplicationScoped
class QueueRows {
    /** What is written of a draft, besides its id. */
    private static final String COLUMNS =
            "account, state, queued_at, profile, first_name, last_name, headline, company, note, template, alternative, fields,"
                    + " degree, priority, campaign, source, not_before, lapses_at, member_urn, email, cooldown_until";

    private static final String INVITATIONS = "copy invitation (id, " + COLUMNS + ") from stdin";
    private static final String ONE = """
            with queued as (
              insert into invitation (%s)
              values (:account, 'QUEUED', :now, :profile, :firstName, :lastName, :headline, :company, :note, :template,
                      :alternative, cast(:fields as jsonb), :degree, :priority, :campaign, :source, :notBefore, :lapsesAt, :memberUrn, :email, :cooldownUntil)
              returning id),
            told as (
              insert into history (account, invitation, at, event, actor)
              select :account, id, :now, 'invitation.queued', :actor from queued)
            select id from queued""".formatted(COLUMNS);
    private static final String HISTORY = "copy history (account, invitation, at, event, actor) from stdin";

    private final Session entities;
    private final ObjectMapper json;

    QueueRows(Session entities, ObjectMapper json) {
        this.entities = entities;
        this.json = json;
    }

    /** Adds the drafts as queued at {@code now}; their ids, in their order. */
    List<Long> insert(String account, List<Taken> drafts, Instant now, String actor) {
        if (drafts.isEmpty()) {
            return List.of();
        }
        if (drafts.size() == 1) {
            return List.of(insert(account, drafts.get(0), now, actor));
        }
        List<Long> ids = entities.createNativeQuery(
                        "select nextval(pg_get_serial_sequence('invitation', 'id')) from generate_series(1, :many)",
                        Long.class)
                .addScalar("nextval", Long.class)
                .setParameter("many", drafts.size())
                .getResultList();
        CopyText invitations = new CopyText();
        CopyText history = new CopyText();
        String at = now.toString();
        for (int i = 0; i < drafts.size(); i++) {
            write(invitations, account, ids.get(i), at, drafts.get(i));
            history.text(account)
                    .number(ids.get(i))
                    .text(at)
                    .text("invitation.queued")
                    .text(actor)
                    .end();
        }
        entities.doWork(connection -> {
            copy(connection, INVITATIONS, invitations);
            copy(connection, HISTORY, history);
        });
        return ids;
    }

    private long insert(String account, Taken taken, Instant now, String actor) {
        Draft draft = taken.draft();
        return entities.createNativeQuery(ONE, Long.class)
                .addScalar("id", Long.class)
                .setParameter("account", account)
                .setParameter("now", now)
                .setParameter("actor", actor)
                .setParameter("profile", draft.profile().slug())
                .setParameter("firstName", draft.firstName(), String.class)
                .setParameter("lastName", draft.lastName(), String.class)
                .setParameter("headline", draft.headline(), String.class)
                .setParameter("company", draft.company(), String.class)
                .setParameter("note", draft.note(), String.class)
                .setParameter("template", draft.template(), String.class)
                .setParameter("alternative", draft.alternative(), Integer.class)
                .setParameter("fields", fields(draft), String.class)
                .setParameter("degree", draft.degree())
                .setParameter("priority", draft.priority())
                .setParameter("campaign", draft.campaign(), String.class)
                .setParameter("source", draft.source(), String.class)
                .setParameter("notBefore", taken.notBefore(), Instant.class)
                .setParameter("lapsesAt", draft.lapsesAt(), Instant.class)
                .setParameter("memberUrn", draft.memberUrn(), String.class)
                .setParameter("email", draft.email(), String.class)
                .setParameter("cooldownUntil", taken.cooldownUntil(), Instant.class)
                .getSingleResult();
    }

    private void write(CopyText rows, String account, long id, String at, Taken taken) {
        Draft draft = taken.draft();
        rows.number(id)
                .text(account)
                .text("QUEUED")
                .text(at)
                .text(draft.profile().slug())
                .text(draft.firstName())
                .text(draft.lastName())
                .text(draft.headline())
                .text(draft.company())
                .text(draft.note())
                .text(draft.template())
                .text(draft.alternative() == null ? null : draft.alternative().toString())
                .text(fields(draft))
                .number(draft.degree())
                .number(draft.priority())
                .text(draft.campaign())
                .text(draft.source())
                .text(written(taken.notBefore()))
                .text(written(draft.lapsesAt()))
                .text(draft.memberUrn())
                .text(draft.email())
                .text(written(taken.cooldownUntil()))
                .end();
    }

    private static void copy(Connection connection, String sql, CopyText rows) throws SQLException {
        CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
        try {
            copy.copyIn(sql, new ByteArrayInputStream(rows.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static String written(Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private String fields(Draft draft) {
        try {
            return draft.fields().isEmpty() ? null : json.writeValueAsString(draft.fields());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
