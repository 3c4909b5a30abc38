package dev.invitepacer.invitation;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
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

    /** With the invitation's id after it, what stands in place of a profile that was erased. No slug holds a colon. */
    public static final String ERASED = "erased:";

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
    public String template;
    public Short alternative;

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
    public String withdrawal;

    @Enumerated(EnumType.STRING)
    public State state;

    public int attempt;
    public Instant queuedAt;
    public Instant releasedAt;
    public Instant sentAt;
    public Instant pendingSince;
    public Instant endedAt;
    public Instant cooldownUntil;
    public Long secondTryOf;
    public Instant erasedAt;

    /** Released without its note, which stays stored. */
    public boolean sentBare;

    protected Invitation() {}

    /** The draft that it was, or has become since by changes. */
    Draft draft() {
        return new Draft(
                new Profile(profile),
                firstName,
                lastName,
                headline,
                company,
                note,
                template,
                alternative == null ? null : alternative.intValue(),
                StoredFields.of(fields),
                degree,
                priority,
                campaign,
                source,
                notBefore,
                lapsesAt,
                memberUrn,
                email);
    }

    /** Whom it is for; nobody once the person was erased. */
    public Optional<Profile> person() {
        return profile.startsWith(ERASED) ? Optional.empty() : Optional.of(new Profile(profile));
    }

    /** Until when it waits because the person cannot be invited yet; null where it does not. */
    public Instant parkedUntil() {
        return state == State.QUEUED ? cooldownUntil : null;
    }

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
        cooldownUntil = null;
    }

    /** Over, at {@code at}, in one of the states in which an invitation ends. */
    public void end(State how, Instant at) {
        state = how;
        endedAt = at;
    }
}
