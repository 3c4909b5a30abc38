package dev.invitepacer.invitation;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.hibernate.Session;

import dev.invitepacer.account.AccountSettings;
import dev.invitepacer.account.Accounts;
import dev.invitepacer.account.OnCooldown;
import dev.invitepacer.config.PacerConfig;
import dev.invitepacer.web.Code;

/**
 * Takes drafts into an account's queue. The caller holds the account's lock, so that nobody else's draft to the same
 * person comes between the check and the insert; the index invitation_live holds that law besides.
 */
@ApplicationScoped
class Queue {
    private final Session entities;
    private final QueueRows rows;
    private final Campaigns campaigns;
    private final Accounts accounts;
    private final Standings standings;
    private final int longest;

    Queue(
            Session entities,
            QueueRows rows,
            Campaigns campaigns,
            Accounts accounts,
            Standings standings,
            PacerConfig config) {
        this.entities = entities;
        this.rows = rows;
        this.campaigns = campaigns;
        this.accounts = accounts;
        this.standings = standings;
        this.longest = config.limits().queueLength();
    }

    /** How many are queued. Index: invitation_queue. */
    int length(String account) {
        return ((Number) entities.createNativeQuery(
                                "select count(*) from invitation where account = :account and state = 'QUEUED'")
                        .setParameter("account", account)
                        .getSingleResult())
                .intValue();
    }

    /**
     * Takes the drafts in their order; the answers stand in the same order.
     *
     * @param queued how many are in the queue before
     * @param notes counts those that are taken
     * @param onCooldown what happens to those who cannot be invited yet; null for the account's setting
     */
    List<Admission> admit(
            String account,
            List<Draft> drafts,
            int queued,
            NoteAllowance notes,
            Instant now,
            String actor,
            OnCooldown onCooldown) {
        Seen seen = new Seen();
        seen.notes = notes;
        List<Judgement> judgements = judge(account, drafts, queued, now, onCooldown, seen);
        campaigns.add(account, seen.campaigns, now);
        Iterator<Long> ids = rows.insert(
                        account,
                        judgements.stream()
                                .map(Judgement::taken)
                                .filter(Objects::nonNull)
                                .toList(),
                        now,
                        actor)
                .iterator();
        List<Admission> admissions = new ArrayList<>(drafts.size());
        for (Judgement judgement : judgements) {
            admissions.add(
                    judgement.taken == null
                            ? judgement.refused
                            : new Admission.Queued(ids.next(), judgement.taken.cooldownUntil()));
        }
        return admissions;
    }

    /** The people, the campaigns and the notes of the drafts that were judged before, as if those were queued. */
    static final class Seen {
        private final Set<String> people = new HashSet<>();
        private Campaigns.Names campaigns;
        NoteAllowance notes;
    }

    /** What would become of a draft: one of the two. */
    record Judgement(Taken taken, Admission.Refused refused) {}

    /**
     * Says what would become of the drafts, in their order, and changes nothing. What is in {@code seen} counts as queued;
     * what would be taken joins it.
     */
    List<Judgement> judge(
            String account, List<Draft> drafts, int queued, Instant now, OnCooldown onCooldown, Seen seen) {
        AccountSettings settings = accounts.settings(account);
        boolean mayPark = (onCooldown == null ? settings.onCooldown() : onCooldown) == OnCooldown.PARK;
        Map<String, Standing> known = standings.of(
                account,
                settings,
                drafts.stream().map(draft -> draft.profile().slug()).toList(),
                now);
        if (seen.campaigns == null) {
            seen.campaigns = campaigns.names(account);
        }
        List<Judgement> judgements = new ArrayList<>(drafts.size());
        int taken = 0;
        for (Draft draft : drafts) {
            String slug = draft.profile().slug();
            Standing standing = known.getOrDefault(slug, Standing.UNKNOWN);
            Admission.Refused refused =
                    seen.people.contains(slug) ? repeated(slug) : refusal(draft, standing, mayPark, now);
            if (refused == null) {
                refused = seen.notes.refusal(draft).orElse(null);
            }
            if (refused == null && queued + taken >= longest) {
                refused = full();
            }
            if (refused == null && !seen.campaigns.take(draft.campaign())) {
                refused = new Admission.Refused(Code.DRAFT_INVALID, "campaign: " + Campaigns.TOO_MANY, null);
            }
            if (refused == null) {
                seen.people.add(slug);
                seen.notes.take(draft);
                taken++;
            }
            judgements.add(new Judgement(refused == null ? new Taken(draft, standing.cooldownUntil()) : null, refused));
        }
        return judgements;
    }

    private static Admission.Refused repeated(String slug) {
        return new Admission.Refused(
                Code.ALREADY_QUEUED, slug + " is in the queue already; change that invitation instead.", null);
    }

    private Admission.Refused full() {
        return new Admission.Refused(
                Code.QUEUE_FULL,
                "The queue holds " + longest
                        + " invitations, which is its limit (pacer.limits.queue-length). Wait"
                        + " until some are released, or cancel some.",
                null);
    }

    private static Admission.Refused refusal(Draft draft, Standing standing, boolean mayPark, Instant now) {
        String slug = draft.profile().slug();
        return standing.refusalBeforeCooldown(slug)
                .or(() -> cooldownRefusal(draft, standing.cooldownUntil(), mayPark))
                .or(() -> standing.refusalAfterCooldown(slug))
                .or(() -> lapsed(draft, now))
                .orElse(null);
    }

    private static Optional<Admission.Refused> cooldownRefusal(Draft draft, Instant until, boolean mayPark) {
        if (until == null) {
            return Optional.empty();
        }
        String slug = draft.profile().slug();
        if (!mayPark) {
            return Optional.of(new Admission.Refused(
                    Code.IN_COOLDOWN,
                    "An invitation to " + slug + " was withdrawn; enqueue the draft again from " + until + " on.",
                    until));
        }
        return draft.lapsesAt() != null && !draft.lapsesAt().isAfter(until)
                ? Optional.of(new Admission.Refused(
                        Code.IN_COOLDOWN,
                        slug + " can be invited again from " + until + " on, and this draft lapses before that: let it"
                                + " lapse later.",
                        until))
                : Optional.empty();
    }

    private static Optional<Admission.Refused> lapsed(Draft draft, Instant now) {
        return draft.lapsesAt() != null && !draft.lapsesAt().isAfter(now)
                ? Optional.of(new Admission.Refused(
                        Code.DRAFT_INVALID, "lapsesAt: lies in the past; the service's time is " + now + ".", null))
                : Optional.empty();
    }
}
