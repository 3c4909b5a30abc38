package dev.invitepacer.invitation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ProfileLawsTest {

    private static final List<String> HOSTS = List.of(
            "linkedin.com",
            "www.linkedin.com",
            "WWW.LinkedIn.com",
            "uk.linkedin.com",
            "m.linkedin.com",
            "mobile.linkedin.com");
    private static final List<String> BEFORE =
            List.of("/in/", "/IN/", "/fr/in/", "/de-de/in/", "/mwlite/in/", "//in//");
    private static final List<String> AFTER = List.of(
            "",
            "/",
            "//",
            "/en",
            "/en-us/",
            "?trk=x/y",
            "#top",
            "/?a=%zz",
            "/details/experience/",
            "/overlay/contact-info/");
    private static final List<String> LEFT = List.of("", " ", "<", "\"", "“", "\uFEFF", "\u200B\t", "\u00A0(", "'");
    private static final List<String> RIGHT =
            List.of("", " ", ">", "\"", "”", ",", ";", "\r\n", "\u00A0).", "\u2060", "'");

    @Property(tries = 3_000)
    void everyDecorationOfASlugIsThatPerson(@ForAll("slugs") String slug, @ForAll Random random) {
        String decorated = oneOf(LEFT, random)
                + oneOf(List.of("", "http://", "https://", "HTTPS://"), random)
                + oneOf(HOSTS, random)
                + oneOf(BEFORE, random)
                + spelling(slug, random)
                + oneOf(AFTER, random)
                + oneOf(RIGHT, random);

        assertThat(Profile.parse(decorated).slug()).as(decorated).isEqualTo(slug);
    }

    @Property
    void aBareSlugInAnySpellingIsThatPerson(@ForAll("slugs") String slug, @ForAll Random random) {
        String decorated = oneOf(LEFT, random) + spelling(slug, random) + oneOf(RIGHT, random);

        assertThat(Profile.parse(decorated).slug()).as(decorated).isEqualTo(slug);
    }

    @Property(tries = 5_000)
    void garbageIsRefusedAsAnInvalidProfileOrIsOne(@ForAll("garbage") String garbage) {
        assertLawsUnlessRefused(garbage);
    }

    /**
     * Of the planes left out, each holds only ideographs, private use or nothing, and every code point is like its
     * neighbour.
     */
    @Example
    void theLawsHoldForEveryCodePointInAndAsAName() {
        IntStream.concat(IntStream.range(0, 0x20000), IntStream.range(0xE0000, 0xE1000))
                .mapToObj(Character::toString)
                .flatMap(character -> Stream.of("A" + character + "B", "é" + character))
                .forEach(ProfileLawsTest::assertLawsUnlessRefused);
    }

    private static void assertLawsUnlessRefused(String pasted) {
        Profile profile;
        try {
            profile = Profile.parse(pasted);
        } catch (InvalidProfile refused) {
            assertThat(refused.getMessage().endsWith(".")).isTrue();
            return;
        }
        assertLaws(profile);
    }

    private static void assertLaws(Profile profile) {
        boolean holds = Profile.parse(profile.slug()).equals(profile)
                && Profile.parse(profile.url()).equals(profile)
                && URI.create(profile.url()).toASCIIString().equals(profile.url())
                && profile.slug().length() <= Slug.MAX_LENGTH
                && profile.slug().chars().noneMatch(c -> "/\\.:?#%&=+<>\"'".indexOf(c) >= 0 || c <= ' ')
                && profile.slug()
                        .equals(new String(profile.slug().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
        assertThat(holds).as(profile.slug()).isTrue();
    }

    @Provide
    Arbitrary<String> slugs() {
        String letters = "abcdefghijklmnopqrstuvwxyz0123456789-_éøüçñłžåşığ田中дмитрий한국अनिلعالי";
        Arbitrary<String> words = Arbitraries.strings()
                .withChars(letters.toCharArray())
                .ofMinLength(1)
                .ofMaxLength(40);
        return Combinators.combine(words, Arbitraries.of("", "🚀", "👩\u200D💻", "-1b58"))
                .as((word, end) -> "i" + Normalizer.normalize(word, Normalizer.Form.NFC) + end);
    }

    @Provide
    Arbitrary<String> garbage() {
        Arbitrary<String> pieces = Arbitraries.of(
                "https://",
                "http:",
                "linkedin.com",
                "www.",
                "/in/",
                "/",
                "%",
                "%2F",
                "%C3",
                "%C3%B8",
                "%E2%80%AE",
                "..",
                "\\",
                "in",
                "company",
                "?",
                "#",
                "@",
                " ",
                "\uFEFF",
                "\uD83D",
                "\uDE80",
                "\u0301",
                "İ",
                "Σ",
                "“",
                ".",
                ",",
                "x",
                "\0");
        return Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(60),
                pieces.list().ofMaxSize(12).map(list -> String.join("", list)),
                Arbitraries.strings().all().ofMaxLength(20).map(text -> "https://www.linkedin.com/in/" + text));
    }

    private static String spelling(String slug, Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> URLEncoder.encode(slug, StandardCharsets.UTF_8);
            case 1 -> URLEncoder.encode(slug, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
            case 2 -> Normalizer.normalize(slug, Normalizer.Form.NFD);
            case 3 -> asciiUpperCase(slug);
            default -> slug;
        };
    }

    /** Only ASCII: beyond it, upper case does not always lead back. */
    private static String asciiUpperCase(String slug) {
        StringBuilder upper = new StringBuilder(slug);
        for (int i = 0; i < upper.length(); i++) {
            if (upper.charAt(i) >= 'a' && upper.charAt(i) <= 'z') {
                upper.setCharAt(i, (char) (upper.charAt(i) - 32));
            }
        }
        return upper.toString();
    }

    private static String oneOf(List<String> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
