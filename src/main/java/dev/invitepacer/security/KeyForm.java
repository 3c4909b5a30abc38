package dev.invitepacer.security;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import dev.invitepacer.web.Fields;

/** A key as an admin asks for it. */
@Schema(name = "KeyRequest")
record KeyForm(
        @Schema(required = true, description = "Who has it, as the history will tell: 1 to 100 characters")
        String name,

        @Schema(required = true) Role role,

        @Schema(
                description = "The accounts that it may see, up to 100; needed but for ADMIN, who sees all, and READER",
                nullable = true)
        List<String> accounts,

        @Schema(description = "From when on it opens nothing; none: never", nullable = true)
        Instant expiresAt) {
    static final String ACCOUNT = "[a-z0-9-]{1,63}";

    private static final int LONGEST_NAME = 100;
    private static final int MOST_ACCOUNTS = 100;

    static KeyForm read(ObjectNode body) {
        Fields fields = new Fields(body);
        String name = fields.string("name", LONGEST_NAME);
        if (fields.lacks("name") || name != null && (name.isBlank() || !name.matches("\\P{Cntrl}*"))) {
            fields.wrong("name", "must be given: the history tells it as who did something");
        }
        Role role = fields.oneOf("role", Role.class, null);
        if (fields.lacks("role")) {
            fields.wrong("role", "must be given: ADMIN, OWNER, INTEGRATOR, SENDER or READER");
        }
        List<String> accounts = accounts(fields, role);
        Instant expiresAt = fields.instant("expiresAt");
        fields.orThrow();
        return new KeyForm(name.strip(), role, accounts, expiresAt);
    }

    private static List<String> accounts(Fields fields, Role role) {
        boolean isGiven = !fields.lacks("accounts");
        Set<String> accounts = fields.strings("accounts", MOST_ACCOUNTS);
        accounts.stream()
                .filter(account -> !account.matches(ACCOUNT))
                .findFirst()
                .ifPresent(
                        wrong -> fields.wrong("accounts", "must hold names of accounts: 1 to 63 of a-z, 0-9, hyphen"));
        if (role == Role.ADMIN && isGiven) {
            fields.wrong("accounts", "must be left out: an ADMIN sees all accounts");
        } else if (role != null && role != Role.ADMIN && (isGiven || role != Role.READER) && accounts.isEmpty()) {
            fields.wrong(
                    "accounts",
                    role == Role.READER
                            ? "must name an account, or be left out for all"
                            : "must name at least one account that the key is for");
        }
        return isGiven && role != Role.ADMIN ? List.copyOf(accounts) : null;
    }
}
