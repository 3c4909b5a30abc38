package dev.invitepacer.report.linkedin;

import java.io.InputStream;
import java.time.LocalDate;
import java.util.Optional;

import dev.invitepacer.account.Text;
import dev.invitepacer.invitation.InvalidProfile;
import dev.invitepacer.invitation.Profile;
import dev.invitepacer.invitation.UnreadableCsv;
import dev.invitepacer.web.Problem;

/** {@code Connections.csv}, row by row: whom the member is connected with, and since which day. */
public final class ConnectionsCsv {
    private static final int SHOWN = 200;

    /** One row. */
    public sealed interface Row {
        /** The physical line on which the row begins, from 1. */
        long line();

        /**
         * A connection.
         *
         * @param name first and last name; may be empty
         * @param profile null where the file has no addresses
         */
        record Connected(long line, String name, Profile profile, LocalDate on) implements Row {}

        /** A connection who hides who they are: only the date is left. */
        record Hidden(long line) implements Row {}

        /**
         * It cannot be understood.
         *
         * @param why a sentence that says what is wrong
         */
        record Refused(long line, String name, String profile, String why) implements Row {}
    }

    private final ExportCsv csv;

    /**
     * Reads up to the header.
     *
     * @param csv stays open; it is the caller's to close
     * @throws NotAnExport if it is another file
     * @throws UnreadableCsv if it is no CSV file, here and later
     */
    public ConnectionsCsv(InputStream csv) {
        this.csv = ExportCsv.open(csv, ExportFile.CONNECTIONS);
    }

    /** The next row; nothing at the end. */
    public Optional<Row> next() {
        return csv.next().map(ConnectionsCsv::row);
    }

    private static Row row(ExportCsv.Row row) {
        String name = Problem.shown(Text.bare(row.cell("First Name") + " " + row.cell("Last Name")), SHOWN);
        String url = row.cell("URL");
        if (name.isEmpty() && url.isEmpty()) {
            return new Row.Hidden(row.line());
        }
        Optional<LocalDate> on = ExportDates.connectedOn(row.cell("Connected On"));
        if (on.isEmpty()) {
            return new Row.Refused(
                    row.line(),
                    name,
                    Problem.shown(url, SHOWN),
                    "Connected On is not as LinkedIn writes it, 08 Feb 2026: send the file as it came, not saved anew by a"
                            + " spreadsheet.");
        }
        try {
            return new Row.Connected(row.line(), name, url.isEmpty() ? null : Profile.parse(url), on.get());
        } catch (InvalidProfile invalid) {
            return new Row.Refused(row.line(), name, Problem.shown(url, SHOWN), invalid.getMessage());
        }
    }
}
