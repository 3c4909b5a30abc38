package dev.invitepacer.invitation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each file that cannot be read is answered with, and at which line. */
class UnreadableCsvTest {

    private static final String NOT_UTF_8 =
            "This line is not UTF-8: save the file as UTF-8, in Excel as \"CSV UTF-8\", and send it again.";
    private static final String UTF_16 =
            "The file is UTF-16, which spreadsheets call \"Unicode text\": save it as \"CSV UTF-8\".";
    private static final String MISQUOTED =
            "In the row that begins here a quote is opened and never closed, or something follows a closing quote:"
                    + " write a quote inside a quoted cell twice.";
    private static final String ENDLESS =
            "The row that begins here has more than 65,536 characters: probably a quote was opened and never closed.";
    private static final String NO_HEADER =
            "The first line is empty: let it name the columns, profile,firstName,lastName,… .";

    @ParameterizedTest(name = "[{index}] line {1}")
    @MethodSource("misuses")
    void isAnsweredWithTheLineAndWhatToMend(byte[] file, long line, String sentence) {
        assertUnreadable(new ByteArrayInputStream(file), line, sentence);
    }

    static Stream<Arguments> misuses() {
        String hundredAndOne =
                IntStream.rangeClosed(1, 101).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        String fiftyOne = IntStream.rangeClosed(1, 51).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        return Stream.of(
                file("", 1, NO_HEADER),
                file("\n", 1, NO_HEADER),
                file("\uFEFF", 1, NO_HEADER),
                file(",,\nprofile", 1, NO_HEADER),
                file(
                        "url,name\njane,Jane\n",
                        1,
                        "The first line names no column \"profile\". It names \"url\", \"name\":"
                                + " add the header profile,firstName,lastName,… ."),
                file(
                        "x".repeat(50) + "\njane\n",
                        1,
                        "The first line names no column \"profile\". It names \"" + "x".repeat(40) + "…\":"
                                + " add the header profile,firstName,lastName,… ."),
                file(
                        "profile,note,Profile\n",
                        1,
                        "The header names the column \"profile\" twice: remove or rename one."),
                file("profile,Talk,talk \n", 1, "The header names the column \"talk\" twice: remove or rename one."),
                file("profile," + hundredAndOne, 1, "The header names 102 columns: send at most 100."),
                file(
                        "profile," + fiftyOne,
                        1,
                        "The header names 51 columns that are not part of a draft: send at most 50 template fields."),
                file(
                        "profile,\"a\nb\"\n",
                        1,
                        "Column \"a\nb\": The name of a template field is wrong."
                                + " Write it on one line: there is a line break at position 2."),
                file("profile,note\n1,a\n2,\"b\n3,c\n4,d\n", 3, MISQUOTED),
                file("profile,note\n1,a\n2,\"b\"c\n3,d\n", 3, MISQUOTED),
                file("profile,\"note\n1,a\n", 1, MISQUOTED),
                file("profile,note\n1,a\n2," + "x".repeat(65_537) + "\n", 3, ENDLESS),
                file("profile,note\n1," + ",".repeat(65_537) + "\n", 2, ENDLESS),
                file("profile,note\n1,a\n\"" + "x\n".repeat(40_000) + "\"\n", 3, ENDLESS),
                file("profile\n1\njos\u00E9\n", StandardCharsets.ISO_8859_1, 3, NOT_UTF_8),
                file("profile\n1\n\"a\nb\n\u00E9\"\n", StandardCharsets.ISO_8859_1, 5, NOT_UTF_8),
                file("profile\n" + "1\n".repeat(10_000) + "\u00E9", StandardCharsets.ISO_8859_1, 10_002, NOT_UTF_8),
                file("\u00E9profile\n", StandardCharsets.ISO_8859_1, 1, NOT_UTF_8),
                file("profile\njane\n", StandardCharsets.UTF_16LE, 1, UTF_16),
                file("\uFEFFprofile\njane\n", StandardCharsets.UTF_16LE, 1, UTF_16),
                file("\uFEFFprofile\njane\n", StandardCharsets.UTF_16BE, 1, UTF_16),
                file(
                        "PK\u0003\u0004rest",
                        1,
                        "The file is a workbook or a zip, not CSV: save the sheet as \"CSV UTF-8\"."));
    }

    @Test
    void aRowMayBeAsLongAsTheLimit() {
        String csv = "profile,note\n1," + "x".repeat(CsvLines.MAX_RECORD - 3) + "\n2,b\n";

        DraftCsv rows = DraftCsv.read(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)));

        assertThat(rows.next().line()).isEqualTo(2);
        assertThat(rows.next().line()).isEqualTo(3);
    }

    @Test
    void anEndlessQuotedCellIsRefusedEarly() {
        Endless file = new Endless("profile,note\njane,\"", "never closed ", 200_000_000);

        assertUnreadable(file, 2, ENDLESS);
        assertThat(file.given()).isLessThan(100_000);
    }

    @Test
    void anEndlessHeaderIsRefusedEarly() {
        Endless file = new Endless("profile", "x", 200_000_000);

        assertUnreadable(file, 1, ENDLESS);
        assertThat(file.given()).isLessThan(100_000);
    }

    private static void assertUnreadable(InputStream file, long line, String sentence) {
        assertThatExceptionOfType(UnreadableCsv.class)
                .isThrownBy(() -> DraftCsv.read(file).forEachRemaining(row -> {}))
                .withMessage(sentence)
                .satisfies(unreadable -> assertThat(unreadable.line()).isEqualTo(line));
    }

    private static Arguments file(String text, long line, String sentence) {
        return file(text, StandardCharsets.UTF_8, line, sentence);
    }

    private static Arguments file(String text, Charset charset, long line, String sentence) {
        return Arguments.of(text.getBytes(charset), line, sentence);
    }
}
