package dev.invitepacer.invitation;

import java.util.Optional;
import java.util.regex.Pattern;

/** How LinkedIn's API names whom to invite: a member, or an e-mail address; never a profile's address. */
public final class InviteeUrn {
    private static final Pattern PERSON = Pattern.compile("urn:li:person:[A-Za-z0-9_-]+");

    private InviteeUrn() {}

    /** The member's URN where it is a person's, else that of the e-mail address; nothing where there is neither. */
    public static Optional<String> of(String memberUrn, String email) {
        if (memberUrn != null && PERSON.matcher(memberUrn).matches()) {
            return Optional.of(memberUrn);
        }
        return Optional.ofNullable(email).map(address -> "urn:li:email:" + address);
    }
}
