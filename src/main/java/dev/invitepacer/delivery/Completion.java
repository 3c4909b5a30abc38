package dev.invitepacer.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.hibernate.Session;

import dev.invitepacer.account.Accounts;
import dev.invitepacer.account.Pace;
import dev.invitepacer.journal.Journal;
import dev.invitepacer.time.ServiceClock;

/** Writes down what came of a hand-over, under the account's lock, and only while the run is still its holder's. */
@ApplicationScoped
class Completion {
    static final String EVENT = "invitation.hand-over";

    /** Every outcome, as history and metrics name it. */
    static final List<String> WORDS = List.of("TAKEN", "DONE", "FAILED", "REFUSED", "IN_DOUBT");

    private static final int LONGEST_DETAIL = 1_000;

    private final Session entities;
    private final Accounts accounts;
    private final Tasks tasks;
    private final Aftermath aftermath;
    private final Journal journal;
    private final ServiceClock clock;

    Completion(
            Session entities,
            Accounts accounts,
            Tasks tasks,
            Aftermath aftermath,
            Journal journal,
            ServiceClock clock) {
        this.entities = entities;
        this.accounts = accounts;
        this.tasks = tasks;
        this.aftermath = aftermath;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * Ends a run with its outcome, and says when; empty where the run was no longer its holder's, and then nothing is changed.
     *
     * @param isRepeatable whether the channel may be asked again
     * @param took how long the call took
     */
    @Transactional
    Optional<Instant> complete(Run run, Outcome outcome, boolean isRepeatable, Duration took) {
        Optional<Pace> pace = accounts.tryLock(run.work().account());
        Task task = pace.isEmpty() ? null : entities.find(Task.class, run.task(), LockModeType.PESSIMISTIC_WRITE);
        if (task == null || !run.token().equals(task.run)) {
            return Optional.empty();
        }
        Instant now = clock.now();
        String actor = run.channel().name().toLowerCase(Locale.ROOT);
        task.endRun(detail(outcome));
        settle(pace.get(), task, outcome, isRepeatable, actor, now);
        tell(task, run, outcome, actor, took, now);
        return Optional.of(now);
    }

    private void settle(Pace pace, Task task, Outcome outcome, boolean isRepeatable, String actor, Instant now) {
        if (outcome instanceof Outcome.Taken) {
            task.stage = Stage.TAKEN;
            task.doubted = false;
        } else if (outcome instanceof Outcome.InDoubt) {
            task.doubted = true;
            retry(task, isRepeatable, null, now);
        } else if (outcome instanceof Outcome.Refused refused && refused.reach() == Outcome.Reach.TRY) {
            retry(task, true, refused.until(), now);
        } else if (outcome instanceof Outcome.Refused refused && refused.reach() == Outcome.Reach.LANE) {
            putOff(task, refused.until(), now);
        } else {
            if (outcome instanceof Outcome.Done done && done.reference() != null) {
                task.reference = cut(done.reference());
            }
            aftermath.apply(pace, task, outcome, actor, now);
            if (task.isOpen()) {
                open(pace, task, outcome, now);
            }
        }
    }

    /** What the outcome did not close: a refused withdrawal waits; anything else is for a person to look at. */
    private void open(Pace pace, Task task, Outcome outcome, Instant now) {
        if (outcome instanceof Outcome.Refused refused) {
            boolean isOfAccount = refused.until() == null && refused.reach() == Outcome.Reach.ACCOUNT;
            putOff(task, isOfAccount ? pace.restrictedUntil() : refused.until(), now);
        } else {
            task.doubted = outcome instanceof Outcome.Done;
            task.stage = task.doubted ? Stage.IN_DOUBT : Stage.FAILED;
        }
    }

    private void retry(Task task, boolean isTriedAgain, Instant notBefore, Instant now) {
        Optional<Instant> next =
                isTriedAgain ? RetrySchedule.after(task.tries, now, notBefore, chance()) : Optional.empty();
        awaits(task, next.orElse(null));
    }

    /** A limit is not the task's doing: until it ends nothing is tried, and where that is known the try does not count. */
    private void putOff(Task task, Instant until, Instant now) {
        Instant next = RetrySchedule.putOff(task.tries, now, until, chance());
        if (until != null) {
            task.tries--;
        }
        awaits(task, next);
    }

    /** How much of the jitter a wait gets, in [0, 1). */
    double chance() {
        return ThreadLocalRandom.current().nextDouble();
    }

    private void awaits(Task task, Instant next) {
        task.nextTryAt = next;
        if (task.doubted) {
            task.stage = Stage.IN_DOUBT;
            return;
        }
        task.stage = next == null ? Stage.FAILED : Stage.WAITING;
        followTheChannel(task);
    }

    /** The account may have changed its channel while the task was being handed over. */
    private void followTheChannel(Task task) {
        task.lane = tasks.laneOf(task.account);
        if (task.lane == null) {
            task.stage = null;
            task.nextTryAt = null;
        }
    }

    private void tell(Task task, Run run, Outcome outcome, String actor, Duration took, Instant now) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("task", task.id);
        detail.put("kind", task.kind);
        detail.put("lane", run.lane());
        detail.put("try", run.work().tries());
        detail.put("outcome", word(outcome));
        if (outcome instanceof Outcome.Refused refused && refused.refusal() != null) {
            detail.put("refusal", refused.refusal());
        }
        if (task.deliveryDetail != null) {
            detail.put("detail", task.deliveryDetail);
        }
        if (task.reference != null) {
            detail.put("reference", task.reference);
        }
        if (task.nextTryAt != null) {
            detail.put("nextTryAt", task.nextTryAt.toString());
        }
        if (task.stage == Stage.FAILED) {
            detail.put("stage", task.stage);
        }
        detail.put("millis", took.toMillis());
        journal.tell(task.account, task.invitation, now, EVENT, actor, detail);
    }

    /** The outcome as history and metrics name it. */
    static String word(Outcome outcome) {
        if (outcome instanceof Outcome.Taken) {
            return "TAKEN";
        }
        if (outcome instanceof Outcome.Done) {
            return "DONE";
        }
        if (outcome instanceof Outcome.Failed) {
            return "FAILED";
        }
        return outcome instanceof Outcome.Refused ? "REFUSED" : "IN_DOUBT";
    }

    private static String detail(Outcome outcome) {
        String detail = null;
        if (outcome instanceof Outcome.Taken taken) {
            detail = taken.detail();
        } else if (outcome instanceof Outcome.Refused refused) {
            detail = refused.detail();
        } else if (outcome instanceof Outcome.Failed failed) {
            detail = failed.detail();
        } else if (outcome instanceof Outcome.InDoubt doubt) {
            detail = doubt.detail();
        }
        return detail == null ? null : cut(detail);
    }

    /** The database takes no NUL. */
    private static String cut(String text) {
        String clean = text.replace('\0', ' ');
        return clean.length() <= LONGEST_DETAIL ? clean : clean.substring(0, LONGEST_DETAIL);
    }
}
