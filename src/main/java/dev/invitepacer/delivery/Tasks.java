package dev.invitepacer.delivery;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.Session;

import dev.invitepacer.invitation.Invitation;
import dev.invitepacer.web.Code;
import dev.invitepacer.web.Problem;

/** The tasks. Opening and closing them belongs to the transaction that holds the account's lock. */
@ApplicationScoped
public class Tasks implements PanacheRepositoryBase<Task, Long> {
    /** An open task that came up longer ago is late. */
    public static final Duration LATE_AFTER = Duration.ofDays(3);

    private final Session entities;
    private final Event<TaskOpened> opened;

    public Tasks(Session entities, Event<TaskOpened> opened) {
        this.entities = entities;
        this.opened = opened;
    }

    /**
     * The task, or a 404 answer, as the last holder of its row left it and locked until the transaction ends: nobody begins
     * to hand it over meanwhile. The caller holds the account's lock.
     */
    public Task locked(String id) {
        Task task = known(id);
        entities.refresh(task, LockModeType.PESSIMISTIC_WRITE);
        return task;
    }

    /** Whoever hands over looks for it as soon as this transaction is committed. */
    void tellOpened() {
        opened.fire(new TaskOpened());
    }

    Invitation invitationOf(Task task) {
        return entities.find(Invitation.class, new Invitation.Key(task.account, task.invitation));
    }

    /** The way that the account's tasks take now; null where people do them. Index: the key of account. */
    String laneOf(String account) {
        return entities.createNativeQuery(
                        "select delivery_lane(account, settings) from account where account = :account", String.class)
                .addScalar("delivery_lane", String.class)
                .setParameter("account", account)
                .getSingleResult();
    }

    /** The task, or a 404 answer. */
    public Task known(String id) {
        return named(id).orElseThrow(Tasks::unknown);
    }

    Optional<Task> named(String id) {
        return id.matches("[0-9]{1,18}") ? findByIdOptional(Long.parseLong(id)) : Optional.empty();
    }

    static RuntimeException unknown() {
        return Problem.of(Code.TASK_UNKNOWN, "There is no such task; GET /api/v1/tasks lists the open ones.");
    }

    /**
     * Opens one task for each released invitation; the arrays belong together by position. Whoever hands over is told where
     * there is something for him, and not of what people do. Index: the key of invitation.
     */
    public void openSends(String[] accounts, Long[] invitations, Instant now) {
        boolean isForLanes = (Boolean) entities.createNativeQuery("""
                with opened as (
                  insert into task (account, invitation, kind, state, attempt, opened_at)
                  select i.account, i.id, 'SEND', 'OPEN', i.attempt, :now
                    from unnest(:accounts, :invitations) as released (account, id)
                    join invitation i on i.account = released.account and i.id = released.id
                  returning lane)
                select exists (select from opened where lane is not null)""", Boolean.class)
                .addScalar("exists", Boolean.class)
                .setParameter("accounts", accounts)
                .setParameter("invitations", invitations)
                .setParameter("now", now)
                .getSingleResult();
        if (isForLanes) {
            tellOpened();
        }
    }

    /** Opens a task to withdraw an invitation, which comes up at {@code readyAt}. Index: task_open keeps it from being asked twice. */
    public void openWithdrawal(String account, long invitation, String reason, Instant readyAt, Instant now) {
        entities.createNativeMutationQuery("""
                insert into task (account, invitation, kind, state, reason, attempt, ready_at, opened_at)
                select :account, :invitation, 'WITHDRAW', 'OPEN', :reason,
                       1 + (select count(*) from task
                             where account = :account and invitation = :invitation and kind = 'WITHDRAW'), :readyAt, :now""")
                .setParameter("account", account)
                .setParameter("invitation", invitation)
                .setParameter("reason", reason)
                .setParameter("readyAt", readyAt)
                .setParameter("now", now)
                .executeUpdate();
        tellOpened();
    }

    /** Opens a task to follow a person. */
    public void openFollow(String account, long invitation, Instant now) {
        entities.createNativeMutationQuery("""
                insert into task (account, invitation, kind, state, attempt, opened_at)
                values (:account, :invitation, 'FOLLOW', 'OPEN', 1, :now)""")
                .setParameter("account", account)
                .setParameter("invitation", invitation)
                .setParameter("now", now)
                .executeUpdate();
        tellOpened();
    }

    /** When people were suggested to be followed, after {@code since}. Index: task_follows. */
    public List<Instant> followsSince(String account, Instant since) {
        return entities.createNativeQuery("""
                select opened_at from task
                 where account = :account and kind = 'FOLLOW' and opened_at > :since""", Instant.class)
                .addScalar("opened_at", Instant.class)
                .setParameter("account", account)
                .setParameter("since", since)
                .getResultStream()
                .map(Instant.class::cast)
                .toList();
    }

    /** The open tasks of one invitation. Index: task_invitation. */
    public List<Task> openOf(String account, long invitation) {
        return list("account = ?1 and invitation = ?2 and state = ?3", account, invitation, TaskState.OPEN);
    }

    /**
     * A withdrawal that was asked for.
     *
     * @param at when it came or comes up; when it was done, where somebody did it before that
     */
    public record Withdrawal(boolean isOpen, Instant at) {}

    /**
     * The withdrawals that are open, and those that came up after {@code since}. What was closed before it came up, and not by
     * being withdrawn, asked nobody for anything and is left out. Indexes: task_open_kind, task_withdrawals.
     */
    public List<Withdrawal> withdrawals(String account, Instant since) {
        return entities.createNativeQuery("""
                select true as open, coalesce(ready_at, opened_at) as at
                  from task
                 where account = :account and kind = 'WITHDRAW' and state = 'OPEN'
                union all
                select false, least(coalesce(ready_at, opened_at), closed_at)
                  from task
                 where account = :account and kind = 'WITHDRAW' and state <> 'OPEN'
                   and coalesce(ready_at, opened_at) > :since
                   and closed_at > :since
                   and (closed_at >= coalesce(ready_at, opened_at) or outcome = 'WITHDRAWN')""", Tuple.class)
                .addScalar("open", Boolean.class)
                .addScalar("at", Instant.class)
                .setParameter("account", account)
                .setParameter("since", since)
                .getResultStream()
                .map(row -> new Withdrawal(row.get("open", Boolean.class), row.get("at", Instant.class)))
                .toList();
    }

    /** Tasks with their invitations, oldest first; of the open ones those that have come up. Indexes: task_open_kind, task_open_list, task_stuck. */
    List<Object[]> page(
            Set<String> seen,
            String account,
            TaskKind kind,
            TaskState state,
            Stage stage,
            long after,
            Instant now,
            int most) {
        StringBuilder query = new StringBuilder("""
                select t, i from Task t join Invitation i on i.account = t.account and i.id = t.invitation
                 where t.state = :state and t.id > :after""");
        Parameters parameters = Parameters.with("state", state).and("after", after);
        if (state == TaskState.OPEN) {
            query.append(" and (t.readyAt is null or t.readyAt <= :now)");
            parameters.and("now", now);
        }
        if (account != null) {
            query.append(" and t.account = :account");
            parameters.and("account", account);
        } else if (seen != null) {
            query.append(" and t.account in (:seen)");
            parameters.and("seen", seen);
        } else if (state == TaskState.OPEN) {
            // The condition of task_open_list.
            query.append(" and t.closedAt is null");
        }
        if (kind != null) {
            query.append(" and t.kind = :kind");
            parameters.and("kind", kind);
        }
        if (stage != null) {
            query.append(" and t.stage = :stage");
            parameters.and("stage", stage);
        }
        var typed =
                entities.createQuery(query + " order by t.id", Object[].class).setMaxResults(most);
        parameters.map().forEach(typed::setParameter);
        return typed.getResultList();
    }
}
