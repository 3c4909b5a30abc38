package dev.invitepacer.report.linkedin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import dev.invitepacer.invitation.Profile;

/** What an export is made of is what the readers find in it. */
class ExportRoundTripLawTest {
    private static final DateTimeFormatter SENT_AT = DateTimeFormatter.ofPattern("M/d/yy, h:mm a", Locale.US);
    private static final DateTimeFormatter CONNECTED_ON = DateTimeFormatter.ofPattern("dd MMM yyyy", Locale.US);
    private static final List<String> ZONES = List.of(
            "UTC", "Europe/Oslo", "America/New_York", "Asia/Kathmandu", "Pacific/Kiritimati", "Pacific/Pago_Pago");
    private static final List<String> NAMES = List.of(
            "Ines O",
            "Farah O’Sullivan",
            "李 明",
            "Şebnem Grünwald",
            "Doe, Jane",
            "Jane \"JD\" Doe",
            "Ivanenko 🚀",
            "n/a");
    private static final List<String> NOTES = List.of(
            "", "Hi", "Hi, you", "a \"quote\"", "two\nlines", "two\r\nlines\r\n", "=1+1", "'", ",,,", "OUTGOING");

    @Property(tries = 500)
    void everyInvitationIsReadAsItWasWritten(@ForAll Random random) {
        ZoneId zone = ZoneId.of(any(ZONES, random));
        String end = any(List.of("\n", "\r\n"), random);
        StringBuilder csv = new StringBuilder(random.nextBoolean() ? "\uFEFF" : "")
                .append("From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl")
                .append(end);
        List<Object> written = new ArrayList<>();
        for (int i = random.nextInt(20); i >= 0; i--) {
            String name = any(NAMES, random);
            Profile profile = new Profile("person-" + random.nextInt(1_000) + any(List.of("", "-ø", "-田中"), random));
            ZonedDateTime at = minute(random, zone);
            boolean isOutgoing = random.nextInt(3) > 0;
            String shown = SENT_AT.format(at).replace(" AM", any(List.of(" AM", "\u202FAM"), random));
            csv.append(String.join(
                            ",",
                            "Me",
                            quoted(name),
                            quoted(shown),
                            quoted(any(NOTES, random)),
                            isOutgoing ? "OUTGOING" : "INCOMING",
                            "https://www.linkedin.com/in/me",
                            profile.url()))
                    .append(i > 0 || random.nextBoolean() ? end : "");
            written.add(isOutgoing ? List.of(name, profile, at.toInstant()) : "incoming");
        }

        InvitationsCsv reader = new InvitationsCsv(bytes(csv), zone);
        List<Object> read = new ArrayList<>();
        for (Optional<InvitationsCsv.Row> row = reader.next(); row.isPresent(); row = reader.next()) {
            read.add(
                    row.get() instanceof InvitationsCsv.Row.Sent sent
                            ? List.of(sent.name(), sent.profile(), sent.at())
                            : "incoming");
        }
        assertThat(read).isEqualTo(written);
    }

    @Property(tries = 500)
    void everyConnectionIsReadAsItWasWritten(@ForAll Random random) {
        StringBuilder csv = new StringBuilder(random.nextBoolean() ? "Notes:\n\"Some, \"\"text\"\".\"\n\n" : "")
                .append("First Name,Last Name,URL,Email Address,Company,Position,Connected On\n");
        List<Object> written = new ArrayList<>();
        for (int i = random.nextInt(20); i >= 0; i--) {
            LocalDate on = LocalDate.of(2003, 5, 5).plusDays(random.nextInt(9_000));
            boolean isHidden = random.nextInt(5) == 0;
            Profile profile = new Profile("person-" + random.nextInt(1_000));
            String[] name = any(NAMES, random).split(" ", 2);
            csv.append(
                    isHidden
                            ? ",,,,,"
                            : String.join(
                                    ",",
                                    quoted(name[0]),
                                    quoted(name.length > 1 ? name[1] : ""),
                                    profile.url(),
                                    "",
                                    quoted(any(NOTES, random)),
                                    quoted(any(NOTES, random))));
            csv.append(',').append(CONNECTED_ON.format(on)).append(i > 0 || random.nextBoolean() ? "\n" : "");
            written.add(isHidden ? "hidden" : List.of(String.join(" ", name), profile, on));
        }

        ConnectionsCsv reader = new ConnectionsCsv(bytes(csv));
        List<Object> read = new ArrayList<>();
        for (Optional<ConnectionsCsv.Row> row = reader.next(); row.isPresent(); row = reader.next()) {
            read.add(
                    row.get() instanceof ConnectionsCsv.Row.Connected connected
                            ? List.of(connected.name(), connected.profile(), connected.on())
                            : "hidden");
        }
        assertThat(read).isEqualTo(written.stream().map(row -> (Object) row).toList());
    }

    /** Any minute of ten years; of a local time that comes twice the second. */
    private static ZonedDateTime minute(Random random, ZoneId zone) {
        Instant instant = Instant.parse("2019-01-01T00:00:00Z").plusSeconds(60L * random.nextInt(10 * 365 * 24 * 60));
        return instant.atZone(zone).withLaterOffsetAtOverlap();
    }

    private static ByteArrayInputStream bytes(StringBuilder csv) {
        return new ByteArrayInputStream(csv.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String quoted(String cell) {
        return cell.matches("[^\",\r\n]*") ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
    }

    private static <T> T any(List<T> items, Random random) {
        return items.get(random.nextInt(items.size()));
    }
}
