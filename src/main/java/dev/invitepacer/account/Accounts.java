package dev.invitepacer.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.invitepacer.web.Code;
import dev.invitepacer.web.Problem;

/** The accounts and their locks. */
@ApplicationScoped
public class Accounts implements PanacheRepositoryBase<Account, String> {
    /** About two kilobytes each. */
    private static final int MOST_KEPT = 10_000;

    private static final String PLANNED_ONCE = "planned once";

    private final ObjectMapper json;
    private final TransactionSynchronizationRegistry transaction;
    /** What settings at rest say, by their text: that never changes, and to read it anew costs more than to fetch it. */
    private final Cache<String, AccountSettings> read =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).build();

    public Accounts(ObjectMapper json, TransactionSynchronizationRegistry transaction) {
        this.json = json;
        this.transaction = transaction;
    }

    /**
     * Lets PostgreSQL plan each statement of this transaction once for its connection, and not again for each account: to plan
     * what decides about one takes ten times as long as to read it.
     */
    public void planOnce() {
        if (transaction.getResource(PLANNED_ONCE) != null) {
            return;
        }
        transaction.putResource(PLANNED_ONCE, true);
        getSession()
                .createNativeQuery(
                        "select set_config('plan_cache_mode', 'force_generic_plan', true) as mode", String.class)
                .addScalar("mode", String.class)
                .getSingleResult();
    }

    /**
     * Locks the account until the transaction ends; everything read afterwards is what the last holder committed.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 404 where there is no such account
     */
    public Pace lock(String account) {
        return tryLock(account).orElseThrow(() -> unknown(account));
    }

    /** Likewise; nothing where there is no such account. */
    public Optional<Pace> tryLock(String account) {
        if (!isName(account)) {
            return Optional.empty();
        }
        return Optional.ofNullable(getEntityManager().find(Pace.class, account, LockModeType.PESSIMISTIC_WRITE));
    }

    /** Its pace as it stands, without the lock, for what changes nothing; 404 where there is no such account. */
    public Pace paceUnlocked(String account) {
        return (isName(account)
                        ? Optional.ofNullable(getEntityManager().find(Pace.class, account))
                        : Optional.<Pace>empty())
                .orElseThrow(() -> unknown(account));
    }

    /** The settings of an account; 404 where there is none. */
    public AccountSettings settings(String account) {
        return settings(known(account));
    }

    /**
     * The settings of several accounts.
     *
     * @param faults what is wrong with those that cannot be read
     */
    public record Settings(Map<String, AccountSettings> readable, Map<String, String> faults) {}

    /** The settings of those accounts that there are; one that is broken does not hide the others. Index: the key. */
    public Settings settings(Collection<String> accounts) {
        Settings settings = new Settings(new HashMap<>(), new HashMap<>());
        for (Account account : accounts.isEmpty() ? List.<Account>of() : list("account in ?1", accounts)) {
            try {
                settings.readable().put(account.account, settingsAtRest(account.settings));
            } catch (InvalidSettings broken) {
                settings.faults().put(account.account, broken.getMessage());
            }
        }
        return settings;
    }

    /** Its settings; an answer that says what is wrong with them where they are broken. */
    public AccountSettings settings(Account account) {
        return readable(account).orElseThrow(() -> broken(account));
    }

    Optional<AccountSettings> readable(Account account) {
        try {
            return Optional.of(settingsAtRest(account.settings));
        } catch (InvalidSettings broken) {
            return Optional.empty();
        }
    }

    private RuntimeException broken(Account account) {
        return Problem.of(
                Code.SETTINGS_BROKEN,
                settings(List.of(account.account)).faults().get(account.account) + ". PUT /api/v1/accounts/"
                        + account.account + " writes them anew.");
    }

    /**
     * Reads settings at rest whose name is kept apart, so that accounts that differ by nothing else share what was read.
     *
     * @throws InvalidSettings where something else is there
     */
    public AccountSettings settingsAtRest(String name, String others) {
        // Where there is no name, it is told what is wrong, whatever was read before.
        return name == null
                ? AccountSettings.atRest(null, others, json)
                : read.get(others, text -> AccountSettings.atRest(name, text, json))
                        .named(name);
    }

    /** @throws InvalidSettings where something else is there */
    public AccountSettings settingsAtRest(String settings) {
        return read.get(settings, text -> AccountSettings.atRest(text, json));
    }

    Account known(String account) {
        return (isName(account) ? findByIdOptional(account) : Optional.<Account>empty())
                .orElseThrow(() -> unknown(account));
    }

    void store(Account account, AccountSettings settings, Instant now) {
        try {
            account.settings = json.writeValueAsString(settings.toJson());
            account.changedAt = now;
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** By name, of those that may be seen; null: all. Index: the key. */
    List<Account> page(Set<String> seen, String after, int most) {
        return (seen == null
                        ? find("account > ?1 order by account", after)
                        : find("account > ?1 and account in (?2) order by account", after, seen))
                .page(0, most)
                .list();
    }

    /** The pacing states of accounts; those that were deleted meanwhile are missing. */
    Map<String, Pace> paces(List<String> accounts) {
        return getSession()
                .createQuery("from Pace where account in (:accounts)", Pace.class)
                .setParameter("accounts", accounts)
                .getResultStream()
                .collect(Collectors.toMap(Pace::account, Function.identity()));
    }

    /** What is no name is not even asked for: the database refuses a text with a NUL. */
    static boolean isName(String account) {
        return account.matches("[a-z0-9-]{1,63}");
    }

    /** The 404 answer for an account that there is not. */
    public static RuntimeException unknown(String account) {
        return Problem.of(
                Code.ACCOUNT_UNKNOWN,
                isName(account)
                        ? "There is no account " + account + "; PUT /api/v1/accounts/" + account + " makes it."
                        : "An account's name is 1 to 63 of a-z, 0-9 and hyphen.");
    }
}
