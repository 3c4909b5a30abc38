package dev.invitepacer.events;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the order of a database's events, and the id of the event that stands there.
 *
 * @param series which database's events
 * @param number grows with every event; not every number is taken
 */
record Position(String series, long number) {
    private static final Pattern SHAPE = Pattern.compile("([0-9a-f]{8})-([0-9]{1,18})");

    /** The position that {@link #toString} wrote; nothing where the text is none. */
    static Optional<Position> read(String text) {
        Matcher matcher = SHAPE.matcher(text);
        return matcher.matches()
                ? Optional.of(new Position(matcher.group(1), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return series + "-" + number;
    }
}
