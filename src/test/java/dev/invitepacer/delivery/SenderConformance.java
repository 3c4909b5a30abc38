package dev.invitepacer.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.invitepacer.operations.embedded.Service;

/** What every channel keeps to. A channel's test extends it, arranges its receiver, and tells what that has seen. */
public abstract class SenderConformance {
    private static final int MANY = 16;

    /** How a receiver behaves; a channel has those that its receiver can have. */
    public enum Receiver {
        /** It takes the work, and will report. */
        TAKES,
        /** It does the work at once and says so. */
        DOES,
        /** It has no time before {@link #busyUntil()}. */
        IS_BUSY,
        /** It says that LinkedIn limits the account. */
        LIMITS_THE_ACCOUNT,
        /** It says that this person cannot be invited for now. */
        REFUSES_THE_PERSON,
        /** It says that this will never do. */
        REJECTS,
        /** It answers that it is broken. */
        IS_BROKEN,
        /** It answers something that nobody understands, as if all were well. */
        TALKS_NONSENSE,
        /** It reads the work and closes the connection without an answer. */
        HANGS_UP,
        /** It reads the work and never answers. */
        IS_SILENT,
        /** Nobody is there. */
        IS_AWAY
    }

    protected abstract Sender sender();

    /** Makes the receiver behave so from now on; false where this channel's receiver cannot. */
    protected abstract boolean arrange(Receiver behaviour);

    /** What this channel's receiver cannot do; everything else is put to the test. */
    protected Set<Receiver> beyond() {
        return Set.of();
    }

    private boolean isBeyond(Receiver behaviour) {
        boolean isArranged = arrange(behaviour);
        assertThat(isArranged)
                .as("%s, or it is beyond this receiver", behaviour)
                .isNotEqualTo(beyond().contains(behaviour));
        return !isArranged;
    }

    /** The channel's own time limit for one hand-over. */
    protected abstract Duration limit();

    /** Under which ids the receiver was asked, in order; none where the channel has no receiver that could tell. */
    protected List<String> idsSeen() {
        return List.of();
    }

    /** Until when a receiver that {@link Receiver#IS_BUSY} has no time; null where it does not say. */
    protected Instant busyUntil() {
        return null;
    }

    /** The lane of the work: the channel and, after a colon, the endpoint. */
    protected String lane() {
        return sender().channel().name();
    }

    /** Work that the channel can do as it is. */
    protected HandOver work(TaskKind kind, long task, int tries) {
        return new HandOver(
                task,
                kind,
                "anna",
                7,
                1,
                tries,
                "grace-hopper",
                "https://www.linkedin.com/in/grace-hopper",
                "Grace",
                "Hopper",
                "Rear admiral",
                "US Navy",
                kind == TaskKind.SEND ? "Dear Grace, your talk on nanoseconds has stayed with me." : null,
                "urn:li:person:abc123",
                "grace@example.org",
                "compilers",
                kind == TaskKind.WITHDRAW ? "STALE" : null,
                kind == TaskKind.WITHDRAW ? "invitation-1" : null,
                Instant.parse("2026-11-23T09:00:00Z"),
                lane());
    }

    /** How far it reaches that the receiver has no time. */
    protected Outcome.Reach reachOfBusyness() {
        return Outcome.Reach.TRY;
    }

    /** Whether the receiver is asked for tasks of this kind; else people do them. */
    protected boolean isAsked(TaskKind kind) {
        return true;
    }

    /** How often the receiver was asked, by hand-overs and by whatever stands between. */
    protected abstract int calls();

    private Outcome handOver(TaskKind kind) {
        return sender().handOver(work(kind, 1, 1));
    }

    private Outcome send() {
        return handOver(TaskKind.SEND);
    }

    @Test
    void itAlwaysNamesTheSameChannel() {
        assertThat(sender().channel()).isNotNull().isSameAs(sender().channel());
    }

    @ParameterizedTest
    @EnumSource(TaskKind.class)
    void everyKindOfTaskHasAnOutcome(TaskKind kind) {
        assertThat(arrange(Receiver.TAKES) || arrange(Receiver.DOES)).isTrue();

        assertThat(sender().handOver(work(kind, 1, 1))).isInstanceOfAny(Outcome.Taken.class, Outcome.Done.class);
    }

    @Test
    void whatIsTakenIsTaken() {
        if (isBeyond(Receiver.TAKES)) {
            return;
        }

        assertThat(send()).isInstanceOf(Outcome.Taken.class);
    }

    @Test
    void whatIsDoneIsDone() {
        if (isBeyond(Receiver.DOES)) {
            return;
        }

        assertThat(send()).isInstanceOf(Outcome.Done.class);
    }

    @ParameterizedTest
    @EnumSource(TaskKind.class)
    void aBusyReceiverIsAskedAgainWhenItHasTime(TaskKind kind) {
        if (isBeyond(Receiver.IS_BUSY) || !isAsked(kind)) {
            return;
        }

        Instant earliest = busyUntil();
        Outcome outcome = handOver(kind);
        Instant latest = busyUntil();

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.reach()).isEqualTo(reachOfBusyness());
            if (earliest != null) {
                assertThat(refused.until()).isBetween(earliest, latest);
            }
        });
    }

    @Test
    void aLimitOfTheAccountReachesTheAccount() {
        if (isBeyond(Receiver.LIMITS_THE_ACCOUNT)) {
            return;
        }

        assertThat(send()).isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reach())
                .isEqualTo(Outcome.Reach.ACCOUNT));
    }

    @Test
    void aRefusedPersonIsNobodyElsesMatter() {
        if (isBeyond(Receiver.REFUSES_THE_PERSON)) {
            return;
        }

        assertThat(send()).isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reach())
                .isEqualTo(Outcome.Reach.PERSON));
    }

    @ParameterizedTest
    @EnumSource(TaskKind.class)
    void whatIsRejectedIsNeverTakenForDone(TaskKind kind) {
        if (isBeyond(Receiver.REJECTS) || !isAsked(kind)) {
            return;
        }

        assertThat(handOver(kind)).isInstanceOfAny(Outcome.Failed.class, Outcome.Refused.class);
    }

    @ParameterizedTest
    @EnumSource(TaskKind.class)
    void aBrokenReceiverIsARefusalForNow(TaskKind kind) {
        if (isBeyond(Receiver.IS_BROKEN) || !isAsked(kind)) {
            return;
        }

        assertThat(handOver(kind)).isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reach())
                .isEqualTo(Outcome.Reach.TRY));
    }

    @ParameterizedTest
    @EnumSource(TaskKind.class)
    void nonsenseIsNoRefusal(TaskKind kind) {
        if (isBeyond(Receiver.TALKS_NONSENSE) || !isAsked(kind)) {
            return;
        }

        assertThat(handOver(kind)).isInstanceOfAny(Outcome.Taken.class, Outcome.Done.class, Outcome.InDoubt.class);
    }

    @ParameterizedTest
    @EnumSource(TaskKind.class)
    void whoeverHangsUpLeavesADoubt(TaskKind kind) {
        if (isBeyond(Receiver.HANGS_UP) || !isAsked(kind)) {
            return;
        }

        assertThat(handOver(kind)).isInstanceOf(Outcome.InDoubt.class);
    }

    @ParameterizedTest
    @EnumSource(TaskKind.class)
    void silenceIsADoubtAndEndsWithTheLimit(TaskKind kind) {
        if (isBeyond(Receiver.IS_SILENT) || !isAsked(kind)) {
            return;
        }

        long began = System.nanoTime();
        Outcome outcome = handOver(kind);

        assertThat(outcome).isInstanceOf(Outcome.InDoubt.class);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(limit().plus(Duration.ofSeconds(3)));
    }

    @ParameterizedTest
    @EnumSource(TaskKind.class)
    void whereNobodyIsNothingHasHappened(TaskKind kind) {
        if (isBeyond(Receiver.IS_AWAY) || !isAsked(kind)) {
            return;
        }

        assertThat(handOver(kind)).isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.reach())
                .isEqualTo(Outcome.Reach.TRY));
    }

    /** Nothing between tries a second time by itself: the dispatch loop knows whether that may be. */
    @ParameterizedTest
    @EnumSource(Receiver.class)
    void oneHandOverAsksOnceAndSaysWhatCameOfIt(Receiver behaviour) {
        if (isBeyond(behaviour)) {
            return;
        }

        Outcome outcome = send();

        assertThat(calls()).isLessThanOrEqualTo(1);
        assertThat(detail(outcome)).isPresent().get().asString().isNotBlank();
    }

    /** What a person reads; those that say all by themselves need none. */
    private static Optional<String> detail(Outcome outcome) {
        if (outcome instanceof Outcome.Refused refused) {
            return Optional.of(refused.detail());
        }
        if (outcome instanceof Outcome.Failed failed) {
            return Optional.of(failed.detail());
        }
        return Optional.of(outcome instanceof Outcome.InDoubt doubt ? doubt.detail() : "taken or done");
    }

    @Test
    void aStopInTheMidstOfACallLeavesADoubt() throws Exception {
        if (isBeyond(Receiver.IS_SILENT)) {
            return;
        }
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        Thread caller = new Thread(() -> outcome.complete(send()));
        caller.start();
        Service.await(() -> calls() == 1);

        caller.interrupt();

        assertThat(outcome.get(30, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(Outcome.InDoubt.class, doubt -> assertThat(doubt.detail())
                        .contains("stopped"));
    }

    @Test
    void anotherTryHasTheSameIdAndAnotherTaskAnother() {
        if (!sender().mayBeAskedAgain()) {
            return;
        }
        assertThat(arrange(Receiver.TAKES) || arrange(Receiver.DOES)).isTrue();

        sender().handOver(work(TaskKind.SEND, 1, 1));
        sender().handOver(work(TaskKind.SEND, 1, 2));
        sender().handOver(work(TaskKind.SEND, 2, 1));

        List<String> seen = idsSeen();
        assertThat(seen).hasSize(3);
        assertThat(seen.get(1)).isEqualTo(seen.get(0));
        assertThat(seen.get(2)).isNotEqualTo(seen.get(0));
    }

    @Test
    void manyThreadsMayHandOverAtOnce() throws Exception {
        assertThat(arrange(Receiver.TAKES) || arrange(Receiver.DOES)).isTrue();
        ExecutorService threads = Executors.newFixedThreadPool(MANY);
        try {
            List<Future<Outcome>> outcomes = new ArrayList<>();
            for (int i = 1; i <= MANY; i++) {
                HandOver work = work(TaskKind.SEND, i, 1);
                outcomes.add(threads.submit(() -> sender().handOver(work)));
            }
            for (Future<Outcome> outcome : outcomes) {
                assertThat(outcome.get(30, TimeUnit.SECONDS)).isInstanceOfAny(Outcome.Taken.class, Outcome.Done.class);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
