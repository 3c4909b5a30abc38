package dev.invitepacer.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

import dev.invitepacer.invitation.State;

/**
 * What a report came to.
 *
 * @param reason why it was ignored; null otherwise
 * @param invitation what it was about; null where nothing was found, or where it was about the account
 * @param state the invitation's state afterwards
 */
public record Result(Kind result, String reason, Long invitation, State state) {
    /** The same, where the report changed something after all: the account. */
    Result applied() {
        return new Result(Kind.APPLIED, reason, invitation, state);
    }

    /** How a report ends. */
    public enum Kind {
        /** It changed something. */
        APPLIED,
        /** It says what was known. */
        ALREADY,
        /** It makes no sense in this state and changed nothing. */
        IGNORED,
        /** There is no such invitation. */
        NOT_FOUND;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
