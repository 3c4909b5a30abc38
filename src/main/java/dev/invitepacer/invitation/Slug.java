package dev.invitepacer.invitation;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

import dev.invitepacer.account.Text;

/**
 * The spelling of a profile's slug.
 *
 * <p>LinkedIn lets members choose 3 to 100 letters or digits; the slugs that it makes itself carry the name in any
 * script, emoji and all, and a suffix, and are longer. So the length is generous and only what could do harm is
 * refused.
 */
final class Slug {

    static final int MAX_LENGTH = 150;

    /** LinkedIn's internal member id, which Sales Navigator exports show in place of the slug. */
    private static final Pattern MEMBER_ID = Pattern.compile("ac[a-z]aa[a-z0-9_-]{34,}");

    private static final String OPENING = "<\"'([{“”„‟‘’‚‛«»‹›";
    private static final String CLOSING = ">\"')]}“”„‟‘’‚‛«»‹›,;.";

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private Slug() {}

    /**
     * The one spelling of a decoded slug. Applied to its own result, it changes nothing.
     *
     * @throws InvalidProfile if it holds what a slug cannot hold, is too long or has nothing to read in it
     */
    static String canonical(String decoded) {
        String composed = Normalizer.normalize(unwrapped(decoded), Normalizer.Form.NFC);
        String slug = Normalizer.normalize(composed.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
        requireAcceptable(slug);
        if (slug.length() > MAX_LENGTH) {
            throw new InvalidProfile(InvalidProfile.TOO_LONG);
        }
        if (slug.codePoints().noneMatch(Slug::isReadable)) {
            throw new InvalidProfile(InvalidProfile.NOT_A_PROFILE);
        }
        if (MEMBER_ID.matcher(slug).matches()) {
            throw new InvalidProfile(InvalidProfile.MEMBER_ID);
        }
        return slug;
    }

    /**
     * Decodes percent-encoding once, strictly: every {@code %} is followed by two hexadecimal digits, and the bytes are
     * UTF-8.
     */
    static String decoded(String encoded) {
        if (encoded.indexOf('%') < 0) {
            return encoded;
        }
        byte[] raw = encoded.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(raw.length);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] != '%') {
                bytes.put(raw[i]);
                continue;
            }
            if (i + 2 >= raw.length) {
                throw new InvalidProfile(InvalidProfile.BROKEN_ENCODING);
            }
            bytes.put((byte) (nibble(raw[++i]) << 4 | nibble(raw[++i])));
        }
        String decoded;
        try {
            // A new decoder reports malformed input, where String's constructor would replace it.
            decoded = StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new InvalidProfile(InvalidProfile.BROKEN_ENCODING);
        }
        if (decoded.indexOf('%') >= 0) {
            throw new InvalidProfile(InvalidProfile.BROKEN_ENCODING);
        }
        return decoded;
    }

    /** Without the blanks, brackets, quotes and punctuation that surround a link in a mail, a list or a sentence. */
    static String unwrapped(String pasted) {
        String link;
        String inner = pasted;
        do {
            link = inner;
            inner = Text.bare(link);
            int from = 0;
            int to = inner.length();
            while (from < to && OPENING.indexOf(inner.charAt(from)) >= 0) {
                from++;
            }
            while (to > from && CLOSING.indexOf(inner.charAt(to - 1)) >= 0) {
                to--;
            }
            inner = inner.substring(from, to);
        } while (inner.length() < link.length());
        return inner;
    }

    private static int nibble(byte b) {
        if (b >= '0' && b <= '9') {
            return b - '0';
        }
        if (b >= 'a' && b <= 'f') {
            return b - 'a' + 10;
        }
        if (b >= 'A' && b <= 'F') {
            return b - 'A' + 10;
        }
        throw new InvalidProfile(InvalidProfile.BROKEN_ENCODING);
    }

    private static void requireAcceptable(String slug) {
        int before = 0;
        for (int at = 0; at < slug.length(); at += Character.charCount(before)) {
            int codePoint = slug.codePointAt(at);
            if (codePoint == '\uFFFD') {
                throw new InvalidProfile(InvalidProfile.BROKEN_ENCODING);
            }
            if (codePoint < 0x80 ? !isPlain(codePoint) : !isAcceptable(codePoint, before)) {
                throw new InvalidProfile(InvalidProfile.DANGEROUS);
            }
            before = codePoint;
        }
    }

    private static boolean isPlain(int ascii) {
        return ascii >= 'a' && ascii <= 'z' || ascii >= '0' && ascii <= '9' || ascii == '-' || ascii == '_';
    }

    /**
     * Unassigned code points are accepted: a later Unicode version's emoji and letters are in use before a JVM knows
     * them.
     */
    private static boolean isAcceptable(int codePoint, int before) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            // Joiners and tags make emoji and letters of some scripts; after ASCII they only hide.
            case Character.FORMAT -> before >= 0x80 && (isJoiner(codePoint) || isTag(codePoint));
            default -> !isNoncharacter(codePoint);
        };
    }

    private static boolean isJoiner(int codePoint) {
        return codePoint == ZERO_WIDTH_NON_JOINER || codePoint == ZERO_WIDTH_JOINER;
    }

    private static boolean isTag(int codePoint) {
        return codePoint >= 0xE0020 && codePoint <= 0xE007F;
    }

    private static boolean isNoncharacter(int codePoint) {
        return (codePoint & 0xFFFE) == 0xFFFE || codePoint >= 0xFDD0 && codePoint <= 0xFDEF;
    }

    private static boolean isReadable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.DASH_PUNCTUATION,
                    Character.CONNECTOR_PUNCTUATION,
                    Character.FORMAT -> false;
            default -> true;
        };
    }
}
