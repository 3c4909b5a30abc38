package dev.invitepacer.invitation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.invitepacer.invitation.DraftCsv.Row;

class DraftCsvTest {

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    void commasSemicolonsAndTabsDelimit(String delimiter) {
        List<Row> rows = rows("profile|firstName|note\njane|Jane|\"a,b;c\td\"\n".replace("|", delimiter));

        assertThat(rows).hasSize(1);
        assertThat(draft(rows.get(0)).firstName()).isEqualTo("Jane");
        assertThat(draft(rows.get(0)).note()).isEqualTo("a,b;c\td");
    }

    @Test
    void delimitersInsideQuotedHeadingsDoNotCount() {
        List<Row> rows = rows("profile;\"a,b,c,d\"\njane;x\n");

        assertThat(draft(rows.get(0)).fields()).containsExactly(Map.entry("a,b,c,d", "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void linesMayEndInAnyWayAndTheLastOneNeedNot(String end) {
        List<Row> rows = rows("profile,note%1,\"x%y\"%,%%2,z".replace("%", end));

        assertThat(rows)
                .extracting(Row::line, row -> draft(row).profile(), row -> draft(row)
                        .note())
                .containsExactly(tuple(2L, "1", "x\ny"), tuple(6L, "2", "z"));
    }

    @Test
    void aRowIsKnownByTheLineOnWhichItBegins() {
        List<Row> rows = rows("profile,note\n1,\"a\nb\n\nc\"\n\n , \n2,d\r\n3,\"\r\n\"\r\n4,e");

        assertThat(rows).extracting(Row::line).containsExactly(2L, 8L, 9L, 11L);
    }

    @Test
    void headingsAreKnownInAnyLetterCaseAndWithBlanksAround() {
        List<Row> rows = rows("\uFEFFPROFILE, FIRSTNAME ,\u00A0notbefore,LapsesAt\n1,2,3,4\n");

        DraftInput draft = draft(rows.get(0));
        assertThat(draft.profile()).isEqualTo("1");
        assertThat(draft.firstName()).isEqualTo("2");
        assertThat(draft.notBefore()).isEqualTo("3");
        assertThat(draft.lapsesAt()).isEqualTo("4");
    }

    @Test
    void everyFieldHasAColumn() {
        List<Row> rows = rows("profile,firstName,lastName,headline,company,note,degree,priority,campaign,source,"
                + "notBefore,lapsesAt,memberUrn,email,extra\na,b,c,d,e,f,g,h,i,j,k,l,m,n,o");

        assertThat(draft(rows.get(0)))
                .isEqualTo(new DraftInput(
                        "a",
                        "b",
                        "c",
                        "d",
                        "e",
                        "f",
                        null,
                        Map.of("extra", "o"),
                        new Numeral("g"),
                        new Numeral("h"),
                        "i",
                        "j",
                        "k",
                        "l",
                        "m",
                        "n"));
    }

    @Test
    void unknownColumnsBecomeTemplateFieldsAsTheyAreSpelled() {
        List<Row> rows = rows("Talk,profile,sharedContext\nqueues,jane,\n");

        assertThat(draft(rows.get(0)).fields()).containsExactly(Map.entry("Talk", "queues"));
    }

    @Test
    void aShortRowLeavesTheRestOut() {
        assertThat(draft(rows("profile,note,degree\njane\n").get(0)).note()).isNull();
    }

    @Test
    void blankCellsBeyondTheHeaderDoNoHarmAndFilledOnesRefuseTheRow() {
        List<Row> rows = rows("profile,note,\njane,a,,, \njohn,b,c\njack,d,,e\njill,f\n");

        assertThat(rows).hasSize(4);
        assertThat(draft(rows.get(0)).profile()).isEqualTo("jane");
        assertThat(rows.get(1))
                .isEqualTo(new Row.Refused(
                        3,
                        Refusal.DRAFT_INVALID,
                        "Cell 3 of 3 stands under no column name; the header names 2:"
                                + " name its column, or put quotes around a cell that holds the delimiter."));
        assertThat(rows.get(2)).isInstanceOf(Row.Refused.class);
        assertThat(draft(rows.get(3)).profile()).isEqualTo("jill");
    }

    @Test
    void quotesAreReadAsSpreadsheetsWriteThem() {
        List<Row> rows = rows("profile,company,note\njane, \"a \"\"b\"\", c\" ,5\" pipe\n");

        assertThat(draft(rows.get(0)).company()).isEqualTo("a \"b\", c");
        assertThat(draft(rows.get(0)).note()).isEqualTo("5\" pipe");
    }

    @Test
    void aHeaderAloneHoldsNoDrafts() {
        assertThat(rows("profile,note\n")).isEmpty();
        assertThat(rows("profile")).isEmpty();
    }

    @Test
    void afterTheLastRowThereIsNone() {
        DraftCsv csv = csv("profile\njane\n");
        csv.next();

        assertThat(csv.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(csv::next);
    }

    @Test
    void everyRowBeforeTheTroubleIsGivenOutAndNothingAfterIt() {
        DraftCsv csv = DraftCsv.read(bytes("profile\n1\n2\njos\u00E9\n4\n", StandardCharsets.ISO_8859_1));
        List<String> profiles = new ArrayList<>();

        assertThatExceptionOfType(UnreadableCsv.class)
                .isThrownBy(() ->
                        csv.forEachRemaining(row -> profiles.add(draft(row).profile())))
                .satisfies(unreadable -> assertThat(unreadable.line()).isEqualTo(4));
        assertThat(profiles).containsExactly("1", "2");
        assertThat(csv.hasNext()).isFalse();
    }

    @Test
    void aStreamThatBreaksIsNoFaultOfTheFile() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        };

        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> DraftCsv.read(broken));
    }

    @Property
    void whateverIsQuotedIsReadBack(@ForAll("cells") String first, @ForAll("cells") String second) {
        String csv =
                "profile,note\n\"x" + first.replace("\"", "\"\"") + "\",\"" + second.replace("\"", "\"\"") + "x\"\n";

        List<Row> rows = rows(csv);

        assertThat(rows).hasSize(1);
        assertThat(draft(rows.get(0)).profile()).isEqualTo("x" + first);
        assertThat(draft(rows.get(0)).note()).isEqualTo(second + "x");
    }

    @Property(tries = 3_000)
    void noBytesAreAnsweredWithAnythingButRowsOrWhatIsWrong(@ForAll byte[] garbage) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write("profile,note\n1,a\n".getBytes(StandardCharsets.UTF_8));
        file.write(garbage);
        try {
            DraftCsv.read(new ByteArrayInputStream(garbage)).forEachRemaining(row -> {});
        } catch (UnreadableCsv unreadable) {
            assertThat(unreadable.line()).isPositive();
        }
        DraftCsv csv = DraftCsv.read(new ByteArrayInputStream(file.toByteArray()));
        assertThat(csv.next().line()).isEqualTo(2);
        try {
            csv.forEachRemaining(row -> assertThat(row.line()).isGreaterThan(2));
        } catch (UnreadableCsv unreadable) {
            assertThat(unreadable.line()).isGreaterThan(2);
        }
    }

    /** A carriage return is not among them: it is read as a line feed. */
    @Provide
    Arbitrary<String> cells() {
        return Arbitraries.strings()
                .withChars("ab,;\t\"\n \u00A0=田é")
                .ofMaxLength(30)
                .map(text -> text.replace("\r", ""));
    }

    private static List<Row> rows(String text) {
        List<Row> rows = new ArrayList<>();
        csv(text).forEachRemaining(rows::add);
        return rows;
    }

    private static DraftCsv csv(String text) {
        return DraftCsv.read(bytes(text, StandardCharsets.UTF_8));
    }

    private static InputStream bytes(String text, Charset charset) {
        return new ByteArrayInputStream(text.getBytes(charset));
    }

    private static DraftInput draft(Row row) {
        return ((Row.Filled) row).draft();
    }
}
