package dev.invitepacer.web;

import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The one who asks for something: a key, a session of one, a token, or anybody where no keys are asked for.
 *
 * @param name as the history tells it
 * @param scope what its idempotency keys and its streams are its own under; empty where no keys are asked for
 * @param accounts those that it may see; null: all
 * @param stands whether it may still come in; asks the database
 */
public record Asker(String name, String scope, Set<String> accounts, BooleanSupplier stands) {
    /** Under which a security identity holds it. */
    public static final String ATTRIBUTE = Asker.class.getName();

    /** The name in the history where no keys are asked for. */
    public static final String ANYBODY = "api";

    public Asker {
        accounts = accounts == null ? null : Set.copyOf(accounts);
    }

    /** Whether it is one of several; where no keys are asked for, everybody is the same one. */
    public boolean isKnown() {
        return !scope.isEmpty();
    }

    public boolean sees(String account) {
        return accounts == null || accounts.contains(account);
    }

    public boolean seesAll() {
        return accounts == null;
    }
}
