package dev.invitepacer.report.linkedin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import dev.invitepacer.invitation.Profile;

/** The two files in every form in which they come. */
class ExportReadersTest {
    private static final String INVITATIONS = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n";
    private static final String PREAMBLE =
            "Notes:\n\"When exporting your connection data, you may notice that some of the"
                    + " email addresses are missing. You will only see, \"\"this\"\".\"\n\n";
    private static final String CONNECTIONS = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";

    @Test
    void aRowHoldsAllThatIsNeeded() {
        assertThat(
                        invitations(
                                INVITATIONS
                                        + "Jordan Pike,Ines O,\"1/29/26, 2:37 PM\",\"Hi, \"\"you\"\"\nand you\",OUTGOING,"
                                        + "https://www.linkedin.com/in/jordanpike,https://www.linkedin.com/in/Ines-%C3%98/?x=1\n"
                                        + "A,Jordan Pike,\"1/30/26, 2:37 PM\",,INCOMING,https://www.linkedin.com/in/a,https://www.linkedin.com/in/jordanpike"))
                .containsExactly(
                        new InvitationsCsv.Row.Sent(
                                2,
                                "Ines O",
                                new Profile("ines-ø"),
                                java.time.Instant.parse("2026-01-29T14:37:00Z"),
                                "jordanpike"),
                        new InvitationsCsv.Row.Received(4));
    }

    @Test
    void anOlderFileHasNoAddresses() {
        assertThat(invitations("From,To,Sent At,Message,Direction\nMe,Ines O,\"1/29/26, 2:37 PM\",,OUTGOING\n"))
                .containsExactly(new InvitationsCsv.Row.Sent(
                        2, "Ines O", null, java.time.Instant.parse("2026-01-29T14:37:00Z"), null));
    }

    @Test
    void columnsAreKnownByNameInWhateverOrder() {
        assertThat(invitations("inviteeProfileUrl;direction;SENT AT;to;Something New\r\n"
                        + "https://www.linkedin.com/in/ines-o;outgoing;1/29/26, 2:37 PM;Ines O;x\r\n"))
                .singleElement()
                .isInstanceOf(InvitationsCsv.Row.Sent.class);
        assertThat(connections(
                        "Connected On,URL,Last Name,First Name\n08 Feb 2026,https://www.linkedin.com/in/ines-o,O,Ines"))
                .containsExactly(
                        new ConnectionsCsv.Row.Connected(2, "Ines O", new Profile("ines-o"), LocalDate.of(2026, 2, 8)));
    }

    @Test
    void theHeaderIsLookedForBelowThePreamble() {
        String row = "Ines,O,https://www.linkedin.com/in/ines-o,,\"Northwind,\nInc.\",Director,08 Feb 2026";
        for (String beginning : List.of("", PREAMBLE, "\uFEFF" + PREAMBLE, "\uFEFF", PREAMBLE + "\n\n,,\n")) {
            assertThat(connections(beginning + CONNECTIONS + row))
                    .singleElement()
                    .satisfies(read -> assertThat(((ConnectionsCsv.Row.Connected) read).profile())
                            .isEqualTo(new Profile("ines-o")));
        }
        assertThatThrownBy(() -> connections("x,y,z\n".repeat(50) + CONNECTIONS))
                .isInstanceOf(NotAnExport.class);
    }

    @Test
    void hiddenMembersLeaveOnlyADate() {
        assertThat(connections(PREAMBLE + CONNECTIONS + ",,,,,,07 Aug 2024\n\n,,,,,,\n"))
                .containsExactly(new ConnectionsCsv.Row.Hidden(5));
    }

    @Test
    void aRowThatMakesNoSenseDoesNotStopTheOthers() {
        List<InvitationsCsv.Row> rows = invitations(INVITATIONS
                + "Me,A,\"13/1/26, 2:37 PM\",,OUTGOING,,https://www.linkedin.com/in/a-a\n"
                + "Me,B,\"1/1/26, 2:37 PM\",,SIDEWAYS,,https://www.linkedin.com/in/b-b\n"
                + "Me,C,\"1/1/26, 2:37 PM\",,OUTGOING,,https://www.linkedin.com/company/c\n"
                + "Me,,\"1/1/26, 2:37 PM\",,OUTGOING,,\n"
                + ",,,,,,x\n"
                + "Me,D,\"1/1/26, 2:37 PM\",,OUTGOING,not a link,https://www.linkedin.com/in/d-d\n"
                + "Me,E,\"1/1/26, 2:37 PM\",,OUTGOING\n");

        assertThat(rows)
                .extracting(row -> row.line() + " " + row.getClass().getSimpleName())
                .containsExactly("2 Refused", "3 Refused", "4 Refused", "5 Empty", "6 Empty", "7 Sent", "8 Sent");
        assertThat(rows.subList(0, 3))
                .extracting(row -> ((InvitationsCsv.Row.Refused) row).why())
                .satisfiesExactly(
                        why -> assertThat(why).contains("Sent At"),
                        why -> assertThat(why).contains("Direction"),
                        why -> assertThat(why).contains("company"));
        assertThat(connections(CONNECTIONS
                        + "A,A,https://www.linkedin.com/in/a-a,,,,2026-02-08\n"
                        + "B,B,https://example.com/in/b-b,,,,08 Feb 2026\n"
                        + "C,C,,,,,08 Feb 2026\n"))
                .extracting(row -> row.line() + " " + row.getClass().getSimpleName())
                .containsExactly("2 Refused", "3 Refused", "4 Connected");
    }

    @Test
    void aFileThatGoesOnForEverIsNoExport() {
        InputStream endless = new InputStream() {
            private final byte[] header = CONNECTIONS.getBytes(StandardCharsets.UTF_8);
            private long at;

            @Override
            public int read() {
                return at < header.length ? header[(int) at++] : '\n';
            }
        };
        ConnectionsCsv csv = new ConnectionsCsv(endless);
        assertThatThrownBy(csv::next).isInstanceOf(NotAnExport.class).hasMessageContaining("1,000,000 rows");
    }

    @Test
    void oneFileIsNotTakenForTheOther() {
        assertThatThrownBy(() -> invitations(CONNECTIONS))
                .isInstanceOf(NotAnExport.class)
                .hasMessageContaining("holds the columns of Connections.csv");
        assertThatThrownBy(() -> connections(INVITATIONS))
                .isInstanceOf(NotAnExport.class)
                .hasMessageContaining("holds the columns of Invitations.csv");
    }

    private static List<InvitationsCsv.Row> invitations(String csv) {
        InvitationsCsv reader = new InvitationsCsv(bytes(csv), ZoneOffset.UTC);
        List<InvitationsCsv.Row> rows = new ArrayList<>();
        for (Optional<InvitationsCsv.Row> row = reader.next(); row.isPresent(); row = reader.next()) {
            rows.add(row.get());
        }
        return rows;
    }

    private static List<ConnectionsCsv.Row> connections(String csv) {
        ConnectionsCsv reader = new ConnectionsCsv(bytes(csv));
        List<ConnectionsCsv.Row> rows = new ArrayList<>();
        for (Optional<ConnectionsCsv.Row> row = reader.next(); row.isPresent(); row = reader.next()) {
            rows.add(row.get());
        }
        return rows;
    }

    private static InputStream bytes(String csv) {
        return new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8));
    }
}
