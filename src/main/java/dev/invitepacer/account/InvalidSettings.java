package dev.invitepacer.account;

/** Stored settings that are against a rule: somebody wrote them past the service, or a later version did. */
public class InvalidSettings extends IllegalStateException {
    InvalidSettings(String what) {
        super("The stored settings are against a rule: " + what);
    }
}
