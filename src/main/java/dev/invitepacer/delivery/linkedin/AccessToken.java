package dev.invitepacer.delivery.linkedin;

import java.util.Optional;
import java.util.regex.Pattern;

/** A member's access token. It tells itself to nobody but the request that needs it. */
final class AccessToken {
    static final int LONGEST = 8_192;

    /** RFC 6750's b64token, which can stand in a header as it is. */
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private final String value;

    private AccessToken(String value) {
        this.value = value;
    }

    /** The token that a text holds, with white space around it left out; nothing where it is none. */
    static Optional<AccessToken> in(String text) {
        String value = text.strip();
        return value.length() <= LONGEST && FORM.matcher(value).matches()
                ? Optional.of(new AccessToken(value))
                : Optional.empty();
    }

    String header() {
        return "Bearer " + value;
    }

    /** The text without the token, should it be in it. */
    String hiddenIn(String text) {
        return text.replace(value, "…");
    }

    @Override
    public String toString() {
        return "AccessToken";
    }
}
