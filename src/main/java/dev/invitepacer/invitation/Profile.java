package dev.invitepacer.invitation;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A person on LinkedIn, known by the slug of their profile: {@code linkedin.com/in/<slug>}.
 *
 * <p>Guarantees, for every text that {@link #parse} accepts:
 *
 * <ul>
 *   <li>one person is one value: scheme, host, letter case, percent-encoding, Unicode normal form, language, sub-page,
 *       query and what copying leaves around a link make no difference;
 *   <li>{@code parse(p.slug())} and {@code parse(p.url())} are {@code p};
 *   <li>the slug is safe in a URL path, in HTML and in a log line: beyond ASCII it may hold letters, marks,
 *       digits, symbols and punctuation; of ASCII only {@code a-z 0-9 - _}; never white space, a control, an invisible
 *       character or half of a surrogate pair.
 * </ul>
 *
 * @param slug lower case, Unicode normal form C, 1 to {@value Slug#MAX_LENGTH} UTF-16 units
 */
public record Profile(String slug) {

    /** @throws InvalidProfile if the slug is not one in its canonical form; {@link #parse} makes it canonical */
    public Profile {
        if (!Slug.canonical(slug).equals(slug)) {
            throw new InvalidProfile("A profile is known by its slug in lower case and Unicode normal form C.");
        }
    }

    /**
     * Reads a profile link in any spelling that people paste, or a bare slug.
     *
     * @throws InvalidProfile if it is none, for whatever reason and whatever the text; it may be null
     */
    public static Profile parse(String pasted) {
        return new Profile(Slug.canonical(ProfileLink.slugIn(pasted)));
    }

    /** The canonical address, percent-encoded, without a slash at its end. */
    public String url() {
        StringBuilder url = new StringBuilder("https://www.linkedin.com/in/");
        ByteBuffer utf8 = StandardCharsets.UTF_8.encode(CharBuffer.wrap(slug));
        while (utf8.hasRemaining()) {
            byte b = utf8.get();
            if (b > 0) {
                url.append((char) b);
            } else {
                url.append('%').append(hex(b >> 4)).append(hex(b));
            }
        }
        return url.toString();
    }

    private static char hex(int nibble) {
        return "0123456789ABCDEF".charAt(nibble & 0xF);
    }
}
