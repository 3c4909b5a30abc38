package dev.invitepacer.release;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hibernate.Session;

import dev.invitepacer.delivery.Tasks;
import dev.invitepacer.pacing.AccountState;
import dev.invitepacer.pacing.Bucket;
import dev.invitepacer.pacing.Decision;
import dev.invitepacer.pacing.Pacer;
import dev.invitepacer.pacing.Reason;
import dev.invitepacer.time.ServiceClock;

/**
 * One transaction of the loop. The statements, in this order: lock the accounts; take the time; read what decides; write
 * ledger, invitation, task, history and pacing state. The lock comes first and alone, so that what is read afterwards
 * holds everything that its last holder committed.
 */
@ApplicationScoped
public class ReleaseBatch {
    private static final Duration PUT_OFF = Duration.ofMinutes(1);

    private final Session entities;
    private final ServiceClock clock;
    private final Situations situations;
    private final Tasks tasks;
    private final LedgerWatch watch;

    ReleaseBatch(Session entities, ServiceClock clock, Situations situations, Tasks tasks, LedgerWatch watch) {
        this.entities = entities;
        this.clock = clock;
        this.situations = situations;
        this.tasks = tasks;
        this.watch = watch;
    }

    /** How many accounts were looked at, and how many of them released. */
    public record Result(int claimed, int released) {}

    /** What one look at an account came to: its state afterwards, and its next decision. */
    private record Look(Situation before, AccountState after, boolean isRelease, Decision next) {}

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
        Instant now = clock.now();
        List<Look> looks = situations.of(locked, now).stream()
                .map(situation -> look(situation, now))
                .toList();
        List<Look> releases = looks.stream().filter(Look::isRelease).toList();
        if (!releases.isEmpty()) {
            write(releases, now);
        }
        remember(looks, now);
        looks.forEach(look -> watch(look, now));
        return releases.size();
    }

    private static Look look(Situation situation, Instant now) {
        Decision decision = Pacer.decide(situation.limits(), situation.state(), now);
        if (!(decision instanceof Decision.Release)) {
            return new Look(situation, situation.state(), false, decision);
        }
        AccountState after = Pacer.afterRelease(situation.limits(), situation.state(), now);
        return new Look(situation, after, true, Pacer.decide(situation.limits(), after, now));
    }

    private void watch(Look look, Instant now) {
        if (look.next() instanceof Decision.Wait wait && wait.reason() == Reason.WEEKLY_CAP) {
            watch.refused(look.before(), look.after(), now, wait.until());
        }
    }

    private void write(List<Look> releases, Instant now) {
        String[] accounts = texts(releases, look -> look.before().account());
        Long[] invitations = longs(releases, look -> look.before().first());
        entities.createNativeMutationQuery("""
                insert into ledger (account, at, kind, invitation, cap)
                select account, :now, 'RELEASE', invitation, cap
                  from unnest(:accounts, :invitations, :caps) as released (account, invitation, cap)""")
                .setParameter("now", now)
                .setParameter("accounts", accounts)
                .setParameter("invitations", invitations)
                .setParameter("caps", longs(releases, look ->
                        (long) look.before().limits().cap().effective()))
                .executeUpdate();
        int moved = entities.createNativeMutationQuery("""
                update invitation i
                   set state = 'RELEASED', released_at = :now, pending_since = :now, attempt = i.attempt + 1
                  from unnest(:accounts, :invitations) as released (account, id)
                 where i.account = released.account and i.id = released.id and i.state = 'QUEUED'""")
                .setParameter("now", now)
                .setParameter("accounts", accounts)
                .setParameter("invitations", invitations)
                .executeUpdate();
        if (moved != releases.size()) {
            throw new IllegalStateException(moved + " of " + releases.size() + " invitations were there to release");
        }
        tasks.openSends(accounts, invitations, now);
        entities.createNativeMutationQuery("""
                insert into history (account, invitation, at, event, actor)
                select account, invitation, :now, 'invitation.released', 'pacer'
                  from unnest(:accounts, :invitations) as released (account, invitation)""")
                .setParameter("now", now)
                .setParameter("accounts", accounts)
                .setParameter("invitations", invitations)
                .executeUpdate();
    }

    /** Writes when each account is looked at again, and why not sooner. */
    private void remember(List<Look> looks, Instant now) {
        entities.createNativeMutationQuery("""
                update pace p
                   set due_at = l.due_at, retry_at = null, reason = l.reason,
                       reason_since = case when p.reason is not distinct from l.reason then p.reason_since else :now end,
                       bucket_anchor = l.anchor, bucket_offset = l.offset_nanos, bucket_interval = l.interval_nanos
                  from unnest(:accounts, :due, :reasons, :anchors, :offsets, :intervals)
                    as l (account, due_at, reason, anchor, offset_nanos, interval_nanos)
                 where p.account = l.account""")
                .setParameter("now", now)
                .setParameter("accounts", texts(looks, look -> look.before().account()))
                .setParameter("due", instants(looks, look -> dueAt(look, now)))
                .setParameter("reasons", texts(looks, look -> reason(look.next())))
                .setParameter(
                        "anchors",
                        instants(looks, look -> bucket(look).map(Bucket::anchor).orElse(null)))
                .setParameter("offsets", longs(looks, look -> bucket(look)
                        .map(b -> b.offset().toNanos())
                        .orElse(null)))
                .setParameter("intervals", longs(looks, look -> bucket(look)
                        .map(b -> b.interval().toNanos())
                        .orElse(null)))
                .executeUpdate();
    }

    /** The bucket to keep; none where nothing was ever released. */
    private static Optional<Bucket> bucket(Look look) {
        return Optional.of(look.after().bucket()).filter(bucket -> !bucket.equals(Bucket.full()));
    }

    private static Instant dueAt(Look look, Instant now) {
        if (look.next() instanceof Decision.Wait wait) {
            return look.before()
                    .soonerAt()
                    .filter(sooner -> sooner.isBefore(wait.until()))
                    .orElse(wait.until());
        }
        // The state after a release knows of no draft that may go later; a second look does.
        boolean isWorthAnotherLook = look.next() instanceof Decision.Release
                || look.isRelease() && look.next().equals(new Decision.Hold(Reason.QUEUE_EMPTY));
        return isWorthAnotherLook ? now : null;
    }

    private static String reason(Decision next) {
        if (next instanceof Decision.Wait wait) {
            return wait.reason().name();
        }
        return next instanceof Decision.Hold hold ? hold.reason().name() : null;
    }

    private static String[] texts(List<Look> looks, Function<Look, String> part) {
        return looks.stream().map(part).toArray(String[]::new);
    }

    private static Long[] longs(List<Look> looks, Function<Look, Long> part) {
        return looks.stream().map(part).toArray(Long[]::new);
    }

    private static Instant[] instants(List<Look> looks, Function<Look, Instant> part) {
        return looks.stream().map(part).toArray(Instant[]::new);
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
