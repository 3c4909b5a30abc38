package dev.invitepacer.release;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.hibernate.Session;

import dev.invitepacer.delivery.Tasks;
import dev.invitepacer.pacing.Bucket;
import dev.invitepacer.pacing.Shares;

/** Writes what looks at accounts came to, for all of a batch at once. */
@ApplicationScoped
class Booking {
    private final Session entities;
    private final Tasks tasks;

    Booking(Session entities, Tasks tasks) {
        this.entities = entities;
        this.tasks = tasks;
    }

    /** Books the releases: ledger, notes, invitations, tasks, history, and the campaigns' shares. */
    void release(List<Look> releases, Instant now) {
        if (releases.isEmpty()) {
            return;
        }
        String[] accounts = texts(releases, Look::account);
        Long[] invitations = longs(releases, Booking::invitation);
        entities.createNativeMutationQuery("""
                insert into ledger (account, at, kind, invitation, cap)
                select account, :now, 'RELEASE', invitation, cap
                  from unnest(:accounts, :invitations, :caps) as released (account, invitation, cap)""")
                .setParameter("now", now)
                .setParameter("accounts", accounts)
                .setParameter("invitations", invitations)
                .setParameter("caps", longs(releases, look ->
                        (long) look.before().limits().cap().effective()))
                .executeUpdate();
        move(releases, accounts, invitations, now);
        useNotes(releases.stream().filter(Look::usesNote).toList(), now);
        tasks.openSends(accounts, invitations, now);
        tell(releases, now);
        share(releases);
    }

    /** Index: the key of invitation. */
    private void move(List<Look> releases, String[] accounts, Long[] invitations, Instant now) {
        int moved = entities.createNativeMutationQuery("""
                update invitation i
                   set state = 'RELEASED', released_at = :now, pending_since = :now, attempt = i.attempt + 1,
                       sent_bare = released.bare
                  from unnest(:accounts, :invitations, :bare) as released (account, id, bare)
                 where i.account = released.account and i.id = released.id and i.state = 'QUEUED'""")
                .setParameter("now", now)
                .setParameter("accounts", accounts)
                .setParameter("invitations", invitations)
                .setParameter("bare", releases.stream().map(Look::isBare).toArray(Boolean[]::new))
                .executeUpdate();
        if (moved != releases.size()) {
            throw new IllegalStateException(moved + " of " + releases.size() + " invitations were there to release");
        }
    }

    private void useNotes(List<Look> noted, Instant now) {
        if (noted.isEmpty()) {
            return;
        }
        entities.createNativeMutationQuery("""
                insert into note_use (account, invitation, at)
                select account, invitation, :now
                  from unnest(:accounts, :invitations) as released (account, invitation)""")
                .setParameter("now", now)
                .setParameter("accounts", texts(noted, Look::account))
                .setParameter("invitations", longs(noted, Booking::invitation))
                .executeUpdate();
    }

    private void tell(List<Look> releases, Instant now) {
        List<Look> told = new ArrayList<>(releases);
        List<String> events = new ArrayList<>(
                releases.stream().map(look -> "invitation.released").toList());
        releases.stream().filter(Look::isBare).forEach(look -> {
            told.add(look);
            events.add("invitation.note-dropped");
        });
        entities.createNativeMutationQuery("""
                insert into history (account, invitation, at, event, actor)
                select account, invitation, :now, event, 'pacer'
                  from unnest(:accounts, :invitations, :events) as released (account, invitation, event)""")
                .setParameter("now", now)
                .setParameter("accounts", texts(told, Look::account))
                .setParameter("invitations", longs(told, Booking::invitation))
                .setParameter("events", events.toArray(String[]::new))
                .executeUpdate();
    }

    /** Writes the tags that the choices changed, and who came into line or left it. Index: the key of campaign. */
    private void share(List<Look> releases) {
        List<String> accounts = new ArrayList<>();
        List<Shares.Campaign> changed = new ArrayList<>();
        for (Look look : releases) {
            List<Shares.Campaign> before = look.before().line().candidates().stream()
                    .map(Candidate::campaign)
                    .toList();
            look.choice().orElseThrow().inLine().stream()
                    .filter(campaign -> !before.contains(campaign))
                    .forEach(changed::add);
            look.before().line().gone().stream()
                    .map(gone -> new Shares.Campaign(gone.name(), gone.weight(), gone.tag(), false))
                    .forEach(changed::add);
            while (accounts.size() < changed.size()) {
                accounts.add(look.account());
            }
        }
        entities.createNativeMutationQuery("""
                update campaign c
                   set share_tag = s.tag, in_line = s.in_line
                  from unnest(:accounts, :names, :tags, :inLine) as s (account, name, tag, in_line)
                 where c.account = s.account and c.name = s.name""")
                .setParameter("accounts", accounts.toArray(String[]::new))
                .setParameter(
                        "names", changed.stream().map(Shares.Campaign::name).toArray(String[]::new))
                .setParameter("tags", changed.stream().map(Shares.Campaign::tag).toArray(Long[]::new))
                .setParameter(
                        "inLine", changed.stream().map(Shares.Campaign::inLine).toArray(Boolean[]::new))
                .executeUpdate();
    }

    /** Ends chosen drafts that may not go after all. Index: the key of invitation. */
    void cancel(List<Look> refused, Map<String, LastCheck.Verdict> verdicts, Instant now) {
        if (refused.isEmpty()) {
            return;
        }
        entities.createNativeMutationQuery("""
                with cancelled as (
                  update invitation i
                     set state = 'CANCELLED', ended_at = :now
                    from unnest(:accounts, :invitations, :reasons) as refused (account, id, reason)
                   where i.account = refused.account and i.id = refused.id and i.state = 'QUEUED'
                  returning i.account, i.id, refused.reason)
                insert into history (account, invitation, at, event, actor, detail)
                select account, id, :now, 'invitation.cancelled', 'pacer', jsonb_build_object('reason', reason)
                  from cancelled""")
                .setParameter("now", now)
                .setParameter("accounts", texts(refused, Look::account))
                .setParameter("invitations", longs(refused, Booking::invitation))
                .setParameter("reasons", texts(refused, look -> verdicts.get(look.account())
                        .name()))
                .executeUpdate();
    }

    /**
     * Writes when each account is looked at again, and why not sooner. That one holds is told once, until it no longer does
     * or for another reason; a pause was told by whoever paused it. Index: the key of pace.
     */
    void remember(List<Look> looks, Instant now) {
        entities.createNativeMutationQuery("""
                with looked as (
                  update pace p
                     set due_at = l.due_at, retry_at = null, reason = l.reason, held = l.held,
                         reason_since = case when p.reason is not distinct from l.reason then p.reason_since else :now end,
                         bucket_anchor = l.anchor, bucket_offset = l.offset_nanos, bucket_interval = l.interval_nanos,
                         share_time = l.share_time
                    from unnest(:accounts, :due, :reasons, :holds, :anchors, :offsets, :intervals, :times)
                      as l (account, due_at, reason, held, anchor, offset_nanos, interval_nanos, share_time)
                    join pace before on before.account = l.account
                   where p.account = l.account
                  returning p.account, p.held, before.held as held_before)
                insert into history (account, at, event, actor, detail)
                select account, :now, 'account.held', 'pacer', jsonb_build_object('reason', held)
                  from looked
                 where held <> 'PAUSED' and held is distinct from held_before""")
                .setParameter("now", now)
                .setParameter("accounts", texts(looks, Look::account))
                .setParameter("due", instants(looks, look -> look.dueAt(now)))
                .setParameter("reasons", texts(looks, Look::reason))
                .setParameter("holds", texts(looks, Look::held))
                .setParameter("anchors", instants(looks, look -> look.bucket()
                        .map(Bucket::anchor)
                        .orElse(null)))
                .setParameter("offsets", longs(looks, look -> look.bucket()
                        .map(b -> b.offset().toNanos())
                        .orElse(null)))
                .setParameter("intervals", longs(looks, look -> look.bucket()
                        .map(b -> b.interval().toNanos())
                        .orElse(null)))
                .setParameter("times", longs(looks, look -> look.choice()
                        .map(Shares.Choice::time)
                        .orElseGet(() -> look.before().line().time())))
                .executeUpdate();
    }

    private static Long invitation(Look look) {
        return look.chosen().orElseThrow().invitation();
    }

    private static String[] texts(List<Look> looks, Function<Look, String> part) {
        return looks.stream().map(part).toArray(String[]::new);
    }

    private static Long[] longs(List<Look> looks, Function<Look, Long> part) {
        return looks.stream().map(part).toArray(Long[]::new);
    }

    private static Instant[] instants(List<Look> looks, Function<Look, Instant> part) {
        return looks.stream().map(part).toArray(Instant[]::new);
    }
}
