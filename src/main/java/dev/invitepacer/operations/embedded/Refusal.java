package dev.invitepacer.operations.embedded;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * Why the embedded PostgreSQL cannot serve: one sentence for the operator, on one line, that says what to change.
 */
public final class Refusal extends RuntimeException {

    public Refusal(String sentence) {
        this(sentence, null);
    }

    public Refusal(String sentence, Throwable cause) {
        super(sentence.strip().replaceAll("\\s*\\R\\s*", " "), cause);
    }

    static Refusal unusable(Path directory, IOException cause) {
        return new Refusal("Cannot use the data directory " + directory + ": " + reason(cause) + ".", cause);
    }

    /** Java's file exceptions often say no more than a path; the kind of the failure is in the class. */
    private static String reason(IOException cause) {
        if (cause instanceof FileSystemException failure) {
            var reason = failure instanceof AccessDeniedException
                    ? "permission denied"
                    : failure.getReason() == null
                            ? failure.getClass().getSimpleName().replaceFirst("Exception$", "")
                            : failure.getReason();
            return reason + " (" + failure.getFile() + ")";
        }
        return String.valueOf(cause.getMessage());
    }
}
