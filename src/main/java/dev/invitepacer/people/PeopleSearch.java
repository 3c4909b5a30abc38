package dev.invitepacer.people;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.hibernate.Session;

import dev.invitepacer.invitation.Profile;
import dev.invitepacer.invitation.SearchWords;
import dev.invitepacer.invitation.State;

/** Finds people across all accounts. */
@ApplicationScoped
class PeopleSearch {
    /** Of one person, however many accounts have one. */
    private static final int MOST_INVITATIONS = 200;

    private final Session entities;

    PeopleSearch(Session entities) {
        this.entities = entities;
    }

    /** A page of people by profile, in accounts that may be seen, null: all; null words find everybody. */
    List<FoundPerson> page(Set<String> mayBeSeen, SearchWords words, String after, int most) {
        String[] seen = mayBeSeen == null ? null : mayBeSeen.toArray(String[]::new);
        List<String> profiles = profiles(seen, words, after, most);
        Map<String, List<Tuple>> rows = latest(seen, profiles);
        Set<String> suppressed = suppressed(profiles);
        return profiles.stream()
                .map(profile -> found(profile, rows.getOrDefault(profile, List.of()), suppressed.contains(profile)))
                .toList();
    }

    /**
     * Whoever was queued once, by their words, and, for whoever sees all, who is on the list, by the beginning of the profile. Indexes:
     * invitation_words, or invitation_person; the key of suppression.
     */
    private List<String> profiles(String[] seen, SearchWords words, String after, int most) {
        if (words == null) {
            return entities.createNativeQuery("""
                    select profile
                      from (select distinct profile
                              from invitation
                             where profile > :after and profile not like 'erased:%'
                               and (cast(:seen as text[]) is null or account = any(cast(:seen as text[])))
                            union
                            select profile from suppression where profile > :after and cast(:seen as text[]) is null) as known
                     order by profile
                     limit :most""", String.class)
                    .addScalar("profile", String.class)
                    .setParameter("seen", seen, String[].class)
                    .setParameter("after", after)
                    .setParameter("most", most)
                    .getResultList();
        }
        String start = words.toString().replace(' ', '-');
        return entities.createNativeQuery("""
                with found as materialized (
                  select profile
                    from invitation
                   where search_words(profile, first_name, last_name, company) @@ cast(:words as tsquery)
                     and (cast(:seen as text[]) is null or account = any(cast(:seen as text[]))))
                select profile
                  from (select profile from found
                        union
                        select profile from suppression
                         where profile >= :start and profile < :end and cast(:seen as text[]) is null) as known
                 where profile > :after
                 order by profile
                 limit :most""", String.class)
                .addScalar("profile", String.class)
                .setParameter("words", words.toQuery())
                .setParameter("start", start)
                .setParameter("end", start + Character.toString(Character.MAX_CODE_POINT))
                .setParameter("seen", seen, String[].class)
                .setParameter("after", after)
                .setParameter("most", most)
                .getResultList();
    }

    /** The latest invitation of each account to each. Index: invitation_person. */
    private Map<String, List<Tuple>> latest(String[] seen, Collection<String> profiles) {
        Map<String, List<Tuple>> rows = new LinkedHashMap<>();
        entities.createNativeQuery("""
                select *
                  from (select distinct on (profile, account)
                               profile, account, id, state, first_name, last_name, headline, company, campaign,
                               queued_at, coalesce(ended_at, sent_at, released_at, queued_at) as since
                          from invitation
                         where profile = any(:profiles)
                           and (cast(:seen as text[]) is null or account = any(cast(:seen as text[])))
                         order by profile, account, id desc) as latest
                 order by profile, queued_at desc, account""", Tuple.class)
                .addScalar("profile", String.class)
                .addScalar("account", String.class)
                .addScalar("id", Long.class)
                .addScalar("state", String.class)
                .addScalar("first_name", String.class)
                .addScalar("last_name", String.class)
                .addScalar("headline", String.class)
                .addScalar("company", String.class)
                .addScalar("campaign", String.class)
                .addScalar("queued_at", Instant.class)
                .addScalar("since", Instant.class)
                .setParameter("profiles", profiles.toArray(String[]::new))
                .setParameter("seen", seen, String[].class)
                .getResultStream()
                .map(Tuple.class::cast)
                .forEach(row -> rows.computeIfAbsent(row.get("profile", String.class), any -> new ArrayList<>())
                        .add(row));
        return rows;
    }

    /** Index: the key. */
    private Set<String> suppressed(Collection<String> profiles) {
        return Set.copyOf(entities.createNativeQuery(
                        "select profile from suppression where profile = any(:profiles)", String.class)
                .addScalar("profile", String.class)
                .setParameter("profiles", profiles.toArray(String[]::new))
                .getResultList());
    }

    private static FoundPerson found(String profile, List<Tuple> rows, boolean isSuppressed) {
        Profile person = new Profile(profile);
        return new FoundPerson(
                person.slug(),
                person.url(),
                List.copyOf(new LinkedHashSet<>(rows.stream()
                        .map(PeopleSearch::name)
                        .filter(name -> !name.isEmpty())
                        .toList())),
                first(rows, "headline"),
                first(rows, "company"),
                isSuppressed,
                rows.stream().limit(MOST_INVITATIONS).map(PeopleSearch::latest).toList());
    }

    private static FoundPerson.Latest latest(Tuple row) {
        State state = State.valueOf(row.get("state", String.class));
        Instant queuedAt = row.get("queued_at", Instant.class);
        return new FoundPerson.Latest(
                row.get("account", String.class),
                row.get("id", Long.class),
                state,
                row.get("campaign", String.class),
                queuedAt,
                state == State.QUEUED ? queuedAt : row.get("since", Instant.class));
    }

    private static String name(Tuple row) {
        String first = Objects.requireNonNullElse(row.get("first_name", String.class), "");
        String last = Objects.requireNonNullElse(row.get("last_name", String.class), "");
        return (first + " " + last).strip();
    }

    private static String first(List<Tuple> rows, String column) {
        return rows.stream()
                .map(row -> row.get(column, String.class))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
