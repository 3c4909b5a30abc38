package dev.invitepacer.release;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;

import dev.invitepacer.account.Accounts;
import dev.invitepacer.account.CapLearning;
import dev.invitepacer.pacing.Decision;
import dev.invitepacer.pacing.Reason;
import dev.invitepacer.time.ServiceClock;

/**
 * One transaction of the loop. The statements, in this order: lock the accounts; take the time; read what decides; look
 * once more at whom it chose; write ledger, notes, invitations, tasks, history, shares and pacing state. The lock comes first and alone, so that what is read afterwards
 * holds everything that its last holder committed.
 */
@ApplicationScoped
public class ReleaseBatch {
    private static final Duration PUT_OFF = Duration.ofMinutes(1);
    private static final String ACTOR = "pacer";

    private final Session entities;
    private final ServiceClock clock;
    private final Situations situations;
    private final LastCheck lastCheck;
    private final Booking booking;
    private final LedgerWatch watch;
    private final Suggestions suggestions;
    private final Accounts accounts;
    private final CapLearning learning;

    ReleaseBatch(
            Session entities,
            ServiceClock clock,
            Situations situations,
            LastCheck lastCheck,
            Booking booking,
            LedgerWatch watch,
            Suggestions suggestions,
            Accounts accounts,
            CapLearning learning) {
        this.entities = entities;
        this.clock = clock;
        this.situations = situations;
        this.lastCheck = lastCheck;
        this.booking = booking;
        this.watch = watch;
        this.suggestions = suggestions;
        this.accounts = accounts;
        this.learning = learning;
    }

    /** How many accounts were looked at, and how many of them released. */
    public record Result(int claimed, int released) {}

    /**
     * Takes due accounts that no other replica holds, and releases for each at most one invitation.
     *
     * @throws AccountFailed with the accounts taken, where writing failed; then nothing is written
     */
    @Transactional
    public Result claimAndRelease(int most) {
        List<String> claimed = claim(most);
        if (claimed.isEmpty()) {
            return new Result(0, 0);
        }
        try {
            return new Result(claimed.size(), release(claimed));
        } catch (RuntimeException failure) {
            throw new AccountFailed(claimed, failure);
        }
    }

    /** Releases for one account, if it is due and nobody else holds it. */
    @Transactional
    public int release(String account) {
        // Index: the key of pace.
        boolean held = entities.createNativeQuery("""
                select account from pace
                 where account = :account
                   and due_at <= (select service_now())
                   and (retry_at is null or retry_at <= (select service_now()))
                   for update skip locked""")
                .setParameter("account", account)
                .getResultList()
                .isEmpty();
        return held ? 0 : release(List.of(account));
    }

    /** Looks at the account again in a minute. */
    @Transactional
    public void putOff(String account) {
        entities.createNativeMutationQuery(
                        "update pace set retry_at = service_now() + make_interval(secs => :seconds) where account = :account")
                .setParameter("seconds", (double) PUT_OFF.toSeconds())
                .setParameter("account", account)
                .executeUpdate();
    }

    @SuppressWarnings("unchecked")
    private List<String> claim(int most) {
        // Index: pace_due. The sub-select is evaluated once; a bare call would be asked for every row.
        return entities.createNativeQuery("""
                select account from pace
                 where due_at <= (select service_now())
                   and (retry_at is null or retry_at <= (select service_now()))
                 order by due_at
                 limit :most
                   for update skip locked""").setParameter("most", most).getResultList();
    }

    private int release(List<String> locked) {
        accounts.planOnce();
        Instant now = clock.now();
        List<Look> looks = settled(locked, now).stream()
                .map(situation -> Look.at(situation, now))
                .toList();
        List<Look> chosen = looks.stream().filter(Look::isRelease).toList();
        Map<String, LastCheck.Verdict> verdicts = lastCheck.on(chosen, now);
        booking.cancel(
                chosen.stream()
                        .filter(look -> verdicts.containsKey(look.account())
                                && verdicts.get(look.account()).isFinal())
                        .toList(),
                verdicts,
                now);
        List<Look> done = looks.stream()
                .map(look -> verdicts.containsKey(look.account()) ? look.again() : look)
                .toList();
        List<Look> releases = done.stream().filter(Look::isRelease).toList();
        booking.release(releases, now);
        booking.remember(suggestions.make(done, now), now);
        done.forEach(look -> watch(look, now));
        return releases.size();
    }

    /** The situations, once the learned caps whose quiet week is over are raised. */
    private List<Situation> settled(List<String> locked, Instant now) {
        List<Situation> found = situations.of(locked, now);
        List<Situation> due =
                found.stream().filter(situation -> situation.isRaiseDue(now)).toList();
        if (due.isEmpty()) {
            return found;
        }
        due.forEach(situation -> learning.raise(accounts.lock(situation.account()), situation.settings(), ACTOR, now));
        entities.flush();
        return situations.of(locked, now);
    }

    private void watch(Look look, Instant now) {
        if (look.next() instanceof Decision.Wait wait && wait.reason() == Reason.WEEKLY_CAP) {
            watch.refused(look.before(), look.after(), now, wait.until());
        }
    }

    /** Writing for a batch failed; the accounts can be tried one by one. */
    public static final class AccountFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient List<String> accounts;

        AccountFailed(List<String> accounts, RuntimeException cause) {
            super(cause);
            this.accounts = List.copyOf(accounts);
        }

        public List<String> accounts() {
            return accounts;
        }
    }
}
