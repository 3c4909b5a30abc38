package dev.invitepacer.insight;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

import dev.invitepacer.invitation.State;

/**
 * What came of invitations. {@code released + byHand = unreported + failed + sent}, and {@code sent = accepted + declined +
 * withdrawn + expired + pending}.
 *
 * @param released let go by the pacer
 * @param byHand sent by a person without a release
 * @param unreported released; nobody has said what came of it
 * @param failed not sent, for good
 * @param sent the others
 * @param pending sent and not ended; its withdrawal may have been asked for
 * @param acceptance of those that were sent long enough ago; null where there are none
 * @param acceptedWithin of all that were sent, by Kaplan and Meier
 * @param timeToAccept of all that were sent, by Kaplan and Meier
 */
public record Figures(
        int released,
        int byHand,
        int unreported,
        int failed,
        int sent,
        int accepted,
        int declined,
        int withdrawn,
        int expired,
        int pending,
        Acceptance acceptance,
        List<Within> acceptedWithin,
        TimeToAccept timeToAccept) {

    /**
     * The acceptance rate with Wilson's 95 % interval, each to four decimals.
     *
     * @param accepted of those {@code of}
     * @param of sent at least {@code withdrawAfter} ago, whatever came of them
     */
    public record Acceptance(BigDecimal rate, BigDecimal low, BigDecimal high, int accepted, int of) {
        /** @param sent over zero */
        static Acceptance of(int accepted, int sent) {
            Wilson wilson = Wilson.of(accepted, sent);
            return new Acceptance(
                    rounded(wilson.share()), rounded(wilson.low()), rounded(wilson.high()), accepted, sent);
        }
    }

    /** @param share accepted within {@code time}, to four decimals; null where nothing was sent that long ago */
    public record Within(Duration time, BigDecimal share) {}

    /**
     * In whole seconds.
     *
     * @param median by when half of those have accepted who accept within {@code withdrawAfter}; null where nobody did
     * @param ninetyPercent by when nine in ten of them have
     * @param medianOfAll by when half of all that were sent are accepted; null where that many never are
     */
    public record TimeToAccept(Duration median, Duration ninetyPercent, Duration medianOfAll) {}

    private static final List<Duration> MARKS = List.of(Duration.ofDays(1), Duration.ofDays(7));

    /**
     * @param withdrawAfter how long people are given to accept
     * @param now how far anybody was watched
     */
    static Figures of(List<Sent> invitations, Duration withdrawAfter, Instant now) {
        Map<State, Integer> states = new EnumMap<>(State.class);
        invitations.forEach(one -> states.merge(one.state(), 1, Integer::sum));
        int released = (int) invitations.stream().filter(Sent::isReleased).count();
        int unreported = states.getOrDefault(State.RELEASED, 0);
        int failed = states.getOrDefault(State.FAILED, 0);
        List<Sent> sent = invitations.stream().filter(Figures::isSent).toList();
        KaplanMeier curve = curve(sent, now);
        return new Figures(
                released,
                invitations.size() - released,
                unreported,
                failed,
                sent.size(),
                states.getOrDefault(State.ACCEPTED, 0),
                states.getOrDefault(State.DECLINED, 0),
                states.getOrDefault(State.WITHDRAWN, 0),
                states.getOrDefault(State.EXPIRED, 0),
                states.getOrDefault(State.PENDING, 0) + states.getOrDefault(State.WITHDRAWING, 0),
                acceptance(sent, now.minus(withdrawAfter)),
                Stream.concat(
                                MARKS.stream().filter(mark -> mark.compareTo(withdrawAfter) < 0),
                                Stream.of(withdrawAfter))
                        .map(time -> new Within(time, rounded(curve.by(time.toMillis()))))
                        .toList(),
                timeToAccept(curve, withdrawAfter));
    }

    /**
     * Who declined, was withdrawn or has expired never accepts: watched until now without an acceptance, like one that is
     * pending. So the curve is the share of all that accept, and not of those whom nothing else befell.
     */
    static KaplanMeier curve(List<Sent> sent, Instant now) {
        return KaplanMeier.of(
                sent.stream()
                        .filter(one -> one.acceptedAt() != null)
                        .mapToLong(one -> millis(one.at(), one.acceptedAt()))
                        .toArray(),
                sent.stream()
                        .filter(one -> one.acceptedAt() == null)
                        .mapToLong(one -> millis(one.at(), now))
                        .toArray());
    }

    static boolean isSent(Sent one) {
        return one.state() != State.RELEASED && one.state() != State.FAILED;
    }

    private static Acceptance acceptance(List<Sent> sent, Instant longAgo) {
        List<Sent> old = sent.stream().filter(one -> !one.at().isAfter(longAgo)).toList();
        if (old.isEmpty()) {
            return null;
        }
        int accepted =
                (int) old.stream().filter(one -> one.state() == State.ACCEPTED).count();
        return Acceptance.of(accepted, old.size());
    }

    private static TimeToAccept timeToAccept(KaplanMeier curve, Duration withdrawAfter) {
        double ever = curve.upTo(withdrawAfter.toMillis());
        return new TimeToAccept(
                ever == 0 ? null : seconds(curve.quantile(ever * 0.5)),
                ever == 0 ? null : seconds(curve.quantile(ever * 0.9)),
                seconds(curve.quantile(0.5)));
    }

    /** A report may tell of an acceptance before the release; then it took no time. */
    private static long millis(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis());
    }

    private static Duration seconds(OptionalLong millis) {
        return millis.isEmpty() ? null : Duration.ofSeconds(Math.round(millis.getAsLong() / 1000.0));
    }

    private static BigDecimal rounded(OptionalDouble share) {
        return share.isEmpty() ? null : rounded(share.getAsDouble());
    }

    private static BigDecimal rounded(double share) {
        return BigDecimal.valueOf(share).setScale(4, RoundingMode.HALF_UP);
    }
}
