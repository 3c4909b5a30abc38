package dev.invitepacer.invitation;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

import dev.invitepacer.account.Text;
import dev.invitepacer.account.Tier;

/**
 * The words that go with an invitation, as they will be stored, counted and sent: line feeds end lines, Unicode is in
 * normal form C, no blanks around. So every way to count that a receiver may have (UTF-16 units, code points,
 * graphemes, composed or as it is) comes to {@link #length()} or less. Only a receiver that counts a line break
 * as two comes to more; a browser's text field counts it as one.
 *
 * @param text not blank
 */
public record Note(String text) {

    public Note {
        if (text.isEmpty() || !normal(text).equals(text)) {
            throw new IllegalArgumentException("A note is kept in its normal form, and a blank one not at all.");
        }
    }

    /** The note that somebody wrote; none if it is null or blank. */
    public static Optional<Note> written(String raw) {
        String text = raw == null ? "" : normal(raw);
        return text.isEmpty() ? Optional.empty() : Optional.of(new Note(text));
    }

    /** In UTF-16 units, a line break counted as one. */
    public int length() {
        return text.length();
    }

    /** Says by how much the note is too long for a membership, if it is. */
    public Optional<String> objection(Tier tier) {
        if (length() <= tier.noteLimit()) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "The note has %d characters and a %s account may send %d: shorten it by %d.",
                length(),
                tier,
                tier.noteLimit(),
                length() - tier.noteLimit()));
    }

    private static String normal(String raw) {
        String lines = raw.replace("\r\n", "\n").replace('\r', '\n');
        return Text.bare(Normalizer.normalize(lines, Normalizer.Form.NFC));
    }
}
