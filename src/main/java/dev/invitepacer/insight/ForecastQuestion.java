package dev.invitepacer.insight;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.web.Code;
import dev.invitepacer.web.Problem;

/**
 * What a forecast is asked for.
 *
 * @param days how far it looks
 * @param weeklyCap another cap to compare with; null for none
 * @param drafts so many more drafts to compare with; null for none
 */
record ForecastQuestion(int days, Integer weeklyCap, Integer drafts) {
    static final int MOST_DAYS = 366;
    static final int MOST_DRAFTS = 100_000;
    private static final int DEFAULT_DAYS = 28;

    /** Reads the query parameters; a problem answer tells what is wrong with one. */
    static ForecastQuestion of(String days, String weeklyCap, String drafts) {
        Integer asked = number("days", days, MOST_DAYS);
        return new ForecastQuestion(
                asked == null ? DEFAULT_DAYS : asked,
                number("weeklyCap", weeklyCap, AccountSettings.HIGHEST_CAP),
                number("drafts", drafts, MOST_DRAFTS));
    }

    /** How far alone. */
    static ForecastQuestion of(String days) {
        return of(days, null, null);
    }

    boolean isWhatIf() {
        return weeklyCap != null || drafts != null;
    }

    private static Integer number(String parameter, String text, int most) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (!text.matches("[0-9]{1,6}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > most) {
            throw Problem.of(Code.UNREADABLE, parameter + " must be a whole number from 1 to " + most + ".");
        }
        return Integer.parseInt(text);
    }
}
