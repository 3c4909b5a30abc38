package dev.invitepacer.invitation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.invitepacer.account.Tier;

/** What is advised, judged by people: notes in many languages, a team's list, sources. */
class AdvisingTest {

    /** A note and the codes that a reader would give it. */
    record Judged(String codes, Draft draft) {
        @Override
        public String toString() {
            return codes + ": " + draft.note();
        }
    }

    static Stream<Judged> judged() throws IOException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setNullString("")
                .get();
        try (InputStream file = AdvisingTest.class.getResourceAsStream("/notes/judged.csv");
                InputStreamReader text = new InputStreamReader(file, StandardCharsets.UTF_8)) {
            return format.parse(text).getRecords().stream().map(AdvisingTest::judged);
        }
    }

    private static Judged judged(CSVRecord row) {
        Map<String, String> fields = row.get("shared") == null ? Map.of() : Map.of("sharedContext", row.get("shared"));
        return new Judged(
                row.get("codes") == null ? "" : row.get("codes"),
                draft(
                        row.get("note"),
                        row.get("firstName"),
                        row.get("lastName"),
                        row.get("company"),
                        row.get("headline"),
                        fields));
    }

    @ParameterizedTest
    @MethodSource("judged")
    void saysWhatAReaderWouldSay(Judged judged) {
        assertThat(String.join(",", codes(judged.draft()))).isEqualTo(judged.codes());
    }

    @Test
    void aTeamsListIsJudgedWithoutFalseAlarms() throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        try (InputStream file = AdvisingTest.class.getResourceAsStream("/fixtures/drafts.csv")) {
            DraftCsv.read(file).forEachRemaining(row -> {
                if (((DraftCsv.Row.Filled) row).draft().check(DraftRules.of(Tier.BASIC))
                        instanceof Checked.Accepted accepted) {
                    codes(accepted.draft()).forEach(code -> counts.merge(code, 1, Integer::sum));
                }
            });
        }
        assertThat(counts)
                .containsOnly(
                        Map.entry("note-blank", 3),
                        Map.entry("note-generic", 6),
                        Map.entry("note-over-three-lines", 3),
                        Map.entry("third-degree", 15));
    }

    @Test
    void namesWhatItFoundInThisDraft() {
        Draft draft =
                draft("Hi Tom, book a demo: calendly.com/anna.\nA\nB\nC", "Tom", "Berg", "Globex", null, Map.of());
        assertThat(Advising.of(draft))
                .extracting(AdviceGiven::message)
                .satisfiesExactly(
                        lines -> assertThat(lines).contains("4 lines", "drop 1"),
                        pitch -> assertThat(pitch).contains("“book a demo”"),
                        link -> assertThat(link).contains("“calendly.com/anna”", "Tom"));
        assertThat(Advising.of(draft(null, "Lucía", null, "Globex", null, Map.of("event", "the Oslo Java user group"))))
                .extracting(AdviceGiven::message)
                .singleElement()
                .asString()
                .contains("Lucía", "the Oslo Java user group");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bought list 2025",
                "Bought",
                "purchased_leads.csv",
                "scraped e-mails",
                "SCRAPER",
                "a list broker",
                "data-broker",
                "gekaufte Adressen",
                "kjøpt liste",
                "lista comprada",
                "liste achetée",
                "купленная база",
                "名簿業者"
            })
    void aBoughtListIsKnownByItsName(String source) {
        assertThat(codes(from(source))).contains("source-bought-list");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event",
                "referral",
                "group",
                "scrapbook meetup",
                "customers who bought our tool",
                "never scraped",
                "purchasing managers forum",
                "JavaZone 2026",
                "leaky pipeline panel"
            })
    void otherSourcesAreNot(String source) {
        assertThat(codes(from(source))).doesNotContain("source-bought-list");
    }

    @ParameterizedTest
    @CsvSource({"1,false", "2,false", "3,true"})
    void thirdDegreeIsToldOfThirdDegreeOnly(int degree, boolean isTold) {
        Draft draft = new Draft(
                Profile.parse("tom"),
                "Tom",
                null,
                null,
                null,
                "Hi Tom, Oslo was fun.",
                null,
                null,
                Map.of(),
                degree,
                0,
                null,
                null,
                null,
                null,
                null,
                null);
        assertThat(codes(draft)).isEqualTo(isTold ? List.of("third-degree") : List.of());
    }

    private static Draft from(String source) {
        return new Draft(
                Profile.parse("tom"),
                "Tom",
                null,
                null,
                null,
                null,
                null,
                null,
                Map.of(),
                2,
                0,
                null,
                source,
                null,
                null,
                null,
                null);
    }

    private static Draft draft(
            String note,
            String firstName,
            String lastName,
            String company,
            String headline,
            Map<String, String> fields) {
        return new Draft(
                Profile.parse("tom"),
                firstName,
                lastName,
                headline,
                company,
                note,
                null,
                null,
                fields,
                2,
                0,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static List<String> codes(Draft draft) {
        return Advising.of(draft).stream().map(AdviceGiven::code).toList();
    }
}
