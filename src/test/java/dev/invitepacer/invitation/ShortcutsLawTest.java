package dev.invitepacer.invitation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is looked for only where it can be is found wherever it is. */
class ShortcutsLawTest {

    @Property(tries = 5_000)
    void aSignatureIsTakenOffAsThePatternSays(@ForAll("notes") String note) {
        assertThat(Signatures.without(note))
                .isEqualTo(Signatures.SIGNATURE.matcher(note).replaceAll(" "));
    }

    @Property(tries = 5_000)
    void whereThereCanBeNoLinkThereIsNone(@ForAll("notes") String note) {
        if (Links.MARKED.matcher(note).find() || Links.HOST.matcher(note).find()) {
            assertThat(Links.canHoldOne(note)).isTrue();
        }
    }

    @Provide
    Arbitrary<String> notes() {
        Arbitrary<String> words = Arbitraries.of(
                "Hi",
                "Jane",
                "İpek",
                "queue",
                "talk",
                "https://",
                "HTTP://x.y",
                "www.a.b",
                "example.com",
                "a.b",
                ".",
                "..",
                ". ",
                ",",
                "!",
                "\n",
                "\r\n",
                "\u00A0",
                "\u2028",
                " - ",
                "–",
                "Best regards",
                "kind wishes",
                "best",
                "THANK YOU",
                "thanks",
                "cheers",
                "Viele Grüße",
                "grüssen",
                "GRÜSSE",
                "lg",
                "VG",
                "mfg",
                "Med vennlig hilsen",
                "hälsningar",
                "mvh",
                "Saludos",
                "un abrazo",
                "Abraços",
                "cordialement",
                "Bien à vous",
                "atenciosamente",
                "saluti",
                "Met vriendelijke groet",
                "groeten",
                "pozdrawiam",
                "С уважением",
                "з повагою",
                "saygılarımla",
                "SAYGILARIMLA",
                "terveisin",
                "my name is",
                "Mein Name ist",
                "jeg heter",
                "me llamo",
                "MI NOMBRE ES",
                "je m'appelle",
                "меня зовут",
                "Anna Berg",
                "\nAnna",
                "- Ben");
        Arbitrary<String> word = words.flatMap(
                text -> Arbitraries.of(text, text.toLowerCase(Locale.ROOT), text.toUpperCase(Locale.ROOT)));
        Arbitrary<String> gap = Arbitraries.of(" ", " ", " ", "", "\n", ", ");
        return word.flatMap(one -> gap.map(space -> one + space))
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }
}
