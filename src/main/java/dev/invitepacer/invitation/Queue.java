package dev.invitepacer.invitation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.Session;

import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.web.Code;

/**
 * Takes drafts into an account's queue. The caller holds the account's lock, so that nobody else's draft to the same
 * person comes between the check and the insert; the index invitation_live holds that law besides.
 */
@ApplicationScoped
class Queue {
    private final Session entities;
    private final ObjectMapper json;
    private final int longest;

    Queue(Session entities, ObjectMapper json, PacerConfig config) {
        this.entities = entities;
        this.json = json;
        this.longest = config.limits().queueLength();
    }

    /** What is known of a person before their draft is taken. */
    private record Standing(boolean queued, boolean pending, boolean connected, Instant cooldownUntil) {
        static final Standing UNKNOWN = new Standing(false, false, false, null);
    }

    /** How many are queued. Index: invitation_queue. */
    int length(String account) {
        return ((Number) entities.createNativeQuery(
                                "select count(*) from invitation where account = :account and state = 'QUEUED'")
                        .setParameter("account", account)
                        .getSingleResult())
                .intValue();
    }

    /** Takes the drafts in their order; the answers stand in the same order. {@code queued} are in the queue before. */
    List<Admission> admit(String account, List<Draft> drafts, int queued, Instant now, String actor) {
        Map<String, Standing> standings = standings(account, drafts, now);
        List<Admission> admissions = new ArrayList<>(drafts.size());
        List<Draft> taken = new ArrayList<>(drafts.size());
        Set<String> seen = new HashSet<>();
        for (Draft draft : drafts) {
            String slug = draft.profile().slug();
            Admission.Refused refused =
                    refusal(slug, standings.getOrDefault(slug, Standing.UNKNOWN), seen.contains(slug));
            if (refused == null && draft.lapsesAt() != null && !draft.lapsesAt().isAfter(now)) {
                refused = new Admission.Refused(
                        Code.DRAFT_INVALID, "lapsesAt: lies in the past; the service's time is " + now + ".", null);
            }
            if (refused == null && queued + taken.size() >= longest) {
                refused = new Admission.Refused(
                        Code.QUEUE_FULL,
                        "The queue holds " + longest
                                + " invitations, which is its limit (pacer.limits.queue-length). Wait"
                                + " until some are released, or cancel some.",
                        null);
            }
            admissions.add(refused);
            if (refused == null) {
                seen.add(slug);
                taken.add(draft);
            }
        }
        Map<String, Long> ids = insert(account, taken, now, actor);
        for (int i = 0; i < drafts.size(); i++) {
            if (admissions.get(i) == null) {
                admissions.set(
                        i, new Admission.Queued(ids.get(drafts.get(i).profile().slug())));
            }
        }
        return admissions;
    }

    private static Admission.Refused refusal(String slug, Standing standing, boolean isRepeated) {
        if (standing.queued() || isRepeated) {
            return new Admission.Refused(
                    Code.ALREADY_QUEUED, slug + " is in the queue already; change that invitation instead.", null);
        }
        if (standing.pending()) {
            return new Admission.Refused(
                    Code.ALREADY_PENDING, slug + " has been invited and has not answered yet.", null);
        }
        if (standing.connected()) {
            return new Admission.Refused(Code.ALREADY_CONNECTED, slug + " is a connection of this account.", null);
        }
        if (standing.cooldownUntil() != null) {
            return new Admission.Refused(
                    Code.IN_COOLDOWN,
                    "An invitation to " + slug + " was withdrawn; enqueue the draft again from "
                            + standing.cooldownUntil() + " on.",
                    standing.cooldownUntil());
        }
        return null;
    }

    /** Index: invitation_profile. */
    private Map<String, Standing> standings(String account, List<Draft> drafts, Instant now) {
        Map<String, Standing> standings = new HashMap<>();
        entities.createNativeQuery("""
                select profile,
                       bool_or(state = 'QUEUED') as queued,
                       bool_or(state in ('RELEASED', 'PENDING', 'WITHDRAWING')) as pending,
                       bool_or(state = 'ACCEPTED') as connected,
                       max(cooldown_until) filter (where cooldown_until > :now) as cooldown_until
                  from invitation
                 where account = :account and profile = any(:profiles)
                 group by profile""", Tuple.class)
                .setParameter("account", account)
                .setParameter("now", now)
                .setParameter(
                        "profiles",
                        drafts.stream().map(draft -> draft.profile().slug()).toArray(String[]::new))
                .getResultStream()
                .map(Tuple.class::cast)
                .forEach(row -> standings.put(
                        row.get("profile", String.class),
                        new Standing(
                                row.get("queued", Boolean.class),
                                row.get("pending", Boolean.class),
                                row.get("connected", Boolean.class),
                                row.get("cooldown_until", Instant.class))));
        return standings;
    }

    private Map<String, Long> insert(String account, List<Draft> drafts, Instant now, String actor) {
        Map<String, Long> ids = new HashMap<>();
        if (drafts.isEmpty()) {
            return ids;
        }
        entities.createNativeQuery("""
                with added as (
                  insert into invitation (
                    account, state, queued_at, profile, first_name, last_name, headline, company, note, fields, degree,
                    priority, campaign, source, not_before, lapses_at, member_urn, email)
                  select :account, 'QUEUED', :now, profile, first_name, last_name, headline, company, note, fields, degree,
                         priority, campaign, source, not_before, lapses_at, member_urn, email
                    from jsonb_to_recordset(cast(:drafts as jsonb)) as draft (
                           profile text, first_name text, last_name text, headline text, company text, note text,
                           fields jsonb, degree smallint, priority smallint, campaign text, source text,
                           not_before timestamptz, lapses_at timestamptz, member_urn text, email text)
                  returning id, profile),
                told as (
                  insert into history (account, invitation, at, event, actor)
                  select :account, id, :now, 'invitation.queued', :actor from added)
                select id, profile from added""", Tuple.class)
                .setParameter("account", account)
                .setParameter("now", now)
                .setParameter("actor", actor)
                .setParameter("drafts", json(drafts))
                .getResultStream()
                .map(Tuple.class::cast)
                .forEach(row -> ids.put(
                        row.get("profile", String.class),
                        row.get("id", Number.class).longValue()));
        return ids;
    }

    private String json(List<Draft> drafts) {
        try {
            return json.writeValueAsString(drafts.stream().map(Queue::row).toList());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Map<String, Object> row(Draft draft) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("profile", draft.profile().slug());
        row.put("first_name", draft.firstName());
        row.put("last_name", draft.lastName());
        row.put("headline", draft.headline());
        row.put("company", draft.company());
        row.put("note", draft.note());
        row.put("fields", draft.fields().isEmpty() ? null : draft.fields());
        row.put("degree", draft.degree());
        row.put("priority", draft.priority());
        row.put("campaign", draft.campaign());
        row.put("source", draft.source());
        row.put(
                "not_before",
                draft.notBefore() == null ? null : draft.notBefore().toString());
        row.put("lapses_at", draft.lapsesAt() == null ? null : draft.lapsesAt().toString());
        row.put("member_urn", draft.memberUrn());
        row.put("email", draft.email());
        return row;
    }
}
