package dev.invitepacer.invitation;

import java.time.Instant;

/** A draft that is taken. Where {@code cooldownUntil} is not null it is parked: it does not go before then. */
record Taken(Draft draft, Instant cooldownUntil) {
    Instant notBefore() {
        boolean isLater = cooldownUntil != null
                && (draft.notBefore() == null || draft.notBefore().isBefore(cooldownUntil));
        return isLater ? cooldownUntil : draft.notBefore();
    }
}
