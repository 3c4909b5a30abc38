package dev.invitepacer.pacing;

/** Active hours that cannot be kept. The message names the day and the text at fault and says what to write instead. */
public final class InvalidActiveHoursException extends IllegalArgumentException {
    InvalidActiveHoursException(String message) {
        super(message);
    }
}
