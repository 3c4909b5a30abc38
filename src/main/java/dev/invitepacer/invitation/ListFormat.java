package dev.invitepacer.invitation;

import java.util.Locale;
import java.util.Optional;

/** How a list of drafts is written. */
public enum ListFormat {
    CSV("text/csv", ".csv"),
    NDJSON("application/x-ndjson", ".ndjson");

    private final String type;
    private final String ending;

    ListFormat(String type, String ending) {
        this.type = type;
        this.ending = ending;
    }

    /** The format of a body with this Content-Type, whatever its parameters. */
    static Optional<ListFormat> ofType(String contentType) {
        String type =
                contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        for (ListFormat format : values()) {
            if (format.type.equals(type)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /** The format of a file: as its name ends, or else by its type. */
    static Optional<ListFormat> ofFile(String name, String contentType) {
        for (ListFormat format : values()) {
            if (name.toLowerCase(Locale.ROOT).endsWith(format.ending)) {
                return Optional.of(format);
            }
        }
        return ofType(contentType);
    }
}
