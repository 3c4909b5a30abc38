package dev.invitepacer.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.web.Code;
import dev.invitepacer.web.Fields;
import dev.invitepacer.web.Problem;

/** Makes, moves, turns on and deletes endpoints, and changes their secrets; each call is one transaction. */
@ApplicationScoped
public class EndpointChanges {
    private static final Logger LOG = Logger.getLogger(EndpointChanges.class);
    private static final int SHOWN = 5;

    private final Endpoints endpoints;
    private final AddressGuard guard;
    private final SecretBox box;
    private final Event<EndpointIsOn> turnedOn;
    private final Duration overlap;

    EndpointChanges(
            Endpoints endpoints, AddressGuard guard, SecretBox box, Event<EndpointIsOn> turnedOn, PacerConfig config) {
        this.endpoints = endpoints;
        this.guard = guard;
        this.box = box;
        this.turnedOn = turnedOn;
        this.overlap = config.webhooks().secretOverlap();
    }

    void sealAnew(@Observes StartupEvent start) {
        int anew = endpoints.seal(box);
        if (anew > 0) {
            LOG.infof("The secrets of %d endpoints are encrypted with the new key", anew);
        }
    }

    /** Makes it or gives it another address; answers its first secret where it made it, else null. */
    @Transactional
    WebhookSecret put(String name, ObjectNode body, String actor) {
        Fields fields = new Fields(body);
        if (!name.matches(Endpoints.NAME)) {
            fields.wrong("endpoint", "must be 1 to 63 of a-z, 0-9 and hyphen, as in crm-hooks");
        }
        String url = fields.string("url", AddressGuard.LONGEST);
        if (fields.lacks("url")) {
            fields.wrong("url", "must be given: where do webhooks go?");
        } else if (url != null) {
            try {
                guard.target(url);
            } catch (RefusedAddress refused) {
                fields.wrong("url", refused.getMessage());
            }
        }
        fields.orThrow();
        if (endpoints.move(name, url, actor)) {
            return null;
        }
        WebhookSecret secret = WebhookSecret.random();
        if (endpoints.insert(name, url, sealed(name, secret), actor)) {
            return secret;
        }
        if (endpoints.move(name, url, actor)) {
            return null;
        }
        throw Problem.of(
                Code.INVALID,
                List.of(new Problem.Violation(
                        "endpoint", "there are " + Endpoints.MOST + " endpoints; delete one first")));
    }

    /** Gives it another secret; the old one signs too for the overlap. */
    @Transactional
    WebhookSecret rotate(String name, String actor) {
        endpoints.known(name);
        WebhookSecret secret = WebhookSecret.random();
        endpoints.rotate(name, sealed(name, secret), overlap, actor);
        return secret;
    }

    /** Sends there again what has waited. */
    @Transactional
    void turnOn(String name, String actor) {
        endpoints.known(name);
        if (endpoints.turnOn(name, actor)) {
            turnedOn.fire(new EndpointIsOn(name));
        }
    }

    /** 409 while accounts use it. No row is left that could tell who did it: the log does. */
    @Transactional
    void delete(String name, String actor) {
        if (!name.matches(Endpoints.NAME) || !endpoints.lock(name)) {
            throw Endpoints.unknown(name);
        }
        List<String> users = endpoints.accounts(name, SHOWN);
        if (!users.isEmpty()) {
            throw Problem.of(
                    Code.ENDPOINT_IN_USE,
                    "Accounts use it, such as " + String.join(", ", users)
                            + "; give them another channel or endpoint first.");
        }
        List<String> subscriptions = endpoints.subscriptions(name, SHOWN);
        if (!subscriptions.isEmpty()) {
            throw Problem.of(
                    Code.ENDPOINT_IN_USE,
                    "Subscriptions use it, such as " + String.join(", ", subscriptions)
                            + "; delete them or give them another endpoint first.");
        }
        endpoints.delete(name);
        LOG.infof("Endpoint %s was deleted by %s", name, actor);
    }

    private byte[] sealed(String name, WebhookSecret secret) {
        if (!box.canSeal()) {
            throw Problem.of(
                    Code.NO_SECRETS_KEY,
                    "Secrets are stored encrypted, and there is no key: the operator sets PACER_SECRETS_KEY to what"
                            + " `openssl rand -base64 32` prints.");
        }
        return box.seal(name, secret.bytes());
    }
}
