package dev.invitepacer.invitation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;

import dev.invitepacer.account.Accounts;
import dev.invitepacer.web.Code;
import dev.invitepacer.web.Problem;

/**
 * The table of imports. Who runs one holds it by a lease of {@value #LEASE_SECONDS} seconds, by the database's own clock,
 * which each batch renews; whoever has lost it sees that in {@link #progress} and takes nothing more.
 */
@ApplicationScoped
public class Imports {
    static final int LEASE_SECONDS = 180;

    private static final String COLUMNS =
            "id, format, dry_run, state, started_at, updated_at, ended_at, bytes, bytes_read, rows, enqueued,"
                    + " refused_rows, advised_rows, beyond_notes, last_line, detail";

    private final Session entities;
    private final ObjectMapper json;

    Imports(Session entities, ObjectMapper json) {
        this.entities = entities;
        this.json = json;
    }

    /** Opens an import of a list that has been taken in; its id, or 404 where the account is gone. Index: the key of account. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    long open(String account, ListFormat format, boolean isDryRun, long bytes, String actor) {
        return entities.createNativeQuery("""
                insert into import (account, format, dry_run, state, actor, started_at, updated_at, leased_until, bytes)
                select account, :format, :dryRun, 'RUNNING', :actor, time.now, time.now,
                       clock_timestamp() + make_interval(secs => :lease), :bytes
                  from account, (select service_now() as now) as time
                 where account = :account
                returning id""", Long.class)
                .addScalar("id", Long.class)
                .setParameter("account", account)
                .setParameter("format", format.name())
                .setParameter("dryRun", isDryRun)
                .setParameter("actor", actor)
                .setParameter("lease", LEASE_SECONDS)
                .setParameter("bytes", bytes)
                .getResultStream()
                .findFirst()
                .orElseThrow(() -> Accounts.unknown(account));
    }

    /** Writes how far it is, as part of the batch's transaction; false where it runs no more. Index: the key. */
    boolean progress(Import.Opened opened, Tally tally, long bytesRead, Instant now) {
        return entities.createNativeMutationQuery("""
                update import
                   set updated_at = :now, leased_until = clock_timestamp() + make_interval(secs => :lease),
                       bytes_read = :bytesRead, rows = :rows, enqueued = :enqueued, refused_rows = :refusedRows,
                       advised_rows = :advisedRows, beyond_notes = :beyondNotes, last_line = :lastLine
                 where account = :account and id = :id and state = 'RUNNING'""")
                        .setParameter("account", opened.account())
                        .setParameter("id", opened.id())
                        .setParameter("now", now)
                        .setParameter("lease", LEASE_SECONDS)
                        .setParameter("bytesRead", bytesRead)
                        .setParameter("rows", tally.rows())
                        .setParameter("enqueued", tally.enqueued())
                        .setParameter("refusedRows", tally.refusedRows())
                        .setParameter("advisedRows", tally.advisedRows())
                        .setParameter("beyondNotes", tally.beyondNotes())
                        .setParameter("lastLine", tally.lastLine())
                        .executeUpdate()
                == 1;
    }

    /** Ends it, with the rows to list, if there are any known; false where somebody else has. Index: the key. */
    boolean end(String account, long id, ImportState how, String detail, Tally listed, Instant now) {
        return entities.createNativeMutationQuery("""
                update import
                   set state = :state, ended_at = :now, leased_until = null, detail = :detail,
                       bytes_read = case when :state = 'DONE' then bytes else bytes_read end,
                       refused = cast(:refused as json), advised = cast(:advised as json)
                 where account = :account and id = :id and state = 'RUNNING'""")
                        .setParameter("account", account)
                        .setParameter("id", id)
                        .setParameter("state", how.name())
                        .setParameter("now", now)
                        .setParameter("detail", detail)
                        .setParameter("refused", listed == null ? null : write(listed.refused()))
                        .setParameter("advised", listed == null ? null : write(listed.advised()))
                        .executeUpdate()
                == 1;
    }

    /** One, with the rows that it lists. Index: the key. */
    @Transactional
    public Optional<ImportView> known(String account, long id) {
        return select(
                        "select " + COLUMNS
                                + ", cast(refused as text) as refused, cast(advised as text) as advised from import where account = :account and id = :id")
                .setParameter("account", account)
                .setParameter("id", id)
                .getResultStream()
                .map(row -> view((Tuple) row))
                .findFirst();
    }

    /** A page of an account's, the newest first, without the rows that they list. Index: the key. */
    List<ImportView> page(String account, long before, int most) {
        return select("select " + COLUMNS + ", cast(null as text) as refused, cast(null as text) as advised from import"
                        + " where account = :account and id < :before order by id desc limit :most")
                .setParameter("account", account)
                .setParameter("before", before)
                .setParameter("most", most)
                .getResultStream()
                .map(row -> view((Tuple) row))
                .toList();
    }

    /** The accounts and ids of imports whose process has not been heard of. Index: import_running. */
    List<Orphan> orphans(int most) {
        return entities.createNativeQuery("""
                select account, id from import
                 where state = 'RUNNING' and leased_until < clock_timestamp()
                 order by leased_until
                 limit :most""", Tuple.class)
                .setParameter("most", most)
                .getResultStream()
                .map(row -> new Orphan(
                        ((Tuple) row).get("account", String.class),
                        ((Tuple) row).get("id", Number.class).longValue()))
                .toList();
    }

    /** An import that nobody runs any more. */
    record Orphan(String account, long id) {}

    /** Whether its lease has ended; asked under the account's lock. Index: the key. */
    boolean isOrphan(Orphan orphan) {
        return !entities.createNativeQuery("""
                select id from import
                 where account = :account and id = :id and state = 'RUNNING' and leased_until < clock_timestamp()""")
                .setParameter("account", orphan.account())
                .setParameter("id", orphan.id())
                .getResultList()
                .isEmpty();
    }

    /** Drops the listed rows of imports that ended up to then; says of how many. Index: import_listing. */
    int dropRows(Instant endedUpTo, int most) {
        return entities.createNativeMutationQuery("""
                update import
                   set refused = null, advised = null
                 where (account, id) in (select account, id from import
                                          where ended_at <= :until and (refused is not null or advised is not null)
                                          order by ended_at
                                          limit :most)""")
                .setParameter("until", endedUpTo)
                .setParameter("most", most)
                .executeUpdate();
    }

    /**
     * Deletes imports that ended up to then, the oldest of each account first; says how many. Indexes: the keys of account
     * and import.
     */
    int delete(Instant endedUpTo, int most) {
        return entities.createNativeMutationQuery("""
                delete from import
                 where (account, id) in (select old.account, old.id
                                           from account a
                                          cross join lateral (select account, id, ended_at from import
                                                               where account = a.account
                                                               order by id
                                                               limit :most) as old
                                          where old.ended_at <= :until
                                          limit :most)""")
                .setParameter("until", endedUpTo)
                .setParameter("most", most)
                .executeUpdate();
    }

    /**
     * Takes a person's rows out of what imports list, in every account; for the erasure of a person. A list may be empty
     * then; what is listed no longer stays so. Says of how many imports. Index: import_listing.
     */
    @Transactional
    public int forget(Profile profile) {
        return entities.createNativeMutationQuery("""
                update import
                   set refused = case when refused is not null then
                                   (select coalesce(json_agg(line), '[]') from json_array_elements(refused) as line
                                     where line ->> 'profile' is distinct from :profile) end,
                       advised = case when advised is not null then
                                   (select coalesce(json_agg(line), '[]') from json_array_elements(advised) as line
                                     where line ->> 'profile' is distinct from :profile) end
                 where (refused is not null or advised is not null)
                   and (exists (select from json_array_elements(refused) as line where line ->> 'profile' = :profile)
                     or exists (select from json_array_elements(advised) as line where line ->> 'profile' = :profile))""")
                .setParameter("profile", profile.slug())
                .executeUpdate();
    }

    /** The 404 answer for an import that there is not. */
    static RuntimeException unknown() {
        return Problem.of(Code.IMPORT_UNKNOWN, "The account has no such import; GET its imports to see their ids.");
    }

    private NativeQuery<Tuple> select(String sql) {
        return entities.createNativeQuery(sql, Tuple.class)
                .addScalar("id", Long.class)
                .addScalar("format", String.class)
                .addScalar("dry_run", Boolean.class)
                .addScalar("state", String.class)
                .addScalar("started_at", Instant.class)
                .addScalar("updated_at", Instant.class)
                .addScalar("ended_at", Instant.class)
                .addScalar("bytes", Long.class)
                .addScalar("bytes_read", Long.class)
                .addScalar("rows", Long.class)
                .addScalar("enqueued", Long.class)
                .addScalar("refused_rows", Long.class)
                .addScalar("advised_rows", Long.class)
                .addScalar("beyond_notes", Long.class)
                .addScalar("last_line", Long.class)
                .addScalar("detail", String.class)
                .addScalar("refused", String.class)
                .addScalar("advised", String.class);
    }

    private static ImportView view(Tuple row) {
        return new ImportView(
                row.get("id", Long.class),
                ListFormat.valueOf(row.get("format", String.class)),
                row.get("dry_run", Boolean.class),
                ImportState.valueOf(row.get("state", String.class)),
                row.get("started_at", Instant.class),
                row.get("updated_at", Instant.class),
                row.get("ended_at", Instant.class),
                row.get("bytes", Long.class),
                row.get("bytes_read", Long.class),
                row.get("rows", Long.class),
                row.get("enqueued", Long.class),
                row.get("refused_rows", Long.class),
                row.get("advised_rows", Long.class),
                row.get("beyond_notes", Long.class),
                row.get("last_line", Long.class),
                row.get("detail", String.class),
                row.get("refused", String.class),
                row.get("advised", String.class));
    }

    private String write(List<?> rows) {
        try {
            return json.writeValueAsString(rows);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
