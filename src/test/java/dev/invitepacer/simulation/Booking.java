package dev.invitepacer.simulation;

import java.time.Instant;

/** A row of the ledger. */
final class Booking {
    final long id;
    final Instant at;
    final boolean isRelease;
    Long invitation;
    Instant returnedAt;
    boolean isTakenBack;

    Booking(long id, Instant at, boolean isRelease, Long invitation) {
        this.id = id;
        this.at = at;
        this.isRelease = isRelease;
        this.invitation = invitation;
    }

    Booking copy() {
        Booking copy = new Booking(id, at, isRelease, invitation);
        copy.returnedAt = returnedAt;
        copy.isTakenBack = isTakenBack;
        return copy;
    }

    boolean counts() {
        return returnedAt == null;
    }
}
