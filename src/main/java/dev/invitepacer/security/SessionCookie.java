package dev.invitepacer.security;

import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;

/** The cookie of a session: no script reads it, no other site sends it. */
final class SessionCookie {
    static final String NAME = "pacer-session";

    private SessionCookie() {}

    static NewCookie of(Token session, Duration longest, boolean isHttps) {
        return cookie(session.text(), (int) longest.toSeconds(), isHttps);
    }

    static NewCookie gone(boolean isHttps) {
        return cookie("", 0, isHttps);
    }

    private static NewCookie cookie(String value, int maxAge, boolean isHttps) {
        return new NewCookie.Builder(NAME)
                .value(value)
                .path("/")
                .maxAge(maxAge)
                .httpOnly(true)
                .secure(isHttps)
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }
}
