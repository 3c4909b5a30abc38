package dev.invitepacer.invitation;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.text.Normalizer;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.Session;

import dev.invitepacer.account.Text;
import dev.invitepacer.web.Code;
import dev.invitepacer.web.Problem;

/**
 * An account's campaigns. Each queued draft's campaign has a row: who enqueues or moves drafts adds it in the same
 * transaction, under the account's lock.
 */
@ApplicationScoped
public class Campaigns implements PanacheRepositoryBase<Campaign, Campaign.Key> {
    public static final int MOST = 200;
    public static final int HIGHEST_WEIGHT = 100;

    static final String TOO_MANY =
            "An account has at most " + MOST + " campaigns. Use one that is there, or delete one that is done.";

    private final Session entities;

    Campaigns(Session entities) {
        this.entities = entities;
    }

    /** The names that an account's drafts may use. */
    static final class Names {
        private final Set<String> known;
        private final Set<String> added = new HashSet<>();

        Names(Set<String> known) {
            this.known = known;
        }

        /** Whether a draft may belong to this campaign, which is null for none. */
        boolean take(String campaign) {
            String name = campaign == null ? "" : campaign;
            if (known.contains(name) || added.contains(name)) {
                return true;
            }
            long named = known.stream().filter(one -> !one.isEmpty()).count()
                    + added.stream().filter(one -> !one.isEmpty()).count();
            return (name.isEmpty() || named < MOST) && added.add(name);
        }
    }

    /** The campaigns that there are. Index: the key. */
    Names names(String account) {
        return new Names(new HashSet<>(
                entities.createNativeQuery("select name from campaign where account = :account", String.class)
                        .addScalar("name", String.class)
                        .setParameter("account", account)
                        .getResultList()));
    }

    /** Adds the names that were taken and were not there yet. */
    void add(String account, Names names, Instant now) {
        if (names.added.isEmpty()) {
            return;
        }
        entities.createNativeMutationQuery("""
                insert into campaign (account, name, created_at)
                select :account, name, :now from unnest(:names) as added (name)
                on conflict do nothing""")
                .setParameter("account", account)
                .setParameter("now", now)
                .setParameter("names", names.added.toArray(String[]::new))
                .executeUpdate();
    }

    /** Adds a campaign, null or empty for none, if it is not there yet; says whether it did. 422 if there are too many. */
    boolean add(String account, String campaign, Instant now) {
        Names names = names(account);
        if (!names.take(campaign)) {
            throw Problem.of(Code.INVALID, List.of(new Problem.Violation("campaign", TOO_MANY)));
        }
        add(account, names, now);
        return !names.added.isEmpty();
    }

    /**
     * Sets the weight; what the campaign is ahead of its share, or behind it, stays the same in releases. Says whether it
     * was another. Indexes: the keys of campaign and pace.
     */
    boolean setWeight(String account, String name, int weight) {
        return entities.createNativeMutationQuery("""
                update campaign c
                   set share_tag = p.share_time
                           + cast(div(cast(c.share_tag - p.share_time as numeric) * c.weight, :weight) as bigint),
                       weight = :weight
                  from pace p
                 where c.account = :account and c.name = :name and p.account = c.account and c.weight <> :weight""")
                        .setParameter("account", account)
                        .setParameter("name", name)
                        .setParameter("weight", weight)
                        .executeUpdate()
                == 1;
    }

    /** In the order of their names, after {@code after} unless that is null. Index: the key. */
    List<Campaign> page(String account, String after, int most) {
        return (after == null
                        ? find("account = ?1 order by name", account)
                        : find("account = ?1 and name > ?2 order by name", account, after))
                .page(0, most)
                .list();
    }

    /** The campaign, or a 404 answer. */
    Campaign known(String account, String named) {
        String name = normal(named);
        Optional<Campaign> found = isName(name)
                ? findByIdOptional(new Campaign.Key(account, name.equals(Campaign.NONE) ? "" : name))
                : Optional.empty();
        return found.orElseThrow(() -> Problem.of(
                Code.CAMPAIGN_UNKNOWN,
                "The account has no such campaign; GET /api/v1/accounts/" + account
                        + "/campaigns lists its campaigns."));
    }

    /** The name as it is kept, of what a caller wrote; a problem answer, on {@code field}, for what is no name. */
    static String nameOf(String field, String written) {
        String name = normal(written);
        if (!isName(name)) {
            throw Problem.of(
                    Code.INVALID,
                    List.of(new Problem.Violation(
                            field,
                            "must name a campaign with up to 63 letters, digits, spaces, hyphens, underscores and dots; "
                                    + Campaign.NONE + " stands for none")));
        }
        return name.equals(Campaign.NONE) ? "" : name;
    }

    /** The name as callers see it. */
    static String shown(String name) {
        return name.isEmpty() ? Campaign.NONE : name;
    }

    private static String normal(String written) {
        return Normalizer.normalize(Text.bare(written), Normalizer.Form.NFC);
    }

    /** What is no name is not even asked for: the database refuses a text with a NUL. */
    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= 63
                && Inspection.CAMPAIGN.matcher(name).matches()
                && !Inspection.ONLY_DOTS.matcher(name).matches();
    }
}
