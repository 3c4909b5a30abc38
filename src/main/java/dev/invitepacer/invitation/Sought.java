package dev.invitepacer.invitation;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;

/**
 * Which invitations of an account a caller asks for; null leaves a filter out.
 *
 * @param parkedAt only those that are queued and wait for the end of a cooldown at that instant
 */
record Sought(State state, String campaign, Profile profile, Instant parkedAt, SearchWords words) {
    boolean isWholeQueue() {
        return state == State.QUEUED && campaign == null && profile == null && parkedAt == null && words == null;
    }

    /** Indexes: the key, invitation_state, or invitation_words. */
    <T> NativeQuery<T> rows(Session entities, String account, String rest, Class<T> type) {
        return query(entities, account, "*", rest, type);
    }

    NativeQuery<Long> ids(Session entities, String account, String rest) {
        return query(entities, account, "id", rest, Long.class);
    }

    /**
     * Whoever is looked for by words is found by the index first, since a page in the order of ids would otherwise be
     * looked through from its beginning.
     */
    private <T> NativeQuery<T> query(Session entities, String account, String what, String rest, Class<T> type) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("account", account);
        StringBuilder where = new StringBuilder();
        if (state != null) {
            where.append(" and state = :state");
            parameters.put("state", state.name());
        }
        if (campaign != null) {
            where.append(" and campaign = :campaign");
            parameters.put("campaign", campaign);
        }
        if (profile != null) {
            where.append(" and profile = :profile");
            parameters.put("profile", profile.slug());
        }
        if (parkedAt != null) {
            where.append(" and state = 'QUEUED' and cooldown_until > :parkedAt");
            parameters.put("parkedAt", parkedAt);
        }
        String from = "invitation";
        String with = "";
        if (words != null) {
            with = """
                    with found as materialized (
                      select *
                        from invitation
                       where account = :account
                         and search_words(profile, first_name, last_name, company) @@ cast(:words as tsquery))
                    """;
            from = "found";
            parameters.put("words", words.toQuery());
        }
        NativeQuery<T> query = entities.createNativeQuery(
                with + "select " + what + " from " + from + " where account = :account" + where + " " + rest, type);
        parameters.forEach(query::setParameter);
        return query;
    }
}
