package dev.invitepacer.withdrawal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a nightly run at {@code at} asks for, and why. A run does what this says, and a preview shows it.
 *
 * @param going in the order in which they come up
 * @param beyond how many more would go if the allowance were larger
 * @param pending how many are pending at that instant
 * @param leaving how many of them are asked for already
 * @param left what the allowance holds before this run
 */
record Night(Instant at, List<Going> going, int beyond, int pending, int leaving, int open, int left) {

    /**
     * One that goes.
     *
     * @param since since when it is pending
     * @param readyAt when its task comes up
     */
    record Going(long id, Instant since, WithdrawalReason reason, Instant readyAt) {}

    /**
     * @param pending all that counts as pending at {@code at}, oldest first
     * @param released how many more are released until then
     * @param nextDay the most that will be released in the 24 hours after it
     * @param over over what time what goes comes up
     */
    static Night of(
            List<WithdrawalPolicy.Pending> pending,
            Limits limits,
            Allowance allowance,
            int released,
            int nextDay,
            Instant at,
            Duration over) {
        int left = allowance.left(at, over);
        WithdrawalPolicy policy =
                new WithdrawalPolicy(limits.withdrawAfter(), limits.threshold(), released + nextDay, left);
        List<WithdrawalPolicy.Choice> choices = policy.choose(pending, at);
        Map<Long, Instant> since = pending.stream()
                .collect(Collectors.toMap(WithdrawalPolicy.Pending::id, WithdrawalPolicy.Pending::since));
        List<Instant> times = allowance.comeUp(choices.size(), at, over);
        List<Going> going = new ArrayList<>(choices.size());
        for (int i = 0; i < choices.size(); i++) {
            WithdrawalPolicy.Choice choice = choices.get(i);
            going.add(new Going(choice.id(), since.get(choice.id()), choice.reason(), times.get(i)));
        }
        int wanted = policy.withAllowance(pending.size()).choose(pending, at).size();
        int leaving =
                (int) pending.stream().filter(WithdrawalPolicy.Pending::leaving).count();
        return new Night(
                at,
                List.copyOf(going),
                wanted - going.size(),
                pending.size() + released,
                leaving,
                allowance.open(),
                left);
    }

    /** What a setting says of what may be pending: for how long, and how many. */
    record Limits(Duration withdrawAfter, int threshold) {}

    /** How many are pending once everything that is asked for is done. */
    int pendingAfter() {
        return pending - leaving - going.size();
    }

    <T> List<T> each(Function<Going, T> shown) {
        return going.stream().map(shown).toList();
    }
}
