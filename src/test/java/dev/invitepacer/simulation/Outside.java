package dev.invitepacer.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

import dev.invitepacer.account.Channel;
import dev.invitepacer.delivery.OpenDelivery;
import dev.invitepacer.delivery.Outcome;
import dev.invitepacer.delivery.Task;
import dev.invitepacer.delivery.TaskKind;
import dev.invitepacer.report.Refusal;
import dev.invitepacer.report.Report;
import dev.invitepacer.report.ReportType;

/** LinkedIn, the senders and the people who do tasks and answer invitations: what really happened is known here. */
final class Outside {
    private static final long SECOND = 1_000_000L;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    /** What a sender answers, and when; no outcome where the answer is lost. */
    record Answer(long after, Outcome outcome) {}

    private final World world;
    private final SplittableRandom random;
    private final Map<Long, Integer> sent = new HashMap<>();
    /** A person sent these and the service has not heard of it yet; with the lanes that their tasks had then. */
    private final Map<Long, Optional<String>> untold = new HashMap<>();
    /** A sender sent these and says that it did not, or they were untold when a lane was rightly asked: nobody can know. */
    private final Set<Long> unknowable = new HashSet<>();

    private final Set<Long> withdrawn = new HashSet<>();
    /** What a receiver that knows a task by its id has done already. */
    private final Set<Long> doneTasks = new HashSet<>();

    private final Map<String, Long> awayUntil = new HashMap<>();

    Outside(World world, SplittableRandom random) {
        this.world = world;
        this.random = random;
    }

    Map<Long, Integer> sent() {
        return sent;
    }

    Set<Long> unknowable() {
        return unknowable;
    }

    /** The service has heard what a person says of it. */
    void told(long invitation) {
        untold.remove(invitation);
    }

    boolean isSent(long invitation) {
        return sent.containsKey(invitation);
    }

    /** A sender is called. What it does is done even where nobody hears of it. */
    Answer call(Rows rows, OpenDelivery.Call call, long now, boolean isFaulty) {
        long latency = 50_000 + random.nextLong(2 * SECOND);
        if (!isFaulty) {
            return new Answer(latency, act(rows, call));
        }
        if (random.nextInt(40) == 0) {
            latency += random.nextLong(5 * MINUTE);
            world.met(Fault.SENDER_SLOW);
        }
        if (random.nextInt(300) == 0) {
            awayUntil.put(call.lane(), now + random.nextLong(10 * HOUR));
        }
        if (awayUntil.getOrDefault(call.lane(), 0L) > now) {
            world.met(Fault.SENDER_AWAY);
            Outcome.Reach reach = random.nextBoolean() ? Outcome.Reach.TRY : Outcome.Reach.LANE;
            return new Answer(latency, new Outcome.Refused(reach, null, null, "away"));
        }
        if (doneTasks.contains(call.work().task())
                || isDone(call.work().kind(), call.work().invitation())) {
            // Whoever has done it knows.
            return new Answer(latency, act(rows, call));
        }
        int what = random.nextInt(100);
        if (what < 4) {
            act(rows, call);
            world.met(Fault.ANSWER_LOST);
            return new Answer(latency + 30 * SECOND, new Outcome.InDoubt("no answer"));
        }
        if (what < 6) {
            return new Answer(latency, new Outcome.InDoubt("no answer"));
        }
        if (what < 12) {
            return new Answer(latency, refused());
        }
        if (what < 14) {
            return new Answer(latency, new Outcome.Failed("no such person"));
        }
        if (what < 16) {
            return new Answer(latency, lie(rows, call));
        }
        if (what < 30) {
            world.later(random.nextLong(DAY), () -> byHand(rows, call.work().task(), false));
            return new Answer(latency, new Outcome.Taken());
        }
        return new Answer(latency, act(rows, call));
    }

    private Outcome act(Rows rows, OpenDelivery.Call call) {
        // A receiver of webhooks acts on a task once; LinkedIn's API acts whenever it is asked.
        boolean isNew =
                call.channel() != Channel.WEBHOOK || doneTasks.add(call.work().task());
        if (isNew) {
            happens(rows, call.work().kind(), call.work().invitation());
            if (call.work().kind() == TaskKind.SEND && isRightToAsk(call)) {
                unknowable.add(call.work().invitation());
            }
        }
        return new Outcome.Done(null, null);
    }

    /** A person has sent it unheard, and the lane is another than then, or one that may be asked again and again. */
    private boolean isRightToAsk(OpenDelivery.Call call) {
        Optional<String> then = untold.get(call.work().invitation());
        return then != null && (Dispatch.isRepeatable(call.lane()) || !then.equals(Optional.of(call.lane())));
    }

    private boolean isDone(TaskKind kind, long invitation) {
        return kind == TaskKind.SEND ? isSent(invitation) : withdrawn.contains(invitation);
    }

    private void happens(Rows rows, TaskKind kind, long invitation) {
        if (kind == TaskKind.SEND) {
            sent.merge(invitation, 1, Integer::sum);
            answer(rows, invitation);
        } else if (kind == TaskKind.WITHDRAW) {
            withdrawn.add(invitation);
        }
    }

    private Outcome refused() {
        int kind = random.nextInt(20);
        if (kind < 8) {
            return new Outcome.Refused(Outcome.Reach.TRY, null, null, "busy");
        }
        if (kind < 10) {
            Instant until = random.nextBoolean() ? null : world.serviceTime().plus(Duration.ofMinutes(30));
            return new Outcome.Refused(Outcome.Reach.LANE, null, until, "too many");
        }
        if (kind < 12) {
            world.met(Fault.SENDER_LIMITED);
            Refusal refusal = random.nextBoolean() ? Refusal.WEEKLY_LIMIT : Refusal.RESTRICTED;
            Instant until =
                    random.nextInt(3) == 0 ? null : world.serviceTime().plus(Duration.ofHours(1 + random.nextInt(72)));
            return new Outcome.Refused(Outcome.Reach.ACCOUNT, refusal.name(), until, "limit");
        }
        Refusal[] personal = {Refusal.COOLDOWN, Refusal.ALREADY_CONNECTED, Refusal.ALREADY_INVITED};
        Refusal refusal = personal[random.nextInt(personal.length)];
        Instant until = refusal == Refusal.COOLDOWN
                ? world.serviceTime().plus(Duration.ofHours(1 + random.nextInt(300)))
                : null;
        return new Outcome.Refused(Outcome.Reach.PERSON, refusal.name(), until, refusal.name());
    }

    private Outcome lie(Rows rows, OpenDelivery.Call call) {
        world.met(Fault.SENDER_LIED);
        if (random.nextBoolean()) {
            // Says that it did what it did not.
            return new Outcome.Done(null, null);
        }
        if (call.work().kind() == TaskKind.SEND) {
            unknowable.add(call.work().invitation());
        }
        act(rows, call);
        return random.nextBoolean()
                ? new Outcome.Failed("did it, and says that it did not")
                : new Outcome.Refused(
                        Outcome.Reach.PERSON,
                        Refusal.COOLDOWN.name(),
                        world.serviceTime().plus(Duration.ofHours(5)),
                        "did it, and says that it did not");
    }

    /** A person looks at a task, does it if it is still to be done, and reports. */
    void byHand(Rows rows, long id, boolean isChecking) {
        Task task = rows.open.get(id);
        if (task == null) {
            return;
        }
        boolean isFaulty = world.isFaulty();
        boolean isDone = isDone(task.kind, task.invitation);
        if (isFaulty && !isChecking && !isDone && random.nextInt(12) == 0) {
            Report report = random.nextInt(8) == 0 ? limited() : personal();
            world.report(rows, report, task.kind == TaskKind.SEND ? id : null);
            if (task.kind != TaskKind.SEND) {
                world.later(DAY, () -> byHand(rows, id, isChecking));
            }
            return;
        }
        if (!isDone) {
            if (isFaulty && random.nextInt(25) == 0) {
                ReportType failed = task.kind == TaskKind.SEND ? ReportType.FAILED : ReportType.NOT_WITHDRAWN;
                world.report(rows, of(failed, null, null, null), id);
                return;
            }
            happens(rows, task.kind, task.invitation);
            if (task.kind == TaskKind.SEND) {
                untold.put(task.invitation, Optional.ofNullable(task.lane));
            }
        }
        Instant at = null;
        if (isFaulty && random.nextInt(10) == 0) {
            at = world.serviceTime().plusSeconds(random.nextInt(500) - 300);
            world.met(Fault.REPORT_SKEWED);
        }
        Report done = of(task.kind == TaskKind.SEND ? ReportType.SENT : ReportType.WITHDRAWN, at, null, null);
        if (isFaulty && random.nextInt(15) == 0) {
            world.met(Fault.REPORT_LATE);
            world.later(DAY + random.nextLong(3 * DAY), () -> world.report(rows, done, id));
        } else {
            world.report(rows, done, id);
        }
        if (isFaulty && random.nextInt(10) == 0) {
            world.met(Fault.REPORT_TWICE);
            world.later(random.nextLong(2 * DAY), () -> world.report(rows, done, id));
        }
    }

    private Report limited() {
        world.met(Fault.SENDER_LIMITED);
        Refusal refusal = random.nextBoolean() ? Refusal.WEEKLY_LIMIT : Refusal.RESTRICTED;
        Instant until = world.serviceTime().plus(Duration.ofHours(1 + random.nextInt(100)));
        return of(ReportType.REFUSED, null, refusal, until);
    }

    private Report personal() {
        Refusal refusal = random.nextBoolean() ? Refusal.COOLDOWN : Refusal.ALREADY_CONNECTED;
        Instant until = refusal == Refusal.COOLDOWN
                ? world.serviceTime().plus(Duration.ofHours(1 + random.nextInt(300)))
                : null;
        return of(ReportType.REFUSED, null, refusal, until);
    }

    /** The invited person answers, or does not. */
    void answer(Rows rows, long invitation) {
        int what = random.nextInt(100);
        long after = random.nextLong(12 * DAY);
        if (what < 40) {
            world.later(after, () -> world.report(rows, ofInvitation(ReportType.ACCEPTED, invitation), null));
        } else if (what < 48) {
            world.later(after, () -> world.report(rows, ofInvitation(ReportType.DECLINED, invitation), null));
        } else if (what < 50) {
            // Both, in the wrong order, and one of them twice.
            world.later(after, () -> world.report(rows, ofInvitation(ReportType.DECLINED, invitation), null));
            world.later(after + HOUR, () -> world.report(rows, ofInvitation(ReportType.ACCEPTED, invitation), null));
            world.later(after + DAY, () -> world.report(rows, ofInvitation(ReportType.ACCEPTED, invitation), null));
        }
    }

    static Report of(ReportType type, Instant at, Refusal refusal, Instant until) {
        return new Report(type, null, null, null, at, refusal, until, null, null);
    }

    static Report ofInvitation(ReportType type, long invitation) {
        return new Report(type, invitation, null, null, null, null, null, null, null);
    }
}
