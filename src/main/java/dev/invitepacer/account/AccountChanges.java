package dev.invitepacer.account;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.hibernate.Session;

import dev.invitepacer.journal.Journal;
import dev.invitepacer.time.ServiceClock;
import dev.invitepacer.time.TimeLapse;
import dev.invitepacer.web.Code;
import dev.invitepacer.web.Fields;
import dev.invitepacer.web.Problem;

/** Makes, changes, pauses and deletes accounts; each call is one transaction under the account's lock. */
@ApplicationScoped
public class AccountChanges {
    /** What an answer adds to the settings; taken back unread, so that what was read can be changed and put. */
    private static final List<String> READ_ONLY = List.of("account", "createdAt", "changedAt", "summary");

    private final Accounts accounts;
    private final Session entities;
    private final Journal journal;
    private final ServiceClock clock;
    private final Workload workload;
    private final CapLearning learning;
    private final TimeLapse timeLapse;
    private final EndpointNames endpoints;
    private final ObjectMapper json;

    public AccountChanges(
            Accounts accounts,
            Session entities,
            Journal journal,
            ServiceClock clock,
            Workload workload,
            CapLearning learning,
            TimeLapse timeLapse,
            EndpointNames endpoints,
            ObjectMapper json) {
        this.accounts = accounts;
        this.entities = entities;
        this.journal = journal;
        this.clock = clock;
        this.workload = workload;
        this.learning = learning;
        this.timeLapse = timeLapse;
        this.endpoints = endpoints;
        this.json = json;
    }

    /**
     * Creates or replaces; says whether it created.
     *
     * @param seesAll whether the settings may lead to what belongs to other accounts
     */
    @Transactional
    public boolean put(String name, ObjectNode body, boolean seesAll, String actor) {
        if (!Accounts.isName(name)) {
            throw Problem.of(
                    Code.INVALID,
                    List.of(new Problem.Violation(
                            "account", "must be 1 to 63 of a-z, 0-9 and hyphen, as in anna-berg")));
        }
        AccountSettings settings = valid(body);
        Instant now = clock.now();
        boolean created = entities.createNativeMutationQuery(
                                "insert into account (account, settings, created_at, changed_at)"
                                        + " values (:account, cast(:settings as jsonb), :now, :now) on conflict do nothing")
                        .setParameter("account", name)
                        .setParameter("settings", write(settings))
                        .setParameter("now", now)
                        .executeUpdate()
                == 1;
        if (created) {
            requireWithin(settings, null, seesAll);
            Pace pace = new Pace(name);
            pace.weeklyCap = (short) settings.weeklyCap();
            pace.nightlyAt = settings.nightAfter(now);
            pace.warmUpSince = settings.warmUp() == null ? null : now;
            pace.wake(now);
            entities.persist(pace);
            journal.tell(name, null, now, "account.created", actor, settings.toJson());
        } else {
            change(name, settings, seesAll, actor);
        }
        return created;
    }

    /** Changes some settings: an RFC 7396 merge patch, in which null brings a default back. */
    @Transactional
    public void patch(String name, ObjectNode patch, boolean seesAll, String actor) {
        accounts.lock(name);
        Account account = accounts.known(name);
        ObjectNode merged = json.valueToTree(accounts.settings(account).toJson());
        merge(merged, patch);
        change(name, valid(merged), seesAll, actor);
    }

    /** Deletes the account with all it holds; what its ledger counts stays. */
    @Transactional
    public void delete(String name, boolean force) {
        accounts.lock(name);
        Workload.Counts counts = workload.of(List.of(name)).getOrDefault(name, Workload.Counts.NONE);
        if (counts.isAny() && !force) {
            throw Problem.of(
                    Code.ACCOUNT_IN_USE,
                    "The account has " + counts.queued() + " queued, " + counts.released() + " released and "
                            + counts.pending() + " pending invitations. Let them end, or delete with ?force=true, which"
                            + " forgets them.");
        }
        accounts.deleteById(name);
    }

    /** Nothing is released until {@code until}, or until it is resumed where that is null. */
    @Transactional
    public void pause(String name, String reason, Instant until, String actor) {
        Pace pace = accounts.lock(name);
        Instant now = clock.now();
        if (until != null && !until.isAfter(now)) {
            throw Problem.of(
                    Code.INVALID,
                    List.of(new Problem.Violation("until", "must lie in the future; the service's time is " + now)));
        }
        pause(pace, reason, until, actor, now);
    }

    /** Nothing is released until somebody resumes the account; one that is paused already stays as it is. */
    @Transactional
    public void pauseUnlessPaused(String name, String reason, String actor) {
        Instant now = clock.now();
        accounts.tryLock(name)
                .filter(pace -> !pace.isPaused(now))
                .ifPresent(pace -> pause(pace, reason, null, actor, now));
    }

    private void pause(Pace pace, String reason, Instant until, String actor, Instant now) {
        pace.pause(reason, now, until);
        pace.wake(now);
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("reason", reason);
        if (until != null) {
            detail.put("until", until.toString());
        }
        journal.tell(pace.account(), null, now, "account.paused", actor, detail);
    }

    /**
     * Ends a pause. A restriction by LinkedIn ends by itself.
     *
     * @param liftsRestriction ends that too, and the month's notes are no longer said to be used up: the report was wrong
     */
    @Transactional
    public void resume(String name, boolean liftsRestriction, String actor) {
        Pace pace = accounts.lock(name);
        Instant now = clock.now();
        if (pace.resume()) {
            pace.wake(now);
            journal.tell(name, null, now, "account.resumed", actor, Map.of());
        }
        if (liftsRestriction && pace.lift()) {
            pace.wake(now);
            journal.tell(name, null, now, "account.restriction-lifted", actor, Map.of());
        }
    }

    /** Receivers, tokens and groups are of others too: who sees only some accounts may leave them, or set them back. */
    private static void requireWithin(AccountSettings settings, AccountSettings before, boolean seesAll) {
        if (seesAll) {
            return;
        }
        List<Function<AccountSettings, String>> reaching =
                List.of(AccountSettings::endpoint, AccountSettings::linkedinToken, AccountSettings::group);
        boolean reachesOut = reaching.stream()
                .anyMatch(setting -> setting.apply(settings) != null
                        && (before == null || !setting.apply(settings).equals(setting.apply(before))));
        if (reachesOut) {
            throw Problem.of(
                    Code.FORBIDDEN,
                    "endpoint, linkedinToken and group lead beyond the account, so that an ADMIN sets them; this key may leave"
                            + " them as they are, or set them back.");
        }
    }

    private void change(String name, AccountSettings settings, boolean seesAll, String actor) {
        Pace pace = accounts.lock(name);
        Account account = accounts.known(name);
        // What is broken is written anew from the defaults on.
        AccountSettings before = accounts.readable(account).orElseGet(() -> AccountSettings.ofDefaults(name, json));
        requireWithin(settings, before, seesAll);
        if (settings.tier().noteLimit() < before.tier().noteLimit()) {
            requireNotesFit(name, settings.tier());
        }
        if (settings.channel() == Channel.LINKEDIN && before.channel() != Channel.LINKEDIN) {
            requireInvitees(name);
        }
        Instant now = clock.now();
        if (!settings.equals(before) || accounts.readable(account).isEmpty()) {
            accounts.store(account, settings, now);
        }
        pace.weeklyCap = (short) settings.weeklyCap();
        boolean isOtherNight = !settings.timeZone().equals(before.timeZone())
                || !settings.withdrawAt().equals(before.withdrawAt());
        if (isOtherNight && pace.nightlyAt.isAfter(now)) {
            pace.nightlyAt = settings.nightAfter(now);
        }
        if (settings.warmUp() == null) {
            pace.warmUpSince = null;
        } else if (pace.warmUpSince == null) {
            pace.warmUpSince = now;
        }
        if (!settings.noteQuota().equals(before.noteQuota())) {
            pace.countNotesAnew();
        }
        learning.settle(pace, before, settings, actor, now);
        pace.wake(now);
        Map<String, Object> changes = changes(before, settings);
        if (!changes.isEmpty()) {
            journal.tell(name, null, now, "account.changed", actor, changes);
        }
    }

    private void requireNotesFit(String name, Tier tier) {
        int over = workload.notesOver(name, tier.noteLimit());
        if (over > 0) {
            throw Problem.of(
                    Code.NOTE_TOO_LONG,
                    over + " notes that are queued, or released and not yet sent, are longer than the "
                            + tier.noteLimit() + " characters of tier " + tier
                            + ". Shorten or cancel the queued ones, and let the others be reported.");
        }
    }

    private void requireInvitees(String name) {
        int without = workload.withoutInvitee(name);
        if (without > 0) {
            throw Problem.of(
                    Code.INVITEE_MISSING,
                    without + " invitations that are queued, or released and not yet sent, have neither a memberUrn"
                            + " urn:li:person:… nor an email, and LinkedIn's API knows people by nothing else. Cancel the"
                            + " queued ones, or enqueue them anew with one; let the others be reported.");
        }
    }

    private AccountSettings valid(ObjectNode body) {
        Fields fields = new Fields(body.deepCopy().remove(READ_ONLY));
        AccountSettings settings = AccountSettings.read(fields);
        if (timeLapse.isOn() && settings.channel() != null && settings.channel() != Channel.INBOX) {
            fields.wrong("channel", "is INBOX in a time-lapse: what is not real time is not to send anything");
        }
        if (settings.endpoint() != null && fields.violations().isEmpty() && !endpoints.holds(settings.endpoint())) {
            fields.wrong("endpoint", "names no endpoint; PUT /api/v1/endpoints/" + settings.endpoint() + " makes it");
        }
        fields.orThrow();
        return settings;
    }

    private static void merge(ObjectNode into, ObjectNode patch) {
        patch.fields().forEachRemaining(entry -> {
            if (entry.getValue().isNull()) {
                into.remove(entry.getKey());
            } else if (entry.getValue() instanceof ObjectNode inner
                    && into.get(entry.getKey()) instanceof ObjectNode old) {
                merge(old, inner);
            } else {
                into.set(entry.getKey(), entry.getValue());
            }
        });
    }

    /** The settings that are others, each {@code from} what it was {@code to} what it is. */
    public static Map<String, Object> changes(AccountSettings before, AccountSettings after) {
        return changes(before.toJson(), after.toJson());
    }

    private static Map<String, Object> changes(Map<String, Object> before, Map<String, Object> after) {
        Map<String, Object> changes = new LinkedHashMap<>();
        after.forEach((setting, value) -> {
            if (!Objects.equals(before.get(setting), value)) {
                Map<String, Object> change = new LinkedHashMap<>();
                change.put("from", before.get(setting));
                change.put("to", value);
                changes.put(setting, change);
            }
        });
        return changes;
    }

    private String write(AccountSettings settings) {
        return json.valueToTree(settings.toJson()).toString();
    }
}
