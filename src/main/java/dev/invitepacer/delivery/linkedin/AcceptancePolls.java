package dev.invitepacer.delivery.linkedin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

import dev.invitepacer.time.ServiceClock;

/** Whose turn it is to be asked for, and which invitations an answer is about. Each call is a short transaction. */
@ApplicationScoped
class AcceptancePolls {
    private final Session entities;
    private final ServiceClock clock;

    AcceptancePolls(Session entities, ServiceClock clock) {
        this.entities = entities;
        this.clock = clock;
    }

    /** One account's turn, held by this process. */
    record Poll(String account, UUID run, int start, int failures) {}

    /** Makes a turn for every account of the channel that has none. */
    @Transactional
    void enrol() {
        entities.createNativeMutationQuery("""
                insert into acceptance_poll (account, due_at)
                select account, service_now() from account
                 where settings ->> 'channel' = 'LINKEDIN'
                    on conflict do nothing""").executeUpdate();
    }

    /** Takes the turn of one account that is due and that nobody else has. Index: acceptance_poll_due. */
    @Transactional
    Optional<Poll> claim(Duration lease) {
        return entities.createNativeQuery("""
                update acceptance_poll
                   set run = gen_random_uuid(), run_until = clock_timestamp() + make_interval(secs => :lease)
                 where account = (
                       select a.account
                         from acceptance_poll a
                         join account b on b.account = a.account
                        where a.due_at <= :now
                          and (a.run is null or a.run_until < clock_timestamp())
                          and b.settings ->> 'channel' = 'LINKEDIN'
                        order by a.due_at
                        limit 1
                          for update of a skip locked)
                returning account, run, next_start, failures""", Tuple.class)
                .addScalar("account", String.class)
                .addScalar("run", UUID.class)
                .addScalar("next_start", Integer.class)
                .addScalar("failures", Integer.class)
                .setParameter("lease", (double) lease.toSeconds())
                .setParameter("now", clock.now())
                .getResultStream()
                .map(Tuple.class::cast)
                .map(row -> new Poll(
                        row.get("account", String.class),
                        row.get("run", UUID.class),
                        row.get("next_start", Integer.class),
                        row.get("failures", Integer.class)))
                .findFirst();
    }

    /** Ends a turn that is still this process's, and says when the next is. Index: the key. */
    @Transactional
    void end(Poll poll, int nextStart, int failures, Duration until) {
        entities.createNativeMutationQuery("""
                update acceptance_poll
                   set run = null, run_until = null, next_start = :start, failures = :failures, due_at = :due
                 where account = :account and run = :run""")
                .setParameter("start", nextStart)
                .setParameter("failures", failures)
                .setParameter("due", clock.now().plus(until))
                .setParameter("account", poll.account())
                .setParameter("run", poll.run())
                .executeUpdate();
    }

    /**
     * The invitations that wait for an answer and are among the accepted: by LinkedIn's id, or, where that was never heard, by
     * whom they invite, unless LinkedIn's was sent before. Indexes: task_reference, task_invitation, invitation_live.
     */
    @Transactional
    List<Long> waiting(String account, List<AcceptedPage.Accepted> accepted) {
        return entities.createNativeQuery("""
                select i.id
                  from invitation i
                 where i.account = :account
                   and i.state in ('RELEASED', 'PENDING', 'WITHDRAWING')
                   and (exists (select from task t
                                 where t.account = i.account and t.invitation = i.id and t.kind = 'SEND'
                                   and t.attempt = i.attempt and t.reference = any(:ids))
                     or not exists (select from task t
                                     where t.account = i.account and t.invitation = i.id and t.kind = 'SEND'
                                       and t.attempt = i.attempt and t.reference is not null)
                    and exists (select from unnest(:invitees, :sent) as a (invitee, sent)
                                 where a.invitee in (i.member_urn, 'urn:li:email:' || i.email)
                                   and (a.sent < 0 or to_timestamp(a.sent / 1000.0)
                                          >= coalesce(i.released_at, i.sent_at) - interval '5 minutes')))
                 order by i.id""", Long.class)
                .addScalar("id", Long.class)
                .setParameter("account", account)
                .setParameter(
                        "ids",
                        accepted.stream()
                                .map(AcceptedPage.Accepted::id)
                                .filter(Objects::nonNull)
                                .toArray(String[]::new))
                .setParameter(
                        "invitees",
                        accepted.stream().map(AcceptedPage.Accepted::invitee).toArray(String[]::new))
                .setParameter(
                        "sent",
                        accepted.stream().map(AcceptedPage.Accepted::sentAt).toArray(Long[]::new))
                .getResultStream()
                .map(Long.class::cast)
                .toList();
    }
}
