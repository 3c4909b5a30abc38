package dev.invitepacer.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.invitepacer.faults.Door.Answer;

/**
 * A program that keeps the queues of some accounts filled, by single drafts and short lists, thinks better of some drafts,
 * tells what was sent by hand, and looks at what has become of others. Nobody else edits or cancels what it enqueued.
 */
final class Integrator implements Callable<Void> {
    private static final long PAUSE_MILLIS = 60;
    private static final int MOST_REMEMBERED = 300;

    /** An account and how many drafts are to wait in it. */
    record Fed(String account, int queue, int list) {}

    private record Draft(String account, long id) {}

    private final Asker service;
    private final Random random;
    private final String name;
    private final List<Fed> accounts;
    private final Deque<Draft> own = new ArrayDeque<>();
    private int drafted;
    private int edits;
    private volatile boolean isToStop;

    Integrator(Asker service, long seed, String name, List<Fed> accounts) {
        this.service = service;
        this.random = new Random(seed);
        this.name = name;
        this.accounts = accounts;
    }

    void stop() {
        isToStop = true;
    }

    @Override
    public Void call() throws InterruptedException {
        while (!isToStop) {
            int draw = random.nextInt(20);
            if (draw < 10) {
                feed(accounts.get(random.nextInt(accounts.size())));
            } else if (draw < 13) {
                edit();
            } else if (draw < 14) {
                cancel();
            } else if (draw < 19) {
                read();
            } else if (random.nextInt(6) == 0) {
                tellOfOneSentByHand();
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        return null;
    }

    private void feed(Fed fed) throws InterruptedException {
        String path = "/api/v1/accounts/" + fed.account();
        JsonNode summary = service.insist("GET", path, null).body().path("summary");
        if (!summary.has("queued") || summary.path("queued").asInt() >= fed.queue()) {
            return;
        }
        if (random.nextInt(3) > 0) {
            Answer answer = service.insist("POST", path + "/invitations", "{\"profile\":\"" + nextProfile() + "\"}");
            if (answer.status() == 201) {
                remember(new Draft(fed.account(), answer.body().path("id").asLong()));
            }
        } else {
            String list = IntStream.rangeClosed(1, 1 + random.nextInt(fed.list()))
                    .mapToObj(row -> nextProfile())
                    .collect(Collectors.joining("\n", "profile\n", "\n"));
            service.insist("POST", path + "/imports", "text/csv", list);
        }
    }

    private String nextProfile() {
        return name + "-" + ++drafted;
    }

    private void remember(Draft draft) {
        own.addLast(draft);
        if (own.size() > MOST_REMEMBERED) {
            own.removeFirst();
        }
    }

    private void edit() throws InterruptedException {
        if (!own.isEmpty()) {
            Draft draft = own.peekLast();
            service.insist(
                    "PATCH",
                    path(draft),
                    "application/merge-patch+json",
                    "{\"note\":\"Thought over by " + name + ", time " + ++edits + "\",\"priority\":" + random.nextInt(3)
                            + "}");
        }
    }

    /** Who is cancelled is neither edited nor looked at any more by chance alone: the others are as likely. */
    private void cancel() throws InterruptedException {
        if (own.size() > 1) {
            service.insist("DELETE", path(own.removeLast()), null);
        }
    }

    private void read() throws InterruptedException {
        if (!own.isEmpty()) {
            service.insist("GET", path(new ArrayList<>(own).get(random.nextInt(own.size()))), null);
        }
    }

    private void tellOfOneSentByHand() throws InterruptedException {
        String account = accounts.get(random.nextInt(accounts.size())).account();
        service.insist(
                "POST",
                "/api/v1/accounts/" + account + "/reports",
                "{\"type\":\"SENT_BY_HAND\",\"profile\":\"" + nextProfile() + "\"}");
    }

    private static String path(Draft draft) {
        return "/api/v1/accounts/" + draft.account() + "/invitations/" + draft.id();
    }
}
