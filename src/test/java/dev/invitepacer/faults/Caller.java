package dev.invitepacer.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.invitepacer.faults.Door.Answer;

/**
 * Sender, recipients and integrator of some accounts in one: does tasks, says what came of them and what was answered,
 * enqueues further drafts, lowers and raises caps. A request that nobody answers it sends again until somebody does.
 */
final class Caller implements Callable<Void> {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** Nobody answered for so long that it was given up. */
    private static final int UNKNOWN = 0;

    private final Asker door;
    private final Memory memory;
    private final Random random;
    private final List<String> accounts;
    private final Deque<JsonNode> sent = new ArrayDeque<>();
    private final String name;
    private int said;
    private volatile int mostDrafts;
    private int drafted;
    private volatile boolean isToStop;

    Caller(Door door, Memory memory, long seed, String name, List<String> accounts) {
        this(door, memory, seed, name, accounts, Integer.MAX_VALUE);
    }

    /** @param mostDrafts how many drafts it enqueues in all */
    Caller(Asker door, Memory memory, long seed, String name, List<String> accounts, int mostDrafts) {
        this.door = door;
        this.memory = memory;
        this.random = new Random(seed);
        this.name = name;
        this.accounts = accounts;
        this.mostDrafts = mostDrafts;
    }

    void stop() {
        isToStop = true;
    }

    /** Goes on with everything else. */
    void enqueueNoMore() {
        mostDrafts = 0;
    }

    @Override
    public Void call() throws InterruptedException {
        while (!isToStop) {
            String account = accounts.get(random.nextInt(accounts.size()));
            if (drafted < mostDrafts) {
                enqueue(account);
            }
            JsonNode tasks = expect(
                            door.insist("GET", "/api/v1/tasks?limit=20&account=" + account, null), "list tasks", 200)
                    .body();
            for (JsonNode task : tasks.path("items")) {
                if (!isToStop) {
                    work(task);
                }
            }
            answer();
            if (random.nextInt(20) == 0) {
                changeCap(account);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return null;
    }

    private void enqueue(String account) throws InterruptedException {
        String profile = name + "-" + ++drafted;
        Answer answer = expect(
                door.insist(
                        "POST", "/api/v1/accounts/" + account + "/invitations", "{\"profile\":\"" + profile + "\"}"),
                "enqueue",
                201,
                409);
        if (answer.status() == UNKNOWN) {
            return;
        }
        // The answer to an earlier attempt may have been lost; then the draft is there, and the second is refused.
        memory.enqueued(account, profile);
        if (answer.status() == 409
                && !answer.body().path("code").asText().matches("already-(queued|pending|connected)")) {
            memory.strange("enqueue: " + answer.body());
        }
    }

    private void work(JsonNode task) throws InterruptedException {
        if (random.nextInt(20) == 0) {
            return;
        }
        Answer claim = expect(
                door.insist("POST", "/api/v1/tasks/" + task.path("id").asLong() + "/claim", null), "claim", 200, 409);
        if (claim.status() != 200) {
            return;
        }
        String lease = claim.body().path("lease").asText();
        if (task.path("kind").asText().equals("WITHDRAW")) {
            report(task, lease, random.nextInt(4) == 0 ? "NOT_WITHDRAWN" : "WITHDRAWN", "");
            return;
        }
        int draw = random.nextInt(20);
        if (draw < 11) {
            if (report(task, lease, "SENT", "")) {
                sent.add(task);
            }
        } else if (draw < 13) {
            report(task, lease, "ACCEPTED", "");
        } else if (draw < 15) {
            report(task, lease, "FAILED", "");
        } else if (draw < 19) {
            report(task, lease, "REFUSED", refusal("COOLDOWN", task, Duration.ofHours(6)));
        } else {
            report(task, lease, "REFUSED", refusal("WEEKLY_LIMIT", task, Duration.ofHours(2)));
        }
    }

    private static String refusal(String refusal, JsonNode task, Duration until) {
        return ",\"refusal\":\"" + refusal + "\",\"until\":\""
                + Instant.parse(task.path("openedAt").asText()).plus(until) + "\"";
    }

    /** Says what came of a task, now and then twice; whether that was heard. */
    private boolean report(JsonNode task, String lease, String type, String more) throws InterruptedException {
        String words = name + " says " + ++said;
        String body =
                "{\"type\":\"" + type + "\",\"lease\":\"" + lease + "\",\"detail\":\"" + words + "\"" + more + "}";
        String path = "/api/v1/tasks/" + task.path("id").asLong() + "/report";
        Answer answer = expect(door.insist("POST", path, body), "report " + type, 200, 409);
        if (random.nextInt(8) == 0) {
            answer = expect(door.insist("POST", path, body), "report " + type + " twice", 200, 409);
        }
        if (answer.status() != 200) {
            return false;
        }
        int attempt =
                task.path("kind").asText().equals("SEND") ? task.path("attempt").asInt() : 0;
        remember(task, attempt, type, words, answer.body());
        return true;
    }

    /** Somebody to whom an invitation was sent answers it. */
    private void answer() throws InterruptedException {
        if (sent.size() < 10) {
            return;
        }
        JsonNode task = sent.remove();
        String type = random.nextInt(3) == 0 ? "DECLINED" : "ACCEPTED";
        String words = name + " says " + ++said;
        Answer answer = expect(
                door.insist(
                        "POST",
                        "/api/v1/accounts/" + task.path("account").asText() + "/reports",
                        "{\"type\":\"" + type + "\",\"detail\":\"" + words + "\",\"invitation\":"
                                + task.path("invitation").asLong() + "}"),
                "answer " + type,
                200);
        if (answer.status() != UNKNOWN) {
            remember(task, 0, type, words, answer.body().path("results").path(0));
        }
    }

    private void remember(JsonNode task, int attempt, String type, String words, JsonNode result) {
        memory.reported(new Memory.Reported(
                task.path("account").asText(),
                task.path("invitation").asLong(),
                attempt,
                type,
                words,
                result.path("result").asText()));
    }

    private void changeCap(String account) throws InterruptedException {
        expect(
                door.insist(
                        "PATCH",
                        "/api/v1/accounts/" + account,
                        "application/merge-patch+json",
                        "{\"weeklyCap\":" + (10 + random.nextInt(90)) + "}"),
                "change the cap",
                200);
    }

    private Answer expect(Answer answer, String what, Integer... statuses) {
        if (answer.status() != UNKNOWN && !List.of(statuses).contains(answer.status())) {
            memory.strange(what + " was answered with " + answer.status() + ": " + answer.body());
        }
        return answer;
    }
}
