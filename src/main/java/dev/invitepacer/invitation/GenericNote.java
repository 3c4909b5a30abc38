package dev.invitepacer.invitation;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells whether a note could go to anybody: it names neither the person nor a thing, or it is nothing but a greeting and
 * stock phrases.
 *
 * <p>A thing is named by what the draft knows (company, headline, fields), a proper noun, something quoted, a hashtag, a
 * year, or "your talk on …". Words in stock phrases name nothing. A script without capital letters cannot show proper
 * nouns, so there only the draft's own words and the stock phrases are looked at, and a longer text is given the benefit
 * of the doubt.
 */
final class GenericNote {
    /** Fewer words, or letters of a script without capitals, than these say nothing beside a stock phrase. */
    private static final int FEW_WORDS = 4;

    private static final int FEW_LETTERS = 8;

    /** What a word may hold but not end with. */
    private static final String ENDS = ".'&+_-";

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}'.&+_-]*");
    private static final Pattern SENTENCE_END =
            Pattern.compile("[.!?…:;\\n¡¿‽\"“”«»\\p{So}\\u2028\\u2029]|(?:^|\\s)[–—-](?:\\s|$)");
    private static final Pattern MARKED = Pattern.compile(
            "[\"“„«‘‹「『《][^\"”“»’›」』》\\n]{2,}[\"”“»’›」』》]|#[\\p{L}\\p{N}_]{2,}|(?<![\\p{L}\\p{N}])@[\\p{L}\\p{N}_]{2,}"
                    + "|(?<![\\p{L}\\p{N}])(?:19|20)\\d\\d(?!\\p{N}|\\p{L})");

    /** Their own doing with its subject: "your talk on backpressure". */
    private static final Pattern THEIR_OWN = Pattern.compile(
            "(?<!\\p{L})(?:your|ihre?n?|ihrem|deine?n?|deinem|tu|su|votre|ton|din|ditt|dein|seu|tuo|suo|twój|ваш\\p{L}*|je|jouw|uw) (?:\\p{L}+ ){0,2}"
                    + "(?:talk|post|article|paper|book|question|comment|podcast|episode|library|keynote|workshop|slides|thread|newsletter|thesis|answer"
                    + "|vortrag|beitrag|artikel|buch|frage|kommentar|foredrag|innlegg|spørsmål|inlägg|föredrag|indlæg"
                    + "|charla|artículo|publicación|pregunta|libro|ponencia|conférence|livre|présentation|palestra|artigo|intervento|articolo"
                    + "|доклад|стать\\p{L}+|пост|lezing|artykuł|wystąpienie)"
                    + " (?:on|about|at|from|in|over|über|zu|bei|aus|om|på|ved|sobre|en|sur|à|chez|su|o|про|о|об|na|naar) \\p{L}",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private final DraftWords known;
    private final String rest;
    private final boolean hasStock;
    private final boolean isCased;

    private GenericNote(Draft draft) {
        String note = PhraseBook.plain(draft.note());
        this.known = new DraftWords(draft);
        String unsigned = Signatures.without(note);
        this.rest = StockPhrases.without(unsigned);
        this.hasStock = !rest.equals(unsigned);
        this.isCased = isMostlyCased(note);
    }

    /** @param draft with a note */
    static boolean is(Draft draft) {
        return new GenericNote(draft).isGeneric();
    }

    private boolean isGeneric() {
        if (namesSomething()) {
            return false;
        }
        if (known.namesPerson(rest)) {
            return saysLittle(hasStock);
        }
        return isCased || saysLittle(true);
    }

    /** What costs least is asked first: a list may hold thousands of notes. */
    private boolean namesSomething() {
        return hasProperNoun()
                || known.namesThing(rest)
                || MARKED.matcher(rest).find()
                || THEIR_OWN.matcher(rest).find();
    }

    /** A word with a capital that no sentence begins with; where most words have one, that says nothing. */
    private boolean hasProperNoun() {
        Matcher words = WORD.matcher(rest);
        int all = 0;
        int capitals = 0;
        boolean isProper = false;
        int end = 0;
        while (words.find()) {
            all++;
            if (words.group().codePoints().anyMatch(Character::isUpperCase)) {
                capitals += Character.isUpperCase(words.group().codePointAt(0)) ? 1 : 0;
                isProper = isProper || isProper(words.group(), rest.substring(end, words.start()), end == 0);
            }
            end = words.end();
            while (ENDS.indexOf(rest.charAt(end - 1)) >= 0) {
                end--;
            }
        }
        boolean isShouted = all >= 4 && capitals * 2 > all;
        return isProper && !isShouted;
    }

    private boolean isProper(String written, String before, boolean isFirst) {
        String word = written.replaceAll("[" + ENDS + "]+$", "");
        boolean hasInnerCapital = word.codePoints().skip(1).anyMatch(Character::isUpperCase);
        boolean beginsNothing = !isFirst && !SENTENCE_END.matcher(before).find();
        return (hasInnerCapital || beginsNothing && Character.isUpperCase(word.codePointAt(0)))
                && !NamelessWords.namesNothing(word)
                && !known.isName(word);
    }

    private boolean saysLittle(boolean besideStock) {
        List<String> words = WORD.matcher(rest)
                .results()
                .map(result -> result.group())
                .filter(word -> !known.isName(word) && !NamelessWords.isGreeting(word))
                .toList();
        if (isCased) {
            return words.size() < (besideStock ? FEW_WORDS : 1);
        }
        int letters = words.stream()
                .mapToInt(word -> word.codePointCount(0, word.length()))
                .sum();
        return letters < (besideStock ? FEW_LETTERS : 1);
    }

    private static boolean isMostlyCased(String note) {
        long letters = note.codePoints().filter(Character::isLetter).count();
        long cased = note.codePoints()
                .filter(c -> Character.isUpperCase(c) || Character.isLowerCase(c))
                .count();
        return cased * 2 >= letters;
    }
}
