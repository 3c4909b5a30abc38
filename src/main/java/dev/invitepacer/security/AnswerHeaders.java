package dev.invitepacer.security;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Tells browsers, with every answer, what they may do with it: load nothing but the service's own scripts and styles, run
 * nothing that stands within a page, show it in no frame, keep no data.
 */
@ApplicationScoped
class AnswerHeaders {
    private static final int BEFORE_ALL_OTHERS = 1_000;
    private static final String SWAGGER = "/q/swagger-ui";
    private static final String COMMON =
            "; connect-src 'self'; font-src 'self'; base-uri 'none'; frame-ancestors 'none'";
    private static final String OURS =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'"
                    + COMMON;
    /** Swagger's page has its script and styles within it. It still loads and asks nothing of anybody else. */
    private static final String SWAGGERS = "default-src 'none'; script-src 'self' 'unsafe-inline';"
            + " style-src 'self' 'unsafe-inline'; img-src 'self' data:; form-action 'none'" + COMMON;

    void register(@Observes Filters filters) {
        filters.register(AnswerHeaders::add, BEFORE_ALL_OTHERS);
    }

    private static void add(RoutingContext context) {
        String path = context.normalizedPath();
        MultiMap headers = context.response().headers();
        headers.set("Content-Security-Policy", path.startsWith(SWAGGER) ? SWAGGERS : OURS);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        if ("https".equals(context.request().scheme())) {
            headers.set("Strict-Transport-Security", "max-age=31536000");
        }
        if (path.startsWith("/api/")) {
            headers.set("Cache-Control", "no-store");
        }
        context.next();
    }
}
