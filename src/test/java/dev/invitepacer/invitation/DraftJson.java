package dev.invitepacer.invitation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.invitepacer.account.Tier;

/** Drafts as an integrator sends them, for tests: JSON with single quotes, checked for a BASIC account. */
final class DraftJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private DraftJson() {}

    static DraftInput input(String singleQuoted) {
        try {
            return JSON.readValue(singleQuoted.replace('\'', '"'), DraftInput.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    static Draft accepted(String json) {
        return ((Checked.Accepted) input(json).check(DraftRules.of(Tier.BASIC))).draft();
    }

    static Checked.Refused refused(String json) {
        return (Checked.Refused) input(json).check(DraftRules.of(Tier.BASIC));
    }
}
