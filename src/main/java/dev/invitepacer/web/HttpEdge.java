package dev.invitepacer.web;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Gives the problem form to what the HTTP layer refuses before any resource is asked: an address that cannot be decoded. */
@ApplicationScoped
class HttpEdge {
    private static final String UNREADABLE =
            "{\"type\":\"/problems/%1$s\",\"status\":400,\"title\":\"%2$s\",\"detail\":\"%3$s\",\"code\":\"%1$s\"}";

    void refuse(@Observes Router router) {
        router.errorHandler(400, HttpEdge::unreadable);
    }

    private static void unreadable(RoutingContext refused) {
        if (refused.response().ended() || refused.response().headWritten()) {
            return;
        }
        refused.response()
                .setStatusCode(400)
                .putHeader("Content-Type", "application/problem+json")
                .end(UNREADABLE.formatted(
                        Code.UNREADABLE.text(),
                        Code.UNREADABLE.title(),
                        "The address cannot be decoded; write % as %25, and other bytes as %XX of their UTF-8."));
    }
}
