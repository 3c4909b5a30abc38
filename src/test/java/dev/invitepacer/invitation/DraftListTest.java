package dev.invitepacer.invitation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import dev.invitepacer.account.Tier;
import dev.invitepacer.invitation.DraftCsv.Row;

/**
 * A team's list as it would come in: sixty people in every spelling, three of them twice, eight rows that are wrong.
 */
class DraftListTest {

    private static final String FORMULA =
            "Begin a name with a letter, not with =, +, @ or a tab: a spreadsheet would run it as a formula.";

    /** Line, length of the note without the blanks around it, degree, priority, outcome for a BASIC account, slug. */
    private static final String EXPECTED = """
            2 140 2 0 accepted kamala-eriksen-1b58
            5 65 2 0 accepted chidi-田中-1b59
            6 47 2 0 accepted lucía-szabó-1b5a
            7 123 2 1 accepted beatriz-castellanos-1b5b
            10 47 2 1 accepted chidi-haddad-1b5c
            11 124 2 0 accepted beatriz-田中-1b5d
            14 140 3 0 accepted ulrike-uzun-1b5e
            17 127 2 1 accepted beatriz-haddad-1b5f
            20 139 2 5 accepted jonas-nakamura-1b60
            23 299 3 5 note-too-long søren-jóhannsdóttir-1b61
            24 47 2 0 accepted dagny-szabó-1b62
            25 0 3 0 accepted dagny-rautio-1b63
            26 125 2 0 accepted tomás-grünwald-1b64
            29 121 3 5 accepted yusuf-kowalczyk-1b65
            32 122 2 1 accepted lucía-jóhannsdóttir-1b66
            35 127 2 0 accepted wanjiru-yılmaz-1b67
            38 240 2 0 note-too-long søren-jóhannsdóttir-1b68
            39 38 3 0 accepted 美咲-kowalczyk-1b69
            46 125 3 1 accepted tomás-castellanos-1b6a
            49 64 2 0 accepted farah-yılmaz-1b6b
            56 67 3 0 accepted дмитрий-petrov-1b6c
            57 125 2 0 accepted véronique-castellanos-1b6d
            60 122 2 0 accepted kamala-wójcik-1b6e
            63 145 2 5 accepted søren-žižka-1b6f
            66 121 2 0 accepted ángel-castellanos-1b70
            69 0 2 0 accepted wanjiru-varga-1b71
            70 145 2 5 accepted xenia-wójcik-1b72
            73 122 3 5 accepted jonas-wójcik-1b73
            76 138 2 0 accepted aino-osullivan-1b74
            79 125 3 5 accepted tomás-dlamini-1b75
            82 125 2 0 accepted goran-yılmaz-1b76
            85 139 2 0 accepted xenia-haddad-1b77
            88 124 2 0 accepted дмитрий-смирнова-1b78
            91 139 2 1 accepted farah-osullivan-1b79
            94 61 2 5 accepted 美咲-eriksen-1b7a
            101 67 2 0 accepted wanjiru-nakamura-1b7b
            102 91 2 5 accepted hanneke-eriksen-1b7c
            103 125 2 0 accepted emeka-haddad-1b7d
            106 0 3 0 accepted paweł-田中-1b7e
            107 145 3 0 accepted jonas-adeyemi-1b7f
            110 122 3 0 accepted rania-lindqvist-1b80
            113 127 2 0 accepted wanjiru-смирнова-1b81
            116 126 3 0 accepted oksana-смирнова-1b82
            119 146 3 1 accepted mehmet-mbeki-1b83
            122 199 2 1 accepted paweł-uzun-1b84
            123 200 2 5 accepted goran-castellanos-1b85
            124 139 2 0 accepted farah-dlamini-1b86
            127 125 3 1 accepted dagny-adeyemi-1b87
            130 122 2 0 accepted lucía-thorvald-1b88
            133 201 2 0 note-too-long şebnem-grünwald-1b89
            134 67 2 0 accepted ulrike-ivanenko-1b8a
            135 121 2 0 accepted paweł-dlamini-1b8b
            138 146 2 0 accepted oksana-petrov-1b8c
            141 122 2 0 accepted chidi-eriksen-1b8d
            144 121 2 0 accepted xenia-ivanenko-1b8e
            147 139 3 5 accepted qiang-adeyemi-1b8f
            150 139 2 0 accepted emeka-wójcik-1b90
            153 121 2 0 accepted yusuf-quispe-1b91
            156 124 2 1 accepted wanjiru-смирнова-1b92
            159 127 2 1 accepted дмитрий-fontaine-1b93
            162 5 2 0 accepted kamala-eriksen-1b58
            163 5 2 0 accepted chidi-田中-1b59
            164 5 2 0 accepted lucía-szabó-1b5a
            165 5 2 0 profile-invalid -
            166 5 2 0 profile-invalid -
            167 5 2 0 profile-invalid -
            168 5 2 0 profile-invalid -
            169 5 2 0 profile-invalid -
            170 5 2 0 profile-invalid -
            171 5 4 0 draft-invalid degree-four
            172 5 2 0 draft-invalid formula
            """;

    private static final List<Row.Filled> ROWS = new ArrayList<>();

    @BeforeAll
    static void readTheList() throws IOException {
        try (InputStream file = DraftListTest.class.getResourceAsStream("/fixtures/drafts.csv")) {
            DraftCsv.read(file).forEachRemaining(row -> ROWS.add((Row.Filled) row));
        }
    }

    @Test
    void everyRowComesOutAsItShould() {
        assertThat(ROWS.stream().map(DraftListTest::summary))
                .containsExactlyElementsOf(EXPECTED.lines().toList());
    }

    @Test
    void sixtyPeopleAreOnTheListAndThreeOfThemTwice() {
        Map<String, Long> rowsOfAPerson =
                ROWS.stream().limit(63).collect(Collectors.groupingBy(row -> slug(row.draft()), Collectors.counting()));

        assertThat(rowsOfAPerson).hasSize(60);
        assertThat(rowsOfAPerson.values()).filteredOn(count -> count == 2).hasSize(3);
    }

    @Test
    void aPremiumAccountMaySendEveryNoteOnTheList() {
        assertThat(ROWS.stream().limit(63))
                .allSatisfy(row -> assertThat(row.draft().check(DraftRules.of(Tier.PREMIUM)))
                        .isInstanceOf(Checked.Accepted.class));
    }

    @Test
    void theWrongRowsAreAnsweredWithWhatToMend() {
        assertThat(ROWS.stream()
                        .skip(63)
                        .map(row -> (Checked.Refused) row.draft().check(DraftRules.of(Tier.BASIC)))
                        .flatMap(refused -> refused.violations().stream()))
                .containsExactly(
                        new Violation("profile", InvalidProfile.COMPANY),
                        new Violation("profile", InvalidProfile.ANOTHER_SITE),
                        new Violation("profile", InvalidProfile.EMPTY),
                        new Violation("profile", InvalidProfile.NOT_A_PROFILE),
                        new Violation("profile", InvalidProfile.DANGEROUS),
                        new Violation("profile", InvalidProfile.DANGEROUS),
                        new Violation("degree", "Write a whole number from 1 to 3 in plain digits."),
                        new Violation("firstName", FORMULA));
    }

    @Test
    void wordsArriveAsTheyWereWritten() {
        Draft sixth = ((Checked.Accepted) ROWS.get(5).draft().check(DraftRules.of(Tier.BASIC))).draft();

        assertThat(sixth)
                .isEqualTo(new Draft(
                        new Profile("beatriz-田中-1b5d"),
                        "Beatriz",
                        "田中",
                        "Founder",
                        "Contoso",
                        "Hi Beatriz, your question at KubeCon stayed with me.\n"
                                + "I work on the same problem from the other side.\nHappy to compare notes.",
                        null,
                        null,
                        Map.of("sharedContext", "the Oslo Java user group"),
                        2,
                        0,
                        "pgconf",
                        "event",
                        null,
                        null,
                        null,
                        null));
    }

    private static String summary(Row.Filled row) {
        DraftInput draft = row.draft();
        Checked checked = draft.check(DraftRules.of(Tier.BASIC));
        String outcome =
                checked instanceof Checked.Refused refused ? refused.refusal().code() : "accepted";
        return String.join(
                " ",
                String.valueOf(row.line()),
                String.valueOf(Note.written(draft.note()).map(Note::length).orElse(0)),
                draft.degree().written(),
                draft.priority().written(),
                outcome,
                outcome.equals("profile-invalid") ? "-" : slug(draft));
    }

    private static String slug(DraftInput draft) {
        return Profile.parse(draft.profile()).slug();
    }
}
