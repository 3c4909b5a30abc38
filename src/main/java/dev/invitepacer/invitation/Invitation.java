package dev.invitepacer.invitation;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/**
 * A draft from the moment it is queued until its end. Rows are written under the account's lock; the states and their
 * moves are those of {@link State}.
 */
@Entity
@DynamicUpdate
@Table(name = "invitation")
@IdClass(Invitation.Key.class)
public class Invitation {
    /** Made by the database; unique everywhere, but looked for within its account. */
    public record Key(String account, Long id) implements Serializable {}

    @Id
    public String account;

    @Id
    public Long id;

    public String profile;
    public String firstName;
    public String lastName;
    public String headline;
    public String company;
    public String note;

    @JdbcTypeCode(SqlTypes.JSON)
    public String fields;

    public short degree;
    public short priority;
    public String campaign;
    public String source;
    public Instant notBefore;
    public Instant lapsesAt;
    public String memberUrn;
    public String email;
    public boolean keep;

    @Enumerated(EnumType.STRING)
    public State state;

    public int attempt;
    public Instant queuedAt;
    public Instant releasedAt;
    public Instant sentAt;
    public Instant pendingSince;
    public Instant endedAt;
    public Instant cooldownUntil;

    protected Invitation() {}

    /** The earliest instant that something can have happened to it: queued, or sent by hand before that. */
    public Instant beganAt() {
        return sentAt != null && sentAt.isBefore(queuedAt) ? sentAt : queuedAt;
    }

    /** Sent at {@code at}, and waiting for an answer. */
    public void becomePending(Instant at) {
        state = State.PENDING;
        sentAt = at;
        pendingSince = at;
        endedAt = null;
    }

    /** Over, at {@code at}, in one of the states in which an invitation ends. */
    public void end(State how, Instant at) {
        state = how;
        endedAt = at;
    }
}
