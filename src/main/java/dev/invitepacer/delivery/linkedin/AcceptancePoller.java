package dev.invitepacer.delivery.linkedin;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.web.Tick;

/**
 * Asks LinkedIn which invitations were accepted: each account in its turn, one process at a time, a bounded number of pages;
 * the next turn reads on where this one ended. After a failure the turn comes later, each time twice as late.
 */
@ApplicationScoped
public class AcceptancePoller {
    private static final Logger LOG = Logger.getLogger(AcceptancePoller.class);
    private static final String ACTOR = "linkedin";
    private static final int MOST_ACCOUNTS_A_ROUND = 1_000;
    private static final int MOST_PAGES_A_TURN = 10;
    private static final int PAGE = 100;
    private static final int FURTHEST = 10_000_000;
    private static final int MOST_DOUBLINGS = 6;

    private final AcceptancePolls polls;
    private final AcceptanceDoor door;
    private final LinkedInApi api;
    private final AccessTokens tokens;
    private final Inviters inviters;
    private final Duration period;
    private final Duration lease;

    private volatile boolean stopping;

    AcceptancePoller(
            AcceptancePolls polls,
            AcceptanceDoor door,
            LinkedInApi api,
            AccessTokens tokens,
            Inviters inviters,
            PacerConfig config) {
        this.polls = polls;
        this.door = door;
        this.api = api;
        this.tokens = tokens;
        this.inviters = inviters;
        this.period = config.linkedin().acceptances();
        this.lease =
                config.linkedin().timeout().multipliedBy(2 * MOST_PAGES_A_TURN).plusMinutes(2);
    }

    @Scheduled(every = "30s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @Tick("LinkedIn is not asked about acceptances")
    void scheduled() {
        round();
    }

    /** Every account whose turn has come; says how many invitations turned out to be accepted. */
    public int round() {
        polls.enrol();
        int count = 0;
        for (int i = 0; i < MOST_ACCOUNTS_A_ROUND && !stopping; i++) {
            Optional<AcceptancePolls.Poll> poll = polls.claim(lease);
            if (poll.isEmpty()) {
                break;
            }
            count += turn(poll.get());
        }
        return count;
    }

    void stop(@Observes @Priority(1) ShutdownEvent event) {
        stopping = true;
    }

    private int turn(AcceptancePolls.Poll poll) {
        int count = 0;
        int start = poll.start();
        try {
            AccessToken token = tokens.named(inviters.tokenOf(poll.account()));
            for (int i = 0; i < MOST_PAGES_A_TURN && !stopping; i++) {
                AcceptedPage page = page(poll.account(), token, start);
                List<Long> waiting = polls.waiting(poll.account(), page.accepted());
                count += waiting.isEmpty() ? 0 : door.accepted(poll.account(), waiting, ACTOR);
                start = page.next().orElse(0);
                if (start == 0 || start > FURTHEST) {
                    start = 0;
                    break;
                }
            }
            polls.end(poll, start, 0, period);
        } catch (AccessTokens.Unusable none) {
            inviters.pause(poll.account(), Inviters.reason(none.getMessage()));
            putOff(poll, none.getMessage());
        } catch (RuntimeException failure) {
            putOff(poll, failure.getMessage());
        }
        return count;
    }

    private AcceptedPage page(String account, AccessToken token, int start) {
        Reply reply = api.accepted(token, start, PAGE);
        if (reply instanceof Reply.NotAsked notAsked) {
            throw new IllegalStateException(notAsked.detail());
        }
        if (reply instanceof Reply.Unanswered unanswered) {
            throw new IllegalStateException(unanswered.detail());
        }
        Reply.Answered answer = (Reply.Answered) reply;
        if (Refusals.isOfToken(answer)) {
            inviters.pause(account, Inviters.reason(Refusals.detail(answer, token)));
        }
        if (answer.status() != 200 || !answer.isWhole()) {
            throw new IllegalStateException(Refusals.detail(answer, token));
        }
        return AcceptedPage.read(answer.body(), start, PAGE);
    }

    /** From the list's beginning: where it was read to may be what is wrong. */
    private void putOff(AcceptancePolls.Poll poll, String why) {
        Duration wait = period.multipliedBy(1L << Math.min(poll.failures(), MOST_DOUBLINGS));
        LOG.warnf("Account %s: LinkedIn was not heard on acceptances; next in %s. %s", poll.account(), wait, why);
        polls.end(poll, 0, Math.min(poll.failures() + 1, 1_000), wait);
    }
}
