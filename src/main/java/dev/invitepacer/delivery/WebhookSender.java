package dev.invitepacer.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

import dev.invitepacer.account.Channel;
import dev.invitepacer.time.ServiceClock;
import dev.invitepacer.webhook.Endpoint;
import dev.invitepacer.webhook.Endpoints;
import dev.invitepacer.webhook.Exchange;
import dev.invitepacer.webhook.Postman;

/**
 * Posts each task to the endpoint that its lane names. 2xx is success, and its body may say at once what happened; everything
 * else is none. {@code docs/reference/webhooks.md} tells every answer with what follows.
 */
@ApplicationScoped
class WebhookSender implements Sender {
    /** A gateway that says so has perhaps passed the call on: nobody knows. */
    private static final Set<Integer> OF_GATEWAYS = Set.of(502, 504, 520, 524);

    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(24);

    private final Endpoints endpoints;
    private final Postman postman;
    private final ServiceClock clock;

    WebhookSender(Endpoints endpoints, Postman postman, ServiceClock clock) {
        this.endpoints = endpoints;
        this.postman = postman;
        this.clock = clock;
    }

    @Override
    public Channel channel() {
        return Channel.WEBHOOK;
    }

    @Override
    public boolean mayBeAskedAgain() {
        return true;
    }

    @Override
    public Outcome handOver(HandOver work) {
        // Not the account's present one: whoever may have heard of the task is asked again, and nobody else.
        String name = work.lane().substring(work.lane().indexOf(':') + 1);
        Optional<Endpoint> endpoint = endpoints.find(name);
        if (endpoint.isEmpty()) {
            return tryAgain("There is no endpoint " + name + " any more.", null);
        }
        Exchange exchange = postman.post(endpoint.get(), TaskMessage.id(work), TaskMessage.body(work));
        if (exchange instanceof Exchange.NotSent unsent) {
            return tryAgain(unsent.why(), null);
        }
        return exchange instanceof Exchange.Answered answered
                ? outcome(work.kind(), answered)
                : new Outcome.InDoubt(((Exchange.Unanswered) exchange).why());
    }

    private Outcome outcome(TaskKind kind, Exchange.Answered answer) {
        int status = answer.status();
        if (status / 100 == 2) {
            return answer.unread() == null
                    ? AnswerReport.outcome(kind, answer.body())
                    : new Outcome.Taken(
                            "The answer's body " + answer.unread()
                                    + ", and was not read. If it holds a report, answer shorter and plainly, or report afterwards.");
        }
        if (OF_GATEWAYS.contains(status)) {
            return new Outcome.InDoubt("A gateway answered " + status + ": the call may have reached the receiver.");
        }
        if (status / 100 == 3) {
            return tryAgain("It answered " + status + "; redirects are not followed.", null);
        }
        if (status == 410) {
            return tryAgain("It answered 410, and was turned off.", null);
        }
        Duration after = status == 429 || status == 503
                ? RetryAfter.read(answer.retryAfter(), Clock.systemUTC().instant(), LONGEST_RETRY_AFTER)
                : null;
        return tryAgain(
                "It answered " + status + ".",
                after == null ? null : clock.now().plus(after));
    }

    private static Outcome tryAgain(String detail, Instant until) {
        return new Outcome.Refused(Outcome.Reach.TRY, null, until, detail);
    }
}
