package dev.invitepacer.account;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is said of a draft that could do better, in the order in which it is told. An account may refuse any of it. */
public enum Advice {
    /** There is no note. */
    NOTE_BLANK,
    /** The note names nobody and nothing: it could go to anybody. */
    NOTE_GENERIC,
    /** The note is longer than three lines. */
    NOTE_OVER_THREE_LINES,
    /** The note sells something. */
    NOTE_PITCH,
    /** The note has a link in it. */
    NOTE_HAS_LINK,
    /** The person is of third degree: nobody in between is known to both. */
    THIRD_DEGREE,
    /** The person comes from a list that was bought or scraped. */
    SOURCE_BOUGHT_LIST;

    /** The code as it stands in answers: {@code note-has-link}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The advice of this code. */
    public static Optional<Advice> of(String text) {
        return Arrays.stream(values())
                .filter(advice -> advice.text().equals(text))
                .findFirst();
    }
}
