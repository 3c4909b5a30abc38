package dev.invitepacer.report.linkedin;

import java.io.InputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

import dev.invitepacer.invitation.InvalidProfile;
import dev.invitepacer.invitation.Profile;
import dev.invitepacer.invitation.UnreadableCsv;
import dev.invitepacer.web.Problem;

/** {@code Invitations.csv}, row by row: what the member sent and received. */
public final class InvitationsCsv {
    private static final int SHOWN = 200;

    /** One row. */
    public sealed interface Row {
        /** The physical line on which the row begins, from 1. */
        long line();

        /**
         * The member invited somebody.
         *
         * @param name the invitee's, as LinkedIn shows it; may be empty
         * @param profile null where the file has no addresses, as before the end of 2023
         * @param at the minute in which it was sent
         * @param sender the member's profile, where the file tells it; null otherwise
         */
        record Sent(long line, String name, Profile profile, Instant at, String sender) implements Row {}

        /** Somebody invited the member. */
        record Received(long line) implements Row {}

        /** It says whom or when for nobody. */
        record Empty(long line) implements Row {}

        /**
         * It cannot be understood.
         *
         * @param why a sentence that says what is wrong
         */
        record Refused(long line, String name, String profile, String why) implements Row {}
    }

    private final ExportCsv csv;
    private final ZoneId zone;

    /**
     * Reads up to the header.
     *
     * @param csv stays open; it is the caller's to close
     * @param zone the member's: the file's times have none
     * @throws NotAnExport if it is another file
     * @throws UnreadableCsv if it is no CSV file, here and later
     */
    public InvitationsCsv(InputStream csv, ZoneId zone) {
        this.csv = ExportCsv.open(csv, ExportFile.INVITATIONS);
        this.zone = zone;
    }

    /** The next row; nothing at the end. */
    public Optional<Row> next() {
        return csv.next().map(this::row);
    }

    private Row row(ExportCsv.Row row) {
        String name = Problem.shown(row.cell("To"), SHOWN);
        String url = row.cell("inviteeProfileUrl");
        return switch (row.cell("Direction").toUpperCase(Locale.ROOT)) {
            case "INCOMING" -> new Row.Received(row.line());
            case "OUTGOING" -> name.isEmpty() && url.isEmpty() ? new Row.Empty(row.line()) : sent(row, name, url);
            case "" -> new Row.Empty(row.line());
            default -> refused(row, name, url, "Direction is neither INCOMING nor OUTGOING.");
        };
    }

    private Row sent(ExportCsv.Row row, String name, String url) {
        Optional<Instant> at = ExportDates.sentAt(row.cell("Sent At"), zone);
        if (at.isEmpty()) {
            return refused(
                    row,
                    name,
                    url,
                    "Sent At is not as LinkedIn writes it, 1/29/26, 2:37 PM: send the file as it came, not saved anew by a"
                            + " spreadsheet.");
        }
        try {
            Profile profile = url.isEmpty() ? null : Profile.parse(url);
            return new Row.Sent(row.line(), name, profile, at.get(), sender(row));
        } catch (InvalidProfile invalid) {
            return refused(row, name, url, invalid.getMessage());
        }
    }

    private static String sender(ExportCsv.Row row) {
        try {
            String url = row.cell("inviterProfileUrl");
            return url.isEmpty() ? null : Profile.parse(url).slug();
        } catch (InvalidProfile untold) {
            return null;
        }
    }

    private static Row refused(ExportCsv.Row row, String name, String url, String why) {
        return new Row.Refused(row.line(), name, Problem.shown(url, SHOWN), why);
    }
}
