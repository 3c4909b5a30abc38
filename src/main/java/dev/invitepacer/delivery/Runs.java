package dev.invitepacer.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hibernate.Session;

import dev.invitepacer.account.Channel;
import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.invitation.Invitation;
import dev.invitepacer.invitation.Profile;
import dev.invitepacer.time.ServiceClock;

/**
 * Claims hand-overs, keeps them, and finds those whose process died. Each call is a short transaction of its own. A run ends
 * by the database's own clock: neither a time-lapse nor a clock that jumps ends it.
 */
@ApplicationScoped
class Runs {
    private static final String ACTOR = "pacer";

    /** How many runs that were left behind one transaction takes. */
    private static final int MOST_SWEPT = 500;

    /** What keeps a task that is due from being handed over: a person has it, or its account goes nowhere now. */
    private static final String FREE = """
            (t.lease is null or t.leased_until <= :now)
            and (p.paused_at is null or p.paused_until <= :now)
            and (t.kind <> 'SEND' or p.restricted_until is null or p.restricted_until <= :now)
            """;

    private final Session entities;
    private final ServiceClock clock;
    private final Duration lease;

    Runs(Session entities, ServiceClock clock, PacerConfig config) {
        this.entities = entities;
        this.clock = clock;
        this.lease = config.delivery().lease();
    }

    /** The lanes on which something is due at {@code now}. */
    record Due(List<String> lanes, Instant now) {}

    /**
     * Steps from lane to lane, however many tasks wait on each. That of an endpoint that is off waits, and so does one on which
     * nothing may be claimed: it would take places from the others. Indexes: task_waiting; the keys of endpoint and pace.
     */
    @Transactional
    @SuppressWarnings("unchecked")
    Due due(Set<Channel> channels) {
        Instant now = clock.now();
        List<String> lanes = entities.createNativeQuery("""
                with recursive step as (
                  (select lane from task
                    where state = 'OPEN' and next_try_at is not null
                    order by lane limit 1)
                  union all
                  select (select t.lane from task t
                           where t.state = 'OPEN' and t.next_try_at is not null and t.lane > step.lane
                           order by t.lane limit 1)
                    from step
                   where step.lane is not null)
                select lane from step
                 where split_part(lane, ':', 1) = any(:channels)
                   and not exists (select from endpoint e
                                    where step.lane = 'WEBHOOK:' || e.name and e.off_since is not null)
                   and exists (select from task t
                                 join pace p on p.account = t.account
                                where t.lane = step.lane and t.state = 'OPEN' and t.next_try_at <= :now
                                  and """ + FREE + ")", String.class)
                .addScalar("lane", String.class)
                .setParameter("channels", names(channels))
                .setParameter("now", now)
                .getResultList();
        return new Due(lanes, now);
    }

    /**
     * Claims what is due on these lanes, on each so many at most, oldest first; what people have claimed, and what belongs to
     * accounts that are paused or limited, is left. Indexes: task_waiting, the keys of pace and task.
     *
     * @param again the channels that may be asked again: their calls count as begun at once
     */
    @Transactional
    List<Run> claim(Map<String, Integer> places, Set<Channel> again, Instant now) {
        List<Long> claimed = entities.createNativeQuery("""
                with chosen as (
                  select w.id
                    from unnest(:lanes, :places) as offered (lane, places)
                   cross join lateral (
                         select t.id
                           from task t
                           join pace p on p.account = t.account
                          where t.lane = offered.lane
                            and t.state = 'OPEN'
                            and t.next_try_at <= :now
                            and """ + FREE + """
                          order by t.next_try_at, t.id
                          limit offered.places
                            for update of t skip locked) as w)
                update task t
                   set stage = 'RUNNING', run = gen_random_uuid(), tries = t.tries + 1, next_try_at = null,
                       run_until = clock_timestamp() + make_interval(secs => :lease),
                       begun = split_part(t.lane, ':', 1) = any(:again),
                       lease = null, leased_until = null
                  from chosen
                 where t.id = chosen.id
                returning t.id""", Long.class)
                .addScalar("id", Long.class)
                .setParameter("lanes", places.keySet().toArray(String[]::new))
                .setParameter("places", places.values().toArray(Integer[]::new))
                .setParameter("again", names(again))
                .setParameter("now", now)
                .setParameter("lease", seconds(lease))
                .getResultStream()
                .map(Long.class::cast)
                .toList();
        return claimed.isEmpty() ? List.of() : read(claimed);
    }

    /** Indexes: the keys of task and invitation; task_invitation. */
    private List<Run> read(List<Long> claimed) {
        Map<Long, String> references = references(claimed);
        return entities.createQuery("""
                select t, i from Task t join Invitation i on i.account = t.account and i.id = t.invitation
                 where t.id in (:ids) order by t.id""", Object[].class)
                .setParameter("ids", claimed)
                .getResultStream()
                .map(row -> run((Task) row[0], (Invitation) row[1], references))
                .toList();
    }

    /** By what the channel knows the invitations that it was given before. */
    private Map<Long, String> references(List<Long> claimed) {
        Map<Long, String> references = new HashMap<>();
        entities.createNativeQuery("""
                select t.id, sent.reference
                  from task t
                 cross join lateral (
                       select s.reference from task s
                        where s.account = t.account and s.invitation = t.invitation and s.reference is not null
                        order by s.id desc
                        limit 1) as sent
                 where t.id = any(:ids)""", Tuple.class)
                .addScalar("id", Long.class)
                .addScalar("reference", String.class)
                .setParameter("ids", claimed.toArray(Long[]::new))
                .getResultStream()
                .map(Tuple.class::cast)
                .forEach(row -> references.put(row.get("id", Long.class), row.get("reference", String.class)));
        return references;
    }

    private static Run run(Task task, Invitation invitation, Map<Long, String> references) {
        return new Run(
                task.run,
                Channel.valueOf(task.lane.split(":", 2)[0]),
                task.lane,
                new HandOver(
                        task.id,
                        task.kind,
                        task.account,
                        task.invitation,
                        task.attempt,
                        task.tries,
                        invitation.person().map(Profile::slug).orElse(null),
                        invitation.person().map(Profile::url).orElse(null),
                        invitation.firstName,
                        invitation.lastName,
                        invitation.headline,
                        invitation.company,
                        task.noteOf(invitation),
                        invitation.memberUrn,
                        invitation.email,
                        invitation.campaign,
                        task.reason,
                        references.get(task.id),
                        task.openedAt,
                        task.lane));
    }

    /** Lets everything that waits on a lane, or has failed there, be tried at once and from the first try on. Index: task_waiting. */
    @Transactional
    int driveAgain(String lane) {
        return entities.createNativeMutationQuery("""
                update task
                   set next_try_at = greatest(service_now(), coalesce(ready_at, opened_at)), tries = 0,
                       stage = case when doubted then 'IN_DOUBT' else 'WAITING' end
                 where lane = :lane and state = 'OPEN' and run is null
                   and stage in ('WAITING', 'IN_DOUBT', 'FAILED')""")
                .setParameter("lane", lane)
                .executeUpdate();
    }

    /** Writes down that the call goes out now; false where the run is lost, and then nothing may go out. Index: the key of task. */
    @Transactional
    boolean begin(Run run) {
        return entities.createNativeMutationQuery("""
                update task
                   set begun = true, run_until = clock_timestamp() + make_interval(secs => :lease)
                 where id = :id and run = :run""")
                        .setParameter("lease", seconds(lease))
                        .setParameter("id", run.task())
                        .setParameter("run", run.token())
                        .executeUpdate()
                == 1;
    }

    /** Keeps runs that are still their holder's: work that is merely slow is not taken over. Index: the key of task. */
    @Transactional
    int renew(Collection<Run> runs) {
        return entities.createNativeMutationQuery("""
                update task t
                   set run_until = clock_timestamp() + make_interval(secs => :lease)
                  from unnest(:ids, :runs) as held (id, run)
                 where t.id = held.id and t.run = held.run""")
                .setParameter("lease", seconds(lease))
                .setParameter("ids", runs.stream().map(Run::task).toArray(Long[]::new))
                .setParameter("runs", runs.stream().map(Run::token).toArray(UUID[]::new))
                .executeUpdate();
    }

    /** Gives back what was claimed and has not gone out, as if it had never been claimed. Index: the key of task. */
    @Transactional
    boolean handBack(Run run) {
        return entities.createNativeMutationQuery("""
                update task
                   set run = null, run_until = null, begun = false, tries = tries - 1, next_try_at = service_now(),
                       stage = case when doubted then 'IN_DOUBT' else 'WAITING' end
                 where id = :id and run = :run""")
                        .setParameter("id", run.task())
                        .setParameter("run", run.token())
                        .executeUpdate()
                == 1;
    }

    /**
     * Takes over the runs whose time is up: their process died. What had not gone out waits again; what may have is in doubt,
     * and is tried again at once where the channel may be asked again. Index: task_running.
     *
     * @return how many
     */
    @Transactional
    int sweep(Set<Channel> again) {
        return ((Number) entities.createNativeQuery("""
                with over as (
                  select id, begun, split_part(lane, ':', 1) = any(:again) as repeats
                    from task
                   where run is not null and run_until < clock_timestamp()
                   order by run_until
                   limit :most
                     for update skip locked),
                taken as (
                  update task t
                     set run = null, run_until = null, begun = false,
                         tries = t.tries - case when over.begun then 0 else 1 end,
                         doubted = t.doubted or over.begun,
                         stage = case when t.doubted or over.begun then 'IN_DOUBT' else 'WAITING' end,
                         delivery_detail = case when over.begun then :began else :unbegun end,
                         next_try_at = case when over.repeats and t.tries < :most_tries or not over.begun then service_now() end
                    from over
                   where t.id = over.id
                  returning t.account, t.invitation, t.id, t.kind, t.lane, t.stage, t.tries, t.delivery_detail),
                told as (
                  insert into history (account, invitation, at, event, actor, detail)
                  select account, invitation, service_now(), 'invitation.hand-over', :actor,
                         jsonb_build_object('task', id, 'kind', kind, 'lane', lane, 'try', tries,
                           'outcome', case stage when 'IN_DOUBT' then 'IN_DOUBT' else 'HANDED_BACK' end,
                           'detail', delivery_detail)
                    from taken)
                select count(*) from taken""")
                        .setParameter("again", names(again))
                        .setParameter("most", MOST_SWEPT)
                        .setParameter("most_tries", RetrySchedule.MOST_TRIES)
                        .setParameter("began", "the process that handed it over ended before it heard an answer")
                        .setParameter("unbegun", "the process that was to hand it over ended before it began")
                        .setParameter("actor", ACTOR)
                        .getSingleResult())
                .intValue();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }

    private static String[] names(Set<Channel> channels) {
        return channels.stream().map(Channel::name).toArray(String[]::new);
    }
}
