package dev.invitepacer.delivery;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;

import dev.invitepacer.web.Code;
import dev.invitepacer.web.Problem;

/** The tasks. Opening and closing them belongs to the transaction that holds the account's lock. */
@ApplicationScoped
public class Tasks implements PanacheRepositoryBase<Task, Long> {
    private final Session entities;

    public Tasks(Session entities) {
        this.entities = entities;
    }

    /** The task, or a 404 answer. */
    public Task known(String id) {
        return (id.matches("[0-9]{1,18}") ? findByIdOptional(Long.parseLong(id)) : Optional.<Task>empty())
                .orElseThrow(() ->
                        Problem.of(Code.TASK_UNKNOWN, "There is no such task; GET /api/v1/tasks lists the open ones."));
    }

    /** Opens one task for each released invitation; the arrays belong together by position. */
    public void openSends(String[] accounts, Long[] invitations, Instant now) {
        entities.createNativeMutationQuery("""
                insert into task (account, invitation, kind, state, attempt, opened_at)
                select i.account, i.id, 'SEND', 'OPEN', i.attempt, :now
                  from unnest(:accounts, :invitations) as released (account, id)
                  join invitation i on i.account = released.account and i.id = released.id""")
                .setParameter("accounts", accounts)
                .setParameter("invitations", invitations)
                .setParameter("now", now)
                .executeUpdate();
    }

    /** Opens a task to withdraw an invitation. Index: task_open keeps it from being asked twice. */
    public void openWithdrawal(String account, long invitation, String reason, Instant now) {
        entities.createNativeMutationQuery("""
                insert into task (account, invitation, kind, state, reason, attempt, opened_at)
                select :account, :invitation, 'WITHDRAW', 'OPEN', :reason,
                       1 + (select count(*) from task
                             where account = :account and invitation = :invitation and kind = 'WITHDRAW'), :now""")
                .setParameter("account", account)
                .setParameter("invitation", invitation)
                .setParameter("reason", reason)
                .setParameter("now", now)
                .executeUpdate();
    }

    /** The open tasks of one invitation. Index: task_invitation. */
    public List<Task> openOf(String account, long invitation) {
        return list("account = ?1 and invitation = ?2 and state = ?3", account, invitation, TaskState.OPEN);
    }

    /** How many withdrawals are asked for and not yet reported. Index: task_open_kind. */
    public int openWithdrawals(String account) {
        return (int) count("account = ?1 and kind = ?2 and state = ?3", account, TaskKind.WITHDRAW, TaskState.OPEN);
    }

    /** Tasks with their invitations, oldest first. Indexes: task_open_kind, task_open_list. */
    List<Object[]> page(String account, TaskKind kind, TaskState state, long after, int most) {
        StringBuilder query = new StringBuilder("""
                select t, i from Task t join Invitation i on i.account = t.account and i.id = t.invitation
                 where t.state = :state and t.id > :after""");
        Parameters parameters = Parameters.with("state", state).and("after", after);
        if (account != null) {
            query.append(" and t.account = :account");
            parameters.and("account", account);
        }
        if (kind != null) {
            query.append(" and t.kind = :kind");
            parameters.and("kind", kind);
        }
        var typed =
                entities.createQuery(query + " order by t.id", Object[].class).setMaxResults(most);
        parameters.map().forEach(typed::setParameter);
        return typed.getResultList();
    }
}
