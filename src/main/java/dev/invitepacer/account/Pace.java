package dev.invitepacer.account;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.annotations.DynamicUpdate;

import dev.invitepacer.pacing.LearnedCap;

/**
 * The pacing state of an account: a narrow row, locked by whoever changes anything of the account. The token bucket's
 * columns are written by the release loop alone.
 */
@Entity
@DynamicUpdate
@Table(name = "pace")
public class Pace {
    @Id
    String account;

    short weeklyCap;
    Instant dueAt;
    Instant nightlyAt;
    Instant bucketAnchor;
    Long bucketOffset;
    Long bucketInterval;
    Instant warmUpSince;
    Instant pausedAt;
    Instant pausedUntil;
    String pauseReason;
    Instant restrictedUntil;
    String restriction;
    String reason;
    Instant reasonSince;
    Instant notesUsedUpUntil;
    Short learnedCap;
    Instant learnedAt;

    protected Pace() {}

    Pace(String account) {
        this.account = account;
    }

    public String account() {
        return account;
    }

    /** The release loop looks at the account in its next round. */
    public void wake(Instant now) {
        if (dueAt == null || dueAt.isAfter(now)) {
            dueAt = now;
        }
    }

    /**
     * Nothing is released before {@code until}: LinkedIn limited the account. Of several signals the one that ends last
     * holds, so that one that comes late or twice lifts nothing; says whether this one changed anything.
     */
    public boolean restrict(String signal, Instant until) {
        if (restrictedUntil != null && !until.isAfter(restrictedUntil)) {
            return false;
        }
        restriction = signal;
        restrictedUntil = until;
        return true;
    }

    /**
     * LinkedIn said that there are no more notes before {@code until}. Of several signals the one that ends last holds;
     * says whether this one changed anything.
     */
    public boolean useUpNotes(Instant until) {
        if (notesUsedUpUntil != null && !until.isAfter(notesUsedUpUntil)) {
            return false;
        }
        notesUsedUpUntil = until;
        return true;
    }

    /** The month has another number of notes, so that what LinkedIn said of the former one says nothing any more. */
    void countNotesAnew() {
        notesUsedUpUntil = null;
    }

    /** Whether LinkedIn limits the account at {@code at}, as far as has been told. */
    public boolean isRestricted(Instant at) {
        return restrictedUntil != null && restrictedUntil.isAfter(at);
    }

    /** Until when LinkedIn limits the account, as far as has been told; perhaps in the past, null where it never did. */
    public Instant restrictedUntil() {
        return restrictedUntil;
    }

    Optional<LearnedCap> learned() {
        return learnedCap == null ? Optional.empty() : Optional.of(new LearnedCap(learnedCap, learnedAt));
    }

    /** @param learned null forgets */
    void learn(LearnedCap learned) {
        learnedCap = learned == null ? null : (short) learned.cap();
        learnedAt = learned == null ? null : learned.since();
    }

    /** Forgets what LinkedIn was reported to have limited; says whether there was anything. */
    boolean lift() {
        boolean wasLimited = restrictedUntil != null || notesUsedUpUntil != null;
        restrictedUntil = null;
        restriction = null;
        notesUsedUpUntil = null;
        return wasLimited;
    }

    boolean isPaused(Instant at) {
        return pausedAt != null && (pausedUntil == null || pausedUntil.isAfter(at));
    }

    void pause(String why, Instant now, Instant until) {
        pausedAt = now;
        pausedUntil = until;
        pauseReason = why;
    }

    boolean resume() {
        boolean wasPaused = pausedAt != null;
        pausedAt = null;
        pausedUntil = null;
        pauseReason = null;
        return wasPaused;
    }
}
