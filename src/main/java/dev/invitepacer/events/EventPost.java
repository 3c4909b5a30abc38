package dev.invitepacer.events;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import dev.invitepacer.delivery.RetryAfter;
import dev.invitepacer.delivery.RetrySchedule;
import dev.invitepacer.time.ServiceClock;
import dev.invitepacer.webhook.Endpoint;
import dev.invitepacer.webhook.Endpoints;
import dev.invitepacer.webhook.Exchange;
import dev.invitepacer.webhook.Message;
import dev.invitepacer.webhook.Postman;

/**
 * Posts the events of one account to one subscriber, one after the other: the next one only once the one before was
 * answered with 2xx. No transaction and no connection is held meanwhile.
 */
@ApplicationScoped
class EventPost {
    /** How many events one run posts before others have their turn. */
    private static final int MOST = 50;

    private final Outbox outbox;
    private final Subscriptions subscriptions;
    private final Endpoints endpoints;
    private final Postman postman;
    private final ServiceClock clock;
    private final ObjectMapper json;

    EventPost(
            Outbox outbox,
            Subscriptions subscriptions,
            Endpoints endpoints,
            Postman postman,
            ServiceClock clock,
            ObjectMapper json) {
        this.outbox = outbox;
        this.subscriptions = subscriptions;
        this.endpoints = endpoints;
        this.postman = postman;
        this.clock = clock;
        this.json = json;
    }

    /** A try that failed. */
    private record Failure(String detail, Instant notBefore) {}

    /** One run; says whether all of it was taken. */
    boolean run(Subscriptions.Claim claim) {
        Outbox.Stretch stretch = outbox.after(
                claim.position(),
                new Filter(java.util.Set.of(claim.account()), java.util.Set.copyOf(claim.types())),
                MOST);
        if (stretch.isGap()) {
            subscriptions.failed(
                    claim,
                    claim.tries(),
                    Optional.empty(),
                    "Events were kept no longer (pacer.events.keep) before they could be posted; POST"
                            + " /api/v1/subscriptions/{subscription}/deliver goes on with the oldest that is kept.");
            return false;
        }
        int tries = claim.tries();
        for (Event event : stretch.events()) {
            Optional<Failure> failure = post(claim.endpoint(), event);
            if (failure.isPresent()) {
                int failed = tries + 1;
                Instant now = clock.now();
                subscriptions.failed(
                        claim,
                        failed,
                        RetrySchedule.after(
                                failed,
                                now,
                                failure.get().notBefore(),
                                ThreadLocalRandom.current().nextDouble()),
                        event.type() + " " + event.id() + ": " + failure.get().detail());
                return false;
            }
            tries = 0;
            if (!subscriptions.taken(claim, event.number())) {
                return true;
            }
        }
        subscriptions.taken(claim, stretch.upTo());
        subscriptions.release(claim);
        return true;
    }

    private Optional<Failure> post(String name, Event event) {
        Optional<Endpoint> endpoint = endpoints.find(name);
        if (endpoint.isEmpty()) {
            return Optional.of(new Failure("There is no endpoint " + name + " any more.", null));
        }
        Map<String, Object> data = json.convertValue(event.data(), new TypeReference<>() {});
        Exchange exchange =
                postman.post(endpoint.get(), event.id(), Message.bytes(event.type(), event.timestamp(), data));
        if (exchange instanceof Exchange.Answered answered) {
            return answered.status() / 100 == 2
                    ? Optional.empty()
                    : Optional.of(new Failure("It answered " + answered.status() + ".", notBefore(answered)));
        }
        return Optional.of(new Failure(
                exchange instanceof Exchange.NotSent unsent ? unsent.why() : ((Exchange.Unanswered) exchange).why(),
                null));
    }

    private Instant notBefore(Exchange.Answered answered) {
        Duration wait = RetryAfter.read(answered.retryAfter(), Clock.systemUTC().instant(), RetrySchedule.LONGEST);
        return wait == null ? null : clock.now().plus(wait);
    }
}
