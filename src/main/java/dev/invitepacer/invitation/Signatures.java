package dev.invitepacer.invitation;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How notes end, and how senders call themselves, in the languages in which most invitations are written. */
final class Signatures {
    /** "Best regards, Anna": the sender's own name at the end, and how they call themselves, say nothing of the person. */
    static final Pattern SIGNATURE = Pattern.compile(
            "(?<=^|[\\s.,!?])(?:(?:best|kind|warm|many) (?:regards|wishes)|best|regards|cheers|thanks|thank you|sincerely|yours|warmly"
                    + "|(?:viele|beste|liebe|freundliche|herzliche|mit freundlichen|mit besten) grü(?:ß|ss)en?|lg|vg|mfg"
                    + "|(?:med )?(?:vennlig|venlig|vänlig) hilsen|(?:vennlig|vänliga|hjertelig) (?:hilsen|hälsningar)|mvh|hilsen|hälsningar"
                    + "|(?:un )?(?:cordial )?saludos?|saludos cordiales|un abrazo|(?:bien )?cordialement|bien à vous|atenciosamente|abraços?|cordiali saluti|saluti"
                    + "|met vriendelijke groet|groeten|pozdrawiam|с уважением|з повагою|saygılarımla|terveisin)[,!.]?\\s*(?:[-–—]\\s*)?(?-iu:(?:\\p{Lu}[\\p{L}\\p{M}.'-]*\\s*){0,3})[.!]?\\s*$"
                    + "|(?:my name is|mein name ist|jeg heter|me llamo|mi nombre es|je m'appelle|меня зовут) (?-iu:(?:\\p{Lu}[\\p{L}\\p{M}'-]*\\s*){1,3})"
                    + "|\\n\\s*[-–—]?\\s*(?-iu:\\p{Lu}[\\p{L}\\p{M}'-]*)\\s*$",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    /** One of these, folded, stands in all that SIGNATURE matches but for a name alone on the last line. */
    private static final List<String> SIGNING = Stream.of(
                    "regards",
                    "wishes",
                    "best",
                    "cheers",
                    "thank",
                    "sincerely",
                    "yours",
                    "warmly",
                    "grü",
                    "lg",
                    "vg",
                    "mfg",
                    "hilsen",
                    "hälsning",
                    "mvh",
                    "saludo",
                    "abra",
                    "cordialement",
                    "bien à vous",
                    "atenciosamente",
                    "saluti",
                    "groet",
                    "pozdrawiam",
                    "уважением",
                    "повагою",
                    "saygılarımla",
                    "terveisin",
                    "my name is",
                    "mein name ist",
                    "jeg heter",
                    "me llamo",
                    "mi nombre es",
                    "je m'appelle",
                    "меня зовут")
            .map(Signatures::folded)
            .toList();

    private static final Pattern NAME_ALONE = Pattern.compile("\\n\\s*[-–—]?\\s*\\p{Lu}[\\p{L}\\p{M}'-]*\\s*$");

    private Signatures() {}

    /** The note without the sender's own name. */
    static String without(String note) {
        String folded = folded(note);
        if (SIGNING.stream().anyMatch(folded::contains)) {
            return SIGNATURE.matcher(note).replaceAll(" ");
        }
        return note.indexOf('\n') < 0 ? note : NAME_ALONE.matcher(note).replaceAll(" ");
    }

    /** As a pattern folds letter case. */
    private static String folded(String text) {
        char[] folded = text.toCharArray();
        for (int i = 0; i < folded.length; i++) {
            folded[i] = Character.toLowerCase(Character.toUpperCase(folded[i]));
        }
        return new String(folded);
    }
}
