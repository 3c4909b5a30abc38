package dev.invitepacer.invitation;

/**
 * One thing that is wrong with one field.
 *
 * @param field the field's name as the caller wrote it; a template field as {@code fields.<name>}
 * @param message a sentence that says how to mend it
 */
public record Violation(String field, String message) {}
