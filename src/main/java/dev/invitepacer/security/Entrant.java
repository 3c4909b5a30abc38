package dev.invitepacer.security;

import java.time.Instant;
import java.util.Set;

/**
 * Somebody who has been let in.
 *
 * @param name as the history tells it
 * @param label as the console shows it
 * @param accounts null: all
 * @param expiresAt when it is let in no more; null: never
 * @param csrf what its unsafe requests must repeat; null where it did not come by cookie
 */
record Entrant(
        String name, String label, String scope, Role role, Set<String> accounts, Instant expiresAt, String csrf) {
    static final String ATTRIBUTE = Entrant.class.getName();

    /** The same, by a session. */
    Entrant in(Token session, Instant ends) {
        return new Entrant(name, label, scope, role, accounts, ends, session.csrf());
    }
}
