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
import java.util.regex.Pattern;
import org.hibernate.annotations.DynamicUpdate;

import dev.invitepacer.invitation.Invitation;

/** One thing that a sender is asked to do. */
@Entity
@DynamicUpdate
@Table(name = "task")
public class Task {
    private static final Pattern LEASE = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

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

    /** The way to its automatic sender; null where people do it. */
    public String lane;

    @Enumerated(EnumType.STRING)
    public Stage stage;

    public int tries;
    public Instant nextTryAt;
    UUID run;
    Instant runUntil;
    boolean begun;
    boolean doubted;
    public String deliveryDetail;
    public String reference;

    protected Task() {}

    public boolean isOpen() {
        return state == TaskState.OPEN;
    }

    /** When it comes up: nobody is asked to do it before. */
    public Instant readyAt() {
        return readyAt == null ? openedAt : readyAt;
    }

    /** Whether a text is written as a lease is. */
    public static boolean isLease(String text) {
        return LEASE.matcher(text).matches();
    }

    /** Whether somebody holds the task at {@code now}. */
    public boolean isLeased(Instant now) {
        return lease != null && leasedUntil.isAfter(now);
    }

    /** Whether a sender is at it, has it, or may have done it. */
    boolean isWithSender() {
        return stage == Stage.RUNNING || stage == Stage.TAKEN || stage == Stage.IN_DOUBT;
    }

    /** What is to be sent with it; null where nothing is. */
    String noteOf(Invitation invitation) {
        return kind == TaskKind.SEND && !invitation.sentBare ? invitation.note : null;
    }

    /** The hand-over that ran is over, with what the sender said of it. */
    void endRun(String detail) {
        run = null;
        runUntil = null;
        begun = false;
        deliveryDetail = detail;
    }

    /** It is tried anew, from the first try on. Whoever has it may have done it, until somebody confirms one or the other. */
    void deliverAgain(String way, Instant now) {
        doubted = doubted || isWithSender();
        lane = way;
        stage = doubted ? Stage.IN_DOUBT : Stage.WAITING;
        tries = 0;
        nextTryAt = now;
    }

    void leaseTo(UUID holder, Instant until) {
        lease = holder;
        leasedUntil = until;
    }

    void giveBack() {
        lease = null;
        leasedUntil = null;
    }

    /** Closes the task with what became of it. */
    public void close(TaskState how, String what, Instant now) {
        state = how;
        outcome = what;
        closedAt = now;
        giveBack();
    }
}
