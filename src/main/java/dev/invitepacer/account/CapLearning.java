package dev.invitepacer.account;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import dev.invitepacer.journal.Journal;
import dev.invitepacer.pacing.AcceptanceFloor;
import dev.invitepacer.pacing.LearnedCap;

/** Learns the cap of accounts that are {@code adaptive}, and tells every change with its cause. Callers hold the lock. */
@ApplicationScoped
public class CapLearning {
    private static final String EVENT = "account.cap-learned";

    private final Ledger ledger;
    private final AcceptanceRecord acceptances;
    private final Journal journal;

    CapLearning(Ledger ledger, AcceptanceRecord acceptances, Journal journal) {
        this.ledger = ledger;
        this.acceptances = acceptances;
        this.journal = journal;
    }

    /**
     * Cuts the cap: LinkedIn said at {@code at} that it was too much. What the signal's own invitation took of the cap must
     * have been given back, if it was not sent.
     */
    public void cut(Pace pace, AccountSettings settings, String signal, Instant at, String actor, Instant now) {
        if (!settings.adaptive()) {
            return;
        }
        raise(pace, settings, actor, at, now);
        Optional<LearnedCap> before = pace.learned();
        int carried = ledger.countOfWeek(pace.account, at);
        LearnedCap after = LearnedCap.cut(before, settings.weeklyCap(), carried, now);
        pace.learn(after);
        Map<String, Object> detail = change(before, settings, after, signal);
        detail.put("carried", carried);
        journal.tell(pace.account, null, now, EVENT, actor, detail);
    }

    /** LinkedIn said at {@code at} that a limit that was told already lasts longer: the week is not quiet and begins anew. */
    public void restart(Pace pace, AccountSettings settings, Instant at, String actor, Instant now) {
        raise(pace, settings, actor, at, now);
        pace.learned().ifPresent(learned -> pace.learn(new LearnedCap(learned.cap(), now)));
    }

    /** Raises the cap for the quiet weeks that are over at {@code now}, unless too few people accept. */
    public void raise(Pace pace, AccountSettings settings, String actor, Instant now) {
        raise(pace, settings, actor, now, now);
    }

    private void raise(Pace pace, AccountSettings settings, String actor, Instant end, Instant now) {
        Optional<LearnedCap> before =
                pace.learned().filter(learned -> settings.adaptive() && learned.isRaiseDue(settings.weeklyCap(), end));
        if (before.isEmpty()) {
            return;
        }
        AcceptanceRecord.Counts counts = acceptances.since(pace.account, now.minus(AcceptanceFloor.SENT_WITHIN));
        AcceptanceFloor acceptance = new AcceptanceFloor(counts.accepted(), counts.decided());
        LearnedCap after = acceptance.allowsRaise()
                ? before.get().raised(settings.weeklyCap(), end)
                : before.get().unraised(end);
        pace.learn(after);
        Map<String, Object> detail =
                change(before, settings, after, acceptance.allowsRaise() ? "QUIET_WEEK" : "LOW_ACCEPTANCE");
        detail.put("accepted", acceptance.accepted());
        detail.put("decided", acceptance.decided());
        journal.tell(pace.account, null, now, EVENT, actor, detail);
    }

    /** The settings have changed: switched off forgets; room above what was at the configured cap begins a new week. */
    void settle(Pace pace, AccountSettings before, AccountSettings settings, String actor, Instant now) {
        Optional<LearnedCap> learned = pace.learned();
        if (learned.isEmpty()) {
            return;
        }
        if (!settings.adaptive()) {
            pace.learn(null);
            journal.tell(pace.account, null, now, EVENT, actor, change(learned, settings, null, "SWITCHED_OFF"));
        } else if (learned.get().raiseAt(before.weeklyCap()).isEmpty()) {
            pace.learn(new LearnedCap(learned.get().cap(), now));
        }
    }

    private static Map<String, Object> change(
            Optional<LearnedCap> before, AccountSettings settings, LearnedCap after, String cause) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("from", before.map(LearnedCap::cap).orElse(settings.weeklyCap()));
        detail.put("to", after == null ? settings.weeklyCap() : after.cap());
        detail.put("cause", cause);
        if (after != null) {
            detail.put("since", after.since().toString());
        }
        return detail;
    }
}
