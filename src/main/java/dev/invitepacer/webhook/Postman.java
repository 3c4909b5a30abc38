package dev.invitepacer.webhook;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Signs a message and posts it to an endpoint. An endpoint that answers 410 is turned off. Call it without a transaction:
 * it waits for the answer.
 */
public class Postman {
    private static final Logger LOG = Logger.getLogger(Postman.class);
    private static final int GONE = 410;

    private final GuardedClient client;
    private final SecretBox box;
    private final Endpoints endpoints;
    private final Clock clock;

    /** @param clock real time: receivers refuse timestamps that are not now */
    Postman(GuardedClient client, SecretBox box, Endpoints endpoints, Clock clock) {
        this.client = client;
        this.box = box;
        this.endpoints = endpoints;
        this.clock = clock;
    }

    /** The newest must open. One before it that does not, its key being lost, must not stop what a rotation has mended. */
    private List<WebhookSecret> opened(Endpoint endpoint) {
        List<WebhookSecret> opened = new ArrayList<>();
        for (byte[] kept : endpoint.secrets()) {
            try {
                opened.add(new WebhookSecret(box.open(endpoint.name(), kept)));
            } catch (IllegalStateException unreadable) {
                if (opened.isEmpty()) {
                    throw unreadable;
                }
            }
        }
        return opened;
    }

    /**
     * One try.
     *
     * @param id the same on every try of one message
     * @param body the same bytes on every try, under 20 kB
     */
    public Exchange post(Endpoint endpoint, String id, byte[] body) {
        if (!endpoint.isOn()) {
            return new Exchange.NotSent("The endpoint " + endpoint.name() + " is off: " + endpoint.offReason());
        }
        List<WebhookSecret> secrets;
        try {
            secrets = opened(endpoint);
        } catch (IllegalStateException unreadable) {
            LOG.errorf("Endpoint %s: %s", endpoint.name(), unreadable.getMessage());
            return new Exchange.NotSent("The endpoint's secret cannot be read: " + unreadable.getMessage() + ".");
        }
        Exchange exchange = client.post(endpoint.url(), Signature.headers(id, clock.instant(), body, secrets), body);
        if (exchange instanceof Exchange.Answered answered && answered.status() == GONE) {
            endpoints.turnOff(endpoint.name(), "It answered 410: it wants no more webhooks.");
        }
        return exchange;
    }
}
