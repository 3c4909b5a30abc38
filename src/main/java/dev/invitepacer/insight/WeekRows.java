package dev.invitepacer.insight;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;

import dev.invitepacer.invitation.Invitation;
import dev.invitepacer.invitation.State;
import dev.invitepacer.pacing.ReleaseWindow;
import dev.invitepacer.pacing.Steps;

/** Reads what the picture of a week shows. */
@ApplicationScoped
class WeekRows {
    /** More than five weeks of releases at the highest cap and as many by hand are. */
    private static final int MOST = 20_000;

    private final Session entities;

    WeekRows(Session entities) {
        this.entities = entities;
    }

    /** Whom an invitation is to; all null once the person was erased. */
    record Person(String profile, String firstName, String lastName) {}

    /** What counts in the windows of the period, in order. Indexes: ledger_window, the key of invitation. */
    List<WeekView.Release> counted(String account, Period period) {
        return entities.createNativeQuery("""
                select l.at, l.kind, l.cap, i.id, i.profile, i.first_name, i.last_name, i.campaign, i.state
                  from ledger l
                  left join invitation i on i.account = l.account and i.id = l.invitation
                 where l.account = :account
                   and l.at > :from
                   and l.at < :to
                   and l.returned_at is null
                 order by l.at, l.id
                 limit :most""", Tuple.class)
                .addScalar("at", Instant.class)
                .addScalar("kind", String.class)
                .addScalar("cap", Integer.class)
                .addScalar("id", Long.class)
                .addScalar("profile", String.class)
                .addScalar("first_name", String.class)
                .addScalar("last_name", String.class)
                .addScalar("campaign", String.class)
                .addScalar("state", String.class)
                .setParameter("account", account)
                .setParameter("from", period.from().minus(ReleaseWindow.WEEK))
                .setParameter("to", period.to())
                .setParameter("most", MOST)
                .getResultStream()
                .map(Tuple.class::cast)
                .map(WeekRows::release)
                .toList();
    }

    private static WeekView.Release release(Tuple row) {
        String state = row.get("state", String.class);
        Person person = person(row);
        return new WeekView.Release(
                row.get("at", Instant.class),
                row.get("kind", String.class),
                row.get("cap", Integer.class),
                row.get("id", Long.class),
                person.profile(),
                person.firstName(),
                person.lastName(),
                row.get("campaign", String.class),
                state == null ? null : State.valueOf(state));
    }

    private static Person person(Tuple row) {
        String profile = row.get("profile", String.class);
        boolean isErased = profile == null || profile.startsWith(Invitation.ERASED);
        return new Person(
                isErased ? null : profile, row.get("first_name", String.class), row.get("last_name", String.class));
    }

    /** From when to when each was pending that was so in {@code [from, now]}. Indexes: invitation_pending, invitation_ended. */
    List<Steps.Span> pending(String account, Instant from) {
        return entities.createNativeQuery("""
                select pending_since, cast(null as timestamptz) as ended_at
                  from invitation
                 where account = :account and state in ('RELEASED', 'PENDING', 'WITHDRAWING')
                union all
                select pending_since, ended_at
                  from invitation
                 where account = :account and ended_at > :from and pending_since is not null
                   and state not in ('QUEUED', 'RELEASED', 'PENDING', 'WITHDRAWING')""", Tuple.class)
                .addScalar("pending_since", Instant.class)
                .addScalar("ended_at", Instant.class)
                .setParameter("account", account)
                .setParameter("from", from)
                .getResultStream()
                .map(Tuple.class::cast)
                .map(row -> new Steps.Span(row.get("pending_since", Instant.class), row.get("ended_at", Instant.class)))
                .toList();
    }

    /** Whom invitations are to. Index: the key. */
    Map<Long, Person> people(String account, Collection<Long> invitations) {
        Map<Long, Person> people = new HashMap<>();
        entities.createNativeQuery("""
                select id, profile, first_name, last_name
                  from invitation
                 where account = :account and id = any(:ids)""", Tuple.class)
                .addScalar("id", Long.class)
                .addScalar("profile", String.class)
                .addScalar("first_name", String.class)
                .addScalar("last_name", String.class)
                .setParameter("account", account)
                .setParameter("ids", invitations.toArray(Long[]::new))
                .getResultStream()
                .map(Tuple.class::cast)
                .forEach(row -> people.put(row.get("id", Long.class), person(row)));
        return people;
    }
}
