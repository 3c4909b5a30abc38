package dev.invitepacer.release;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.Session;

import dev.invitepacer.account.AccountSettings;

/**
 * Looks once more, in the transaction that releases, at whether the chosen people may be invited: much can have happened
 * since their drafts were taken.
 *
 * <p>Guarantee: of teammates' accounts that would invite the same person at the same time, on any replicas, one does. Each
 * takes the lock of the group and person before it looks at what the others have done; who does not get it looks again.
 */
@ApplicationScoped
class LastCheck {
    /** The verdict, or null, on a row {@code chosen (account, profile, team, since)} whose team is null for none. */
    static final String VERDICT = """
            case when exists (select from suppression s where s.profile = chosen.profile)
                 then 'SUPPRESSED'
                 when exists (select from invitation i
                               where i.account = chosen.account
                                 and i.profile = chosen.profile
                                 and i.state = 'ACCEPTED')
                 then 'ALREADY_CONNECTED'
                 when chosen.team is not null
                  and exists (select
                                from invitation i
                                join account a on a.account = i.account
                               where i.profile = chosen.profile
                                 and i.account <> chosen.account
                                 and a.settings ->> 'group' = chosen.team
                                 and (i.state in ('RELEASED', 'PENDING', 'WITHDRAWING', 'ACCEPTED')
                                      or coalesce(i.sent_at, case when i.state in ('DECLINED', 'WITHDRAWN', 'EXPIRED')
                                                       then i.released_at end) > chosen.since))
                 then 'CONTACTED_BY_TEAMMATE' end""";

    private final Session entities;

    LastCheck(Session entities) {
        this.entities = entities;
    }

    /** What keeps a chosen draft from being released. */
    enum Verdict {
        /** The person is on the suppression list. */
        SUPPRESSED,
        /** The person is a connection of the account. */
        ALREADY_CONNECTED,
        /** A teammate's account has invited the person. */
        CONTACTED_BY_TEAMMATE,
        /** A teammate's account is about to release an invitation to the person. */
        LATER;

        boolean isFinal() {
            return this != LATER;
        }
    }

    /** The verdicts on the chosen drafts, by account; whose draft may go is not among them. */
    Map<String, Verdict> on(List<Look> chosen, Instant now) {
        Map<String, Verdict> verdicts = new HashMap<>();
        if (!chosen.isEmpty()) {
            Set<String> busy = busy(chosen);
            busy.forEach(account -> verdicts.put(account, Verdict.LATER));
            refused(chosen, now).forEach(verdicts::put);
        }
        return verdicts;
    }

    /** The accounts whose chosen person a teammate's account is at, in this transaction or another. */
    private Set<String> busy(List<Look> chosen) {
        List<Look> ofTeams = chosen.stream()
                .filter(look -> look.before().settings().group() != null)
                .sorted(Comparator.comparing(Look::account))
                .toList();
        Set<String> busy = new HashSet<>();
        Set<List<String>> taken = new HashSet<>();
        List<Look> first = ofTeams.stream()
                .filter(look -> taken.add(List.of(look.before().settings().group(), profile(look)))
                        || !busy.add(look.account()))
                .toList();
        if (!first.isEmpty()) {
            busy.addAll(locked(first));
        }
        return busy;
    }

    private List<String> locked(List<Look> looks) {
        return entities.createNativeQuery("""
                select account
                  from unnest(:accounts, :people) as chosen (account, person)
                 where not pg_try_advisory_xact_lock(hashtextextended(person, 0))""", String.class)
                .addScalar("account", String.class)
                .setParameter("accounts", looks.stream().map(Look::account).toArray(String[]::new))
                .setParameter(
                        "people",
                        looks.stream()
                                .map(look -> look.before().settings().group() + "/" + profile(look))
                                .toArray(String[]::new))
                .getResultList();
    }

    /** Indexes: the key of suppression, invitation_profile, invitation_person, the keys of invitation and account. */
    private Map<String, Verdict> refused(List<Look> chosen, Instant now) {
        Map<String, Verdict> refused = new HashMap<>();
        entities.createNativeQuery("""
                select chosen.account, %s as verdict
                  from unnest(:accounts, :profiles, :teams, :since) as chosen (account, profile, team, since)""".formatted(VERDICT), Tuple.class)
                .addScalar("account", String.class)
                .addScalar("verdict", String.class)
                .setParameter("accounts", chosen.stream().map(Look::account).toArray(String[]::new))
                .setParameter(
                        "profiles", chosen.stream().map(LastCheck::profile).toArray(String[]::new))
                .setParameter(
                        "teams",
                        chosen.stream().map(look -> settings(look).group()).toArray(String[]::new))
                .setParameter(
                        "since",
                        chosen.stream()
                                .map(look -> now.minus(settings(look).groupWindow()))
                                .toArray(Instant[]::new))
                .getResultStream()
                .map(Tuple.class::cast)
                .filter(row -> row.get("verdict", String.class) != null)
                .forEach(row -> refused.put(
                        row.get("account", String.class), Verdict.valueOf(row.get("verdict", String.class))));
        return refused;
    }

    private static AccountSettings settings(Look look) {
        return look.before().settings();
    }

    private static String profile(Look look) {
        return look.chosen().orElseThrow().profile();
    }
}
