package dev.invitepacer.invitation;

import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A draft as it came in, from JSON or a row of CSV: nothing in it is checked, anything may be missing. The fields are
 * those of {@link Draft}; {@code degree} is 2 and {@code priority} 0 where they are missing.
 *
 * @param notBefore an instant of ISO 8601 with {@code Z} or an offset
 * @param lapsesAt likewise
 */
@Schema(name = "Draft")
public record DraftInput(
        @Schema(required = true, description = "A LinkedIn profile's address or its last part")
        String profile,

        String firstName,
        String lastName,
        String headline,
        String company,
        String note,
        String template,
        Map<String, String> fields,
        Numeral degree,
        Numeral priority,
        String campaign,
        String source,
        String notBefore,
        String lapsesAt,
        String memberUrn,
        String email) {

    /**
     * Checks everything at once, so that a caller mends a draft in one go. Never throws, whatever came in.
     *
     * @param rules the account's
     */
    public Checked check(DraftRules rules) {
        return new Inspection(this, rules).result();
    }
}
