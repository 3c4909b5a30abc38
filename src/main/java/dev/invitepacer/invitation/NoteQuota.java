package dev.invitepacer.invitation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
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
        Tuple notes = notes(account, quota.isPresent(), settings.monthOf(now));
        Instant usedUpUntil = notes.get("used_up_until", Instant.class);
        boolean isUsedUp = usedUpUntil != null && usedUpUntil.isAfter(now);
        Instant nextMonth = isUsedUp ? usedUpUntil : settings.monthAfter(now);
        return new NoteAllowance(
                quota,
                settings.onNoteQuota(),
                notes.get("used", Long.class),
                notes.get("queued", Long.class),
                isUsedUp,
                quota.equals(OptionalInt.of(0)) ? null : nextMonth);
    }

    /** What is not counted is 0. Indexes: pace_pkey, note_use_month, invitation_queue_noted. */
    private Tuple notes(String account, boolean isCounted, Instant month) {
        return entities.createNativeQuery("""
                select p.notes_used_up_until as used_up_until,
                       case when :counted then (select count(*)
                                                  from note_use u
                                                 where u.account = p.account
                                                   and u.at >= :month
                                                   and u.returned_at is null) else 0 end as used,
                       case when :counted then (select count(*)
                                                  from invitation i
                                                 where i.account = p.account
                                                   and i.state = 'QUEUED'
                                                   and i.note is not null) else 0 end as queued
                  from pace p
                 where p.account = :account""", Tuple.class)
                .addScalar("used_up_until", Instant.class)
                .addScalar("used", Long.class)
                .addScalar("queued", Long.class)
                .setParameter("account", account)
                .setParameter("counted", isCounted)
                .setParameter("month", month)
                .getSingleResult();
    }
}
