package dev.invitepacer.account;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.DynamicUpdate;

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
