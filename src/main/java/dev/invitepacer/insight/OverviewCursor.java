package dev.invitepacer.insight;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import dev.invitepacer.web.Page;

/** A place in the order of accounts, as a cursor. */
final class OverviewCursor {
    private static final String SHAPE = "[0-9]{1,2}_[0-9]{1,18}_[a-z0-9-]{1,63}";

    private OverviewCursor() {}

    static String of(Troubles.Position position) {
        return Page.cursor(position.rank() + "_" + micros(position.since()) + "_" + position.account());
    }

    /** @return null for none */
    static Troubles.Position read(String cursor) {
        if (cursor == null) {
            return null;
        }
        String[] parts = Page.key(cursor, SHAPE).split("_");
        return new Troubles.Position(
                Integer.parseInt(parts[0]), Instant.EPOCH.plus(Long.parseLong(parts[1]), ChronoUnit.MICROS), parts[2]);
    }

    /** Without the nanoseconds on the way, of which a long cannot hold enough. */
    private static long micros(Instant instant) {
        return Math.max(0, instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000);
    }
}
