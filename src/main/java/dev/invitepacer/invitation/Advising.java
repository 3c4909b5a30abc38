package dev.invitepacer.invitation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.invitepacer.account.Advice;
import dev.invitepacer.web.Problem;

/**
 * What a draft could do better, by the practice of people who are accepted often. A function of the draft alone: the
 * same draft gets the same advice at any time, in any account. {@code docs/reference/advice.md} tells each rule.
 */
public final class Advising {
    private static final int MOST_LINES = 3;
    private static final int LONGEST_SHOWN = 60;
    private static final Pattern LINE_BREAK = Pattern.compile("[\n\u2028\u2029]");

    private final Draft draft;
    private final List<AdviceGiven> given = new ArrayList<>();

    private Advising(Draft draft) {
        this.draft = draft;
    }

    /** Each advice at most once, in the order of {@link Advice}. */
    public static List<AdviceGiven> of(Draft draft) {
        Advising advising = new Advising(draft);
        if (draft.note() == null) {
            advising.give(
                    Advice.NOTE_BLANK,
                    "There is no note: tell " + advising.person() + " in a line why you write, " + advising.example()
                            + ".");
        } else {
            advising.lookAtNote(draft.note());
        }
        advising.lookAtPerson();
        return List.copyOf(advising.given);
    }

    private void lookAtNote(String note) {
        if (GenericNote.is(draft)) {
            give(
                    Advice.NOTE_GENERIC,
                    "The note could go to anybody: name what you share with " + person() + ", " + example() + ".");
        }
        long lines =
                LINE_BREAK.splitAsStream(note).filter(line -> !line.isBlank()).count();
        if (lines > MOST_LINES) {
            give(
                    Advice.NOTE_OVER_THREE_LINES,
                    "The note has " + lines + " lines that are not empty, and three are read at a glance: join or drop "
                            + (lines - MOST_LINES) + ".");
        }
        PitchPhrases.firstIn(note)
                .ifPresent(phrase -> give(
                        Advice.NOTE_PITCH,
                        "“" + shown(phrase) + "” reads as a pitch: leave it out, and offer nothing before " + person()
                                + " has accepted."));
        Links.firstIn(note, draft)
                .ifPresent(link -> give(
                        Advice.NOTE_HAS_LINK,
                        "“" + shown(link) + "” is a link: say in words what is behind it, and send it once " + person()
                                + " has accepted."));
    }

    private void lookAtPerson() {
        if (draft.degree() == 3) {
            give(
                    Advice.THIRD_DEGREE,
                    "Nobody whom you know knows " + person() + ", and people of third degree accept less often: connect"
                            + " first with somebody in between.");
        }
        BoughtSource.wordIn(draft.source())
                .ifPresent(word -> give(
                        Advice.SOURCE_BOUGHT_LIST,
                        "The source “" + shown(draft.source()) + "” says “" + shown(word)
                                + "”: people on bought or scraped lists report invitations as spam. Leave " + person()
                                + " out unless you have met or share something."));
    }

    private String person() {
        return Optional.ofNullable(draft.firstName())
                .or(() -> Optional.ofNullable(draft.lastName()))
                .map(Advising::shown)
                .orElse("the person");
    }

    /** What the draft itself knows that a note could name. */
    private String example() {
        return draft.fields().values().stream()
                .filter(value -> value.length() <= LONGEST_SHOWN && value.indexOf('\n') < 0 && value.indexOf(' ') > 0)
                .findFirst()
                .or(() -> Optional.ofNullable(draft.company()).filter(name -> name.length() <= LONGEST_SHOWN))
                .map(known -> "for instance something about “" + shown(known) + "”")
                .orElse("for instance a group, an event or a post of theirs");
    }

    private static String shown(String text) {
        return Problem.shown(text, LONGEST_SHOWN).replace('\n', ' ');
    }

    private void give(Advice advice, String message) {
        given.add(new AdviceGiven(advice, message));
    }
}
