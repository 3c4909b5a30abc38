package dev.invitepacer.webhook;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

import dev.invitepacer.config.PacerConfig;

/** Makes the parts that the settings shape, so that a setting that makes no sense is told at start. */
class WebhookDesk {
    @Produces
    @Singleton
    AddressGuard guard(PacerConfig config) {
        return AddressGuard.of(config.webhooks().allowHttp(), config.webhooks().allowedNetworks());
    }

    @Produces
    @Singleton
    SecretBox box(PacerConfig config) {
        return SecretBox.of(config.secrets().key(), config.secrets().previousKey());
    }

    @Produces
    @Singleton
    GuardedClient client(Vertx vertx, AddressGuard guard, Resolver resolver, PacerConfig config) {
        return new GuardedClient(
                vertx,
                guard,
                resolver,
                config.webhooks().connectTimeout(),
                config.webhooks().answerTimeout(),
                new HttpClientOptions());
    }

    @Produces
    @Singleton
    Postman postman(GuardedClient client, SecretBox box, Endpoints endpoints) {
        return new Postman(client, box, endpoints, Clock.systemUTC());
    }
}
