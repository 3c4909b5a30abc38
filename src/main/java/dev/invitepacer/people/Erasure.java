package dev.invitepacer.people;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.Session;

import dev.invitepacer.account.Accounts;
import dev.invitepacer.account.Pace;
import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.invitation.Imports;
import dev.invitepacer.invitation.Profile;
import dev.invitepacer.invitation.Suppressions;
import dev.invitepacer.time.ServiceClock;
import dev.invitepacer.web.KeptAnswers;

/** Erases what is known of a person, in all accounts, in one transaction. */
@ApplicationScoped
public class Erasure {
    private static final Duration WEEK = Duration.ofHours(168);
    private static final Duration LONGEST_MONTH = Duration.ofHours(31 * 24);

    private final Session entities;
    private final Accounts accounts;
    private final Suppressions suppressions;
    private final Anonymity anonymity;
    private final Imports imports;
    private final KeptAnswers answers;
    private final ServiceClock clock;
    private final Duration expiry;

    Erasure(
            Session entities,
            Accounts accounts,
            Suppressions suppressions,
            Anonymity anonymity,
            Imports imports,
            KeptAnswers answers,
            ServiceClock clock,
            PacerConfig config) {
        this.entities = entities;
        this.accounts = accounts;
        this.suppressions = suppressions;
        this.anonymity = anonymity;
        this.imports = imports;
        this.answers = answers;
        this.clock = clock;
        this.expiry = config.withdrawal().expiry();
    }

    /**
     * What an erasure came to.
     *
     * @param erased how many invitations were made anonymous, drafts cancelled, tasks closed, lists of
     *     imported rows shortened, and kept answers emptied
     * @param kept what is kept all the same
     */
    public record Result(String profile, Map<String, Long> erased, List<Kept> kept) {}

    /**
     * Something that is kept.
     *
     * @param until until when it has a purpose; null where only a request ends that
     */
    public record Kept(String what, long count, String why, Instant until) {}

    /**
     * Erases. Locks the accounts that have to do with the person in the order of their names, so that two erasures do not
     * wait for each other in a circle.
     */
    @Transactional
    public Result erase(Profile person, String actor) {
        List<Pace> locked = accountsOf(person).stream()
                .map(accounts::tryLock)
                .flatMap(Optional::stream)
                .toList();
        Instant now = clock.now();
        List<Tuple> found =
                invitations(person, locked.stream().map(Pace::account).toArray(String[]::new));
        String[] owners =
                found.stream().map(row -> row.get("account", String.class)).toArray(String[]::new);
        Long[] ids = found.stream().map(row -> row.get("id", Long.class)).toArray(Long[]::new);
        Map<String, Long> erased = new LinkedHashMap<>();
        erased.put("invitations", (long) found.size());
        erased.put("cancelled", 0L);
        erased.put("tasks", 0L);
        List<Kept> kept = new ArrayList<>();
        if (ids.length > 0) {
            erased.put("cancelled", cancelQueued(owners, ids, actor, now));
            erased.put("tasks", closeTasks(owners, ids, now));
            tell(owners, ids, actor, now);
            anonymity.anonymise(owners, ids, false, now);
            locked.forEach(pace -> pace.wake(now));
            keptOf(owners, ids, now, kept);
        }
        erased.put("imports", (long) imports.forget(person));
        erased.put("answers", (long) answers.forget(spellings(person)));
        if (suppressions.of(person).isPresent()) {
            kept.add(new Kept(
                    "suppression",
                    1,
                    "Without it the promise never to invite this person could not be kept; DELETE"
                            + " /api/v1/suppressions/{profile} removes it.",
                    null));
        }
        return new Result(person.slug(), erased, kept);
    }

    /** As an answer holds a profile: as a value, as an address, and within a sentence. */
    private static List<String> spellings(Profile person) {
        String slug = person.slug();
        return List.of("\"" + slug + "\"", person.url() + "\"", "\"" + slug + " ", " " + slug + " ", " " + slug + ";");
    }

    /** Index: invitation_person. */
    @SuppressWarnings("unchecked")
    private List<String> accountsOf(Profile person) {
        return entities.createNativeQuery(
                        "select distinct account from invitation where profile = :profile order by account",
                        String.class)
                .addScalar("account", String.class)
                .setParameter("profile", person.slug())
                .getResultList();
    }

    /** Index: invitation_profile. */
    private List<Tuple> invitations(Profile person, String[] locked) {
        return entities.createNativeQuery("""
                select account, id from invitation
                 where account = any(:accounts) and profile = :profile
                 order by account, id""", Tuple.class)
                .addScalar("account", String.class)
                .addScalar("id", Long.class)
                .setParameter("accounts", locked)
                .setParameter("profile", person.slug())
                .getResultList();
    }

    /** Index: the key of invitation. */
    private long cancelQueued(String[] owners, Long[] ids, String actor, Instant now) {
        return ((Number) entities.createNativeQuery("""
                with cancelled as (
                  update invitation i
                     set state = 'CANCELLED', ended_at = :now
                    from unnest(:accounts, :ids) as erased (account, id)
                   where i.account = erased.account and i.id = erased.id and i.state = 'QUEUED'
                  returning i.account, i.id),
                told as (
                  insert into history (account, invitation, at, event, actor, detail)
                  select account, id, :now, 'invitation.cancelled', :actor, cast('{"reason": "ERASED"}' as jsonb) from cancelled)
                select count(*) from cancelled""")
                        .setParameter("now", now)
                        .setParameter("actor", actor)
                        .setParameter("accounts", owners)
                        .setParameter("ids", ids)
                        .getSingleResult())
                .longValue();
    }

    /** Nobody could do them: they name nobody any more. Index: task_invitation. */
    private long closeTasks(String[] owners, Long[] ids, Instant now) {
        return entities.createNativeMutationQuery("""
                update task t
                   set state = 'CANCELLED', outcome = 'ERASED', closed_at = :now, lease = null, leased_until = null
                  from unnest(:accounts, :ids) as erased (account, id)
                 where t.account = erased.account and t.invitation = erased.id and t.state = 'OPEN'""")
                .setParameter("now", now)
                .setParameter("accounts", owners)
                .setParameter("ids", ids)
                .executeUpdate();
    }

    /** What was to be withdrawn is pending again, since nobody can be asked to. Index: the key of invitation. */
    private void tell(String[] owners, Long[] ids, String actor, Instant now) {
        entities.createNativeMutationQuery("""
                with asked as (
                  select i.account, i.id, i.state = 'WITHDRAWING' as leaving
                    from unnest(:accounts, :ids) as erased (account, id)
                    join invitation i on i.account = erased.account and i.id = erased.id),
                returned as (
                  update invitation i
                     set state = 'PENDING'
                    from asked
                   where asked.leaving and i.account = asked.account and i.id = asked.id)
                insert into history (account, invitation, at, event, actor, detail)
                select account, id, :now, 'invitation.erased', :actor,
                       case when leaving then cast('{"reason": "REQUEST", "from": "WITHDRAWING", "state": "PENDING"}' as jsonb)
                            else cast('{"reason": "REQUEST"}' as jsonb) end
                  from asked""")
                .setParameter("now", now)
                .setParameter("actor", actor)
                .setParameter("accounts", owners)
                .setParameter("ids", ids)
                .executeUpdate();
    }

    /** Indexes: the key of invitation, ledger_invitation, the key of note_use. */
    private void keptOf(String[] owners, Long[] ids, Instant now, List<Kept> kept) {
        Tuple row = (Tuple) entities.createNativeQuery("""
                with erased as (select * from unnest(:accounts, :ids) as erased (account, id))
                select (select count(*) from erased e join ledger l on l.account = e.account and l.invitation = e.id) as booked,
                       (select max(l.at) from erased e join ledger l on l.account = e.account and l.invitation = e.id) as booked_at,
                       (select count(*) from erased e join note_use n on n.account = e.account and n.invitation = e.id) as notes,
                       (select max(n.at) from erased e join note_use n on n.account = e.account and n.invitation = e.id) as noted_at,
                       (select count(*) from erased e join invitation i on i.account = e.account and i.id = e.id
                         where i.state in ('RELEASED', 'PENDING', 'WITHDRAWING')) as pending,
                       (select max(i.pending_since) from erased e join invitation i on i.account = e.account and i.id = e.id
                         where i.state in ('RELEASED', 'PENDING', 'WITHDRAWING')) as pending_since""", Tuple.class)
                .addScalar("booked", Long.class)
                .addScalar("booked_at", Instant.class)
                .addScalar("notes", Long.class)
                .addScalar("noted_at", Instant.class)
                .addScalar("pending", Long.class)
                .addScalar("pending_since", Instant.class)
                .setParameter("accounts", owners)
                .setParameter("ids", ids)
                .getSingleResult();
        add(
                kept,
                "ledger",
                row.get("booked", Long.class),
                "That somebody was invited at an instant, without a name: the cap of every 168 hours counts it.",
                row.get("booked_at", Instant.class),
                WEEK);
        add(
                kept,
                "notes",
                row.get("notes", Long.class),
                "That a personalised note was used, without a name or its words: the month's quota counts it.",
                row.get("noted_at", Instant.class),
                LONGEST_MONTH);
        add(
                kept,
                "pending",
                row.get("pending", Long.class),
                "LinkedIn still counts the invitation, so the pending threshold does too, without a name. It cannot be"
                        + " withdrawn by name any more.",
                row.get("pending_since", Instant.class),
                expiry);
        add(
                kept,
                "anonymous invitations",
                (long) ids.length,
                "That somebody was invited, when and what came of it, without a name: statistics count it.",
                null,
                null);
    }

    private static void add(List<Kept> kept, String what, long count, String why, Instant since, Duration length) {
        if (count > 0) {
            kept.add(new Kept(what, count, why, since == null ? null : since.plus(length)));
        }
    }
}
