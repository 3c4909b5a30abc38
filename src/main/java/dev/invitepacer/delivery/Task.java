package dev.invitepacer.delivery;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;

/** One thing that a sender is asked to do. */
@Entity
@DynamicUpdate
@Table(name = "task")
public class Task {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    public String account;
    public long invitation;

    @Enumerated(EnumType.STRING)
    public TaskKind kind;

    @Enumerated(EnumType.STRING)
    public TaskState state;

    public String reason;
    public int attempt;
    public Instant openedAt;
    public Instant readyAt;
    public UUID lease;
    public Instant leasedUntil;
    public Instant closedAt;
    public String outcome;

    protected Task() {}

    public boolean isOpen() {
        return state == TaskState.OPEN;
    }

    /** When it comes up: nobody is asked to do it before. */
    public Instant readyAt() {
        return readyAt == null ? openedAt : readyAt;
    }

    /** Whether somebody holds the task at {@code now}. */
    public boolean isLeased(Instant now) {
        return lease != null && leasedUntil.isAfter(now);
    }

    void leaseTo(UUID holder, Instant until) {
        lease = holder;
        leasedUntil = until;
    }

    /** Closes the task with what became of it. */
    public void close(TaskState how, String what, Instant now) {
        state = how;
        outcome = what;
        closedAt = now;
        lease = null;
        leasedUntil = null;
    }
}
