package dev.invitepacer.insight;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.List;
import org.hibernate.Session;

import dev.invitepacer.invitation.ConnectedAlready;
import dev.invitepacer.invitation.State;
import dev.invitepacer.web.Code;
import dev.invitepacer.web.Problem;

/** Reads the invitations that have left. */
@ApplicationScoped
class SentInvitations {
    private static final int MOST = 200_000;

    private final Session entities;

    SentInvitations(Session entities) {
        this.entities = entities;
    }

    /**
     * Those of an account that left in the period. A draft that came back unsent has not left.
     *
     * @param by null for no key
     * @throws io.quarkiverse.resteasy.problem.HttpProblem where there are more than {@value #MOST}
     */
    List<Sent> in(String account, Period period, GroupBy by) {
        // Indexes: invitation_left; task_invitation for an acceptance of what was never reported sent.
        List<Sent> sent = entities.createNativeQuery(
                        """
                select %s as key, %s as alternative, coalesce(sent_at, released_at) as at,
                       case when %s then 'FAILED' else i.state end as state,
                       released_at is not null as is_released,
                       case when i.state = 'ACCEPTED' then ended_at end as accepted_at
                  from invitation i
                 where account = :account
                   and coalesce(sent_at, released_at) >= :from
                   and coalesce(sent_at, released_at) < :to
                   and state not in ('QUEUED', 'CANCELLED', 'LAPSED')
                 limit :most""".formatted(
                                        by == null ? "cast(null as text)" : by.key,
                                        by == null ? "cast(null as smallint)" : by.alternative,
                                        ConnectedAlready.CONDITION),
                        Tuple.class)
                .addScalar("key", String.class)
                .addScalar("alternative", Integer.class)
                .addScalar("at", Instant.class)
                .addScalar("state", String.class)
                .addScalar("is_released", Boolean.class)
                .addScalar("accepted_at", Instant.class)
                .setParameter("account", account)
                .setParameter("from", period.from())
                .setParameter("to", period.to())
                .setParameter("most", MOST + 1)
                .getResultStream()
                .map(SentInvitations::sent)
                .toList();
        if (sent.size() > MOST) {
            throw Problem.of(
                    Code.UNREADABLE,
                    "More than " + MOST + " invitations left in this time; take a shorter one with from and to.");
        }
        return sent;
    }

    private static Sent sent(Tuple row) {
        State state = State.valueOf(row.get("state", String.class));
        return new Sent(
                row.get("key", String.class),
                row.get("alternative", Integer.class),
                row.get("at", Instant.class),
                state,
                row.get("is_released", Boolean.class),
                state == State.ACCEPTED ? row.get("accepted_at", Instant.class) : null);
    }
}
