package dev.invitepacer.invitation;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.OptionalInt;
import org.hibernate.Session;

import dev.invitepacer.account.AccountSettings;

/** Counts an account's personalised notes of the month. */
@ApplicationScoped
class NoteQuota {
    private final Session entities;

    NoteQuota(Session entities) {
        this.entities = entities;
    }

    /** What is left at {@code now}; the caller holds the account's lock. */
    NoteAllowance allowance(String account, AccountSettings settings, Instant now) {
        OptionalInt quota = settings.noteQuota();
        Instant usedUpUntil = usedUpUntil(account);
        boolean isUsedUp = usedUpUntil != null && usedUpUntil.isAfter(now);
        Instant nextMonth = isUsedUp ? usedUpUntil : settings.monthAfter(now);
        Instant resetsAt = quota.equals(OptionalInt.of(0)) ? null : nextMonth;
        if (quota.isEmpty()) {
            return new NoteAllowance(quota, settings.onNoteQuota(), 0, 0, isUsedUp, resetsAt);
        }
        return new NoteAllowance(
                quota,
                settings.onNoteQuota(),
                used(account, settings.monthOf(now)),
                queued(account),
                isUsedUp,
                resetsAt);
    }

    /** Index: pace_pkey. */
    private Instant usedUpUntil(String account) {
        return entities.createNativeQuery(
                        "select notes_used_up_until from pace where account = :account", Instant.class)
                .addScalar("notes_used_up_until", Instant.class)
                .setParameter("account", account)
                .getSingleResult();
    }

    /** Index: note_use_month. */
    private long used(String account, Instant month) {
        return count("""
                select count(*) from note_use
                 where account = :account and at >= :month and returned_at is null""", account, month);
    }

    /** Index: invitation_queue_noted. */
    private long queued(String account) {
        return count(
                "select count(*) from invitation where account = :account and state = 'QUEUED' and note is not null",
                account,
                null);
    }

    private long count(String sql, String account, Instant month) {
        var query = entities.createNativeQuery(sql, Long.class)
                .addScalar("count", Long.class)
                .setParameter("account", account);
        return (month == null ? query : query.setParameter("month", month)).getSingleResult();
    }
}
