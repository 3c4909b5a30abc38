package dev.invitepacer.web;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** Tells a database that is away, or too busy, from everything else that can go wrong. */
public final class DatabaseTrouble {
    /** SQL states that say "not now": lock not granted, deadlock, serialization, cancelled by a time limit. */
    private static final Set<String> BUSY = Set.of("55P03", "40P01", "40001", "57014");

    /** A standby, or a database that is set to take no changes. */
    private static final String READ_ONLY = "25006";

    private DatabaseTrouble() {}

    /** The code of the trouble: BUSY or DATABASE_AWAY; nothing where the failure has another cause. */
    public static Optional<Code> in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                String state = sql.getSQLState() == null ? "" : sql.getSQLState();
                if (BUSY.contains(state)) {
                    return Optional.of(Code.BUSY);
                }
                // Class 08: connection; 57P: shutting down; 53: out of something, such as space on its disk. The pool
                // gives no state at all.
                if (state.isEmpty()
                        || state.startsWith("08")
                        || state.startsWith("57P")
                        || state.startsWith("53")
                        || state.equals(READ_ONLY)) {
                    return Optional.of(Code.DATABASE_AWAY);
                }
            }
            // Of a commit that failed, the transaction manager tells the reason among the suppressed ones.
            for (Throwable suppressed : cause.getSuppressed()) {
                Optional<Code> trouble = in(suppressed);
                if (trouble.isPresent()) {
                    return trouble;
                }
            }
        }
        return Optional.empty();
    }

    /** What the innermost cause says, for the log. */
    public static String sentence(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null || root.getSuppressed().length > 0) {
            root = root.getCause() != null ? root.getCause() : root.getSuppressed()[0];
        }
        return String.valueOf(root.getMessage());
    }
}
