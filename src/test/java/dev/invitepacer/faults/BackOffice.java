package dev.invitepacer.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import dev.invitepacer.faults.Door.Answer;

/**
 * Those behind the receiver of webhooks: they report what it took and has sent meanwhile, and what the invited answered; and
 * they have handed over again what failed for too long.
 */
final class BackOffice implements Callable<Void> {
    private static final long PAUSE_MILLIS = 250;

    private final Asker service;
    private final Witness receiver;
    private final Memory memory;
    private final Random random;
    private final List<String> accounts;
    private int said;
    private volatile boolean isToStop;

    BackOffice(Asker service, Witness receiver, Memory memory, long seed, List<String> accounts) {
        this.service = service;
        this.receiver = receiver;
        this.memory = memory;
        this.random = new Random(seed);
        this.accounts = accounts;
    }

    void stop() {
        isToStop = true;
    }

    @Override
    public Void call() throws InterruptedException {
        while (!isToStop || !receiver.taken().isEmpty()) {
            for (Witness.Taken one = receiver.taken().poll();
                    one != null;
                    one = receiver.taken().poll()) {
                String words = nextWords();
                Answer answer = service.insist(
                        "POST",
                        "/api/v1/tasks/" + one.task() + "/report",
                        "{\"type\":\"SENT\",\"detail\":\"" + words + "\"}");
                remember(one.account(), one.invitation(), one.attempt(), "SENT", words, answer);
            }
            answer(accounts.get(random.nextInt(accounts.size())));
            deliverWhatFailed();
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        return null;
    }

    private void answer(String account) throws InterruptedException {
        JsonNode pending = service.insist(
                        "GET", "/api/v1/accounts/" + account + "/invitations?state=PENDING&limit=20", null)
                .body()
                .path("items");
        if (random.nextInt(3) == 0 && !pending.isEmpty()) {
            long invitation =
                    pending.path(random.nextInt(pending.size())).path("id").asLong();
            String type = random.nextInt(3) == 0 ? "DECLINED" : "ACCEPTED";
            String words = nextWords();
            Answer answer = service.insist(
                    "POST",
                    "/api/v1/accounts/" + account + "/reports",
                    "{\"type\":\"" + type + "\",\"detail\":\"" + words + "\",\"invitation\":" + invitation + "}");
            remember(
                    account,
                    invitation,
                    0,
                    type,
                    words,
                    new Answer(
                            answer.status(), null, answer.body().path("results").path(0)));
        }
    }

    private void deliverWhatFailed() throws InterruptedException {
        JsonNode failed = service.insist("GET", "/api/v1/tasks?stage=FAILED&limit=20", null)
                .body()
                .path("items");
        for (JsonNode task : failed) {
            service.insist("POST", "/api/v1/tasks/" + task.path("id").asLong() + "/deliver", null);
        }
    }

    private String nextWords() {
        return "the back office says " + ++said;
    }

    private void remember(String account, long invitation, int attempt, String type, String words, Answer answer) {
        if (answer.status() == 200) {
            memory.reported(new Memory.Reported(
                    account,
                    invitation,
                    attempt,
                    type,
                    words,
                    answer.body().path("result").asText()));
        }
    }
}
