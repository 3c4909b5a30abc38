package dev.invitepacer.invitation;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a caller wants sent, checked: whom to invite, with which words, when.
 *
 * <p>Every string in it can be stored and sent as it is. A string that was not given, or was blank, is null.
 *
 * @param profile whom
 * @param firstName the person's, as a note would say it; does not start a spreadsheet formula
 * @param lastName likewise
 * @param headline the line under their name
 * @param company where they work
 * @param note the words that go with it, in the normal form of {@link Note}, within the account's limit
 * @param template the template that made the note; null where it was written by hand
 * @param alternative which of the template's, from 1 on
 * @param fields what a template may insert, in the caller's order; no blank values
 * @param degree how far away they are: 1 to 3
 * @param priority who goes first: -10 to 10, the higher the sooner
 * @param campaign what it belongs to
 * @param source where the person was found
 * @param notBefore not to be released earlier; in whole microseconds, as PostgreSQL keeps it
 * @param lapsesAt not to be released from then on; likewise, and after {@code notBefore}
 * @param memberUrn LinkedIn's name for the member, for the LINKEDIN channel
 * @param email the member's address, for the LINKEDIN channel
 */
public record Draft(
        Profile profile,
        String firstName,
        String lastName,
        String headline,
        String company,
        String note,
        String template,
        Integer alternative,
        Map<String, String> fields,
        int degree,
        int priority,
        String campaign,
        String source,
        Instant notBefore,
        Instant lapsesAt,
        String memberUrn,
        String email) {

    public Draft {
        Objects.requireNonNull(profile, "A draft is for somebody.");
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
}
