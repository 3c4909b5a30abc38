package dev.invitepacer.security;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/** What somebody shows to be let in. */
final class Presented extends BaseAuthenticationRequest {
    /** How it came. */
    enum Way {
        BEARER,
        COOKIE
    }

    private final Way way;
    private final Token token;
    private final String address;

    Presented(Way way, Token token, String address) {
        this.way = way;
        this.token = token;
        this.address = address;
    }

    Way way() {
        return way;
    }

    Token token() {
        return token;
    }

    /** From where the request came. */
    String address() {
        return address;
    }
}
