package dev.invitepacer.delivery.linkedin;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;

import com.github.tomakehurst.wiremock.http.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

import dev.invitepacer.delivery.Outcome;
import dev.invitepacer.delivery.Sender;
import dev.invitepacer.delivery.SenderConformance;
import dev.invitepacer.delivery.TaskKind;

class LinkedInConformanceTest extends SenderConformance {
    private final LinkedInStub linkedin = new LinkedInStub();
    private final Sender sender = linkedin.sender(new WithdrawalCall("POST", "/v2/made-up/{id}", null));

    @AfterEach
    void stop() {
        linkedin.close();
    }

    @Override
    protected Sender sender() {
        return sender;
    }

    @Override
    protected boolean arrange(Receiver behaviour) {
        switch (behaviour) {
            case DOES -> linkedin.creates();
            case IS_BUSY -> linkedin.answers(aResponse().withStatus(429).withHeader("Retry-After", "90"));
            case REJECTS -> linkedin.answers(422, "{\"status\":422,\"message\":\"No\"}");
            case IS_BROKEN -> linkedin.answers(500, "Oops");
            case TALKS_NONSENSE -> linkedin.answers(200, "<html>Welcome</html>");
            case HANGS_UP -> linkedin.answers(aResponse().withFault(Fault.EMPTY_RESPONSE));
            case IS_SILENT -> linkedin.answers(aResponse().withStatus(201).withFixedDelay(60_000));
            case IS_AWAY -> linkedin.close();
            // It takes nothing for later, and has not published how it tells limits.
            case TAKES, LIMITS_THE_ACCOUNT, REFUSES_THE_PERSON -> {
                return false;
            }
        }
        return true;
    }

    @Override
    protected Outcome.Reach reachOfBusyness() {
        return Outcome.Reach.LANE;
    }

    @Override
    protected boolean isAsked(TaskKind kind) {
        return kind != TaskKind.FOLLOW;
    }

    @Override
    protected int calls() {
        return linkedin.calls();
    }

    @Override
    protected Instant busyUntil() {
        return LinkedInStub.NOW.plusSeconds(90);
    }

    @Override
    protected Set<Receiver> beyond() {
        return Set.of(Receiver.TAKES, Receiver.LIMITS_THE_ACCOUNT, Receiver.REFUSES_THE_PERSON);
    }

    @Override
    protected Duration limit() {
        return LinkedInStub.LIMIT;
    }
}
