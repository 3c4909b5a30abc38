package dev.invitepacer.web;

import java.util.Arrays;
import java.util.List;

/** What a caller would like, by the Prefer header of RFC 7240. */
public final class Preference {
    public static final String RESPOND_ASYNC = "respond-async";

    private Preference() {}

    /** Whether the caller would rather have a 202 at once than wait for the end. */
    public static boolean isAsync(List<String> prefer) {
        return prefer != null
                && prefer.stream()
                        .flatMap(header -> Arrays.stream(header.split(",")))
                        .map(preference -> preference.split(";", 2)[0].strip())
                        .anyMatch(RESPOND_ASYNC::equalsIgnoreCase);
    }
}
