package dev.invitepacer.benchmark.release;

import java.sql.SQLException;

import dev.invitepacer.benchmark.Options;
import dev.invitepacer.benchmark.Server;
import dev.invitepacer.operations.embedded.TestPostgres.Database;

/**
 * Accounts with queued drafts, none of them due, and at least one release ten days ago, so that no table is empty and PostgreSQL plans as it does in a house that is lived in. The table
 * {@code stage} says which part of the run an account is for: {@code first} is the one that a start is timed by, {@code warm} comes then and is not measured; {@code hundredth} and {@code rest} are
 * the accounts that are measured, {@code steady} those of the steady load; {@code idle} only are there.
 */
final class House {
    private House() {}

    /**
     * How large it is.
     *
     * @param warm accounts of the warm-up
     * @param steady accounts of the steady load
     * @param accounts besides those
     * @param due how many of them are measured
     * @param hasHundredth whether every hundredth of those is in a part of its own
     * @param queued drafts in the queue of each that is measured; of others one
     * @param booked releases in the ledger of each that is measured, all more than a week ago; of others one
     */
    record Size(int warm, int steady, int accounts, int due, boolean hasHundredth, int queued, int booked) {}

    static Database furnish(Server server, Options options, int accounts) throws SQLException {
        int steady = options.steady() * (int) options.steadyFor().toSeconds();
        return furnish(server, new Size(options.warmUp(), steady, accounts, accounts, true, 1, 1));
    }

    static Database furnish(Server server, Size size) throws SQLException {
        Database house = server.emptyHouse();
        house.execute("""
                create table stage (
                  account  text collate "C" primary key,
                  part     text collate "C" not null,
                  n        integer          not null,
                  due      timestamptz);

                set session_replication_role = replica;

                insert into stage (account, part, n)
                select 'first', 'first', 1
                union all
                select 'warm-' || n, 'warm', n from generate_series(1, %d) as n
                union all
                select 'steady-' || n, 'steady', n from generate_series(1, %d) as n
                union all
                select 'member-' || n, case when n > %d then 'idle' when %b and n %% 100 = 0 then 'hundredth' else 'rest' end, n from generate_series(1, %d) as n;

                insert into account (account, settings, created_at, changed_at)
                select account,
                       jsonb_build_object('name', account, 'weeklyCap', 100, 'spread', 'CAP', 'timeZone', 'UTC', 'activeHours',
                         (select jsonb_object_agg(day, jsonb_build_array('00:00-24:00'))
                            from unnest(array['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY']) as day)),
                       service_now(), service_now()
                  from stage;

                insert into campaign (account, name, created_at)
                select account, '', service_now() from stage;

                insert into pace (account, weekly_cap, due_at, nightly_at)
                select account, 100, 'infinity', service_now() + interval '100 hours' from stage;

                insert into invitation (account, profile, first_name, last_name, company, degree, priority, state, queued_at)
                select account, 'person-' || p || '-of-' || account, 'Ada', 'Berg', 'Fjord AS', 2, 0, 'QUEUED', service_now()
                  from stage
                 cross join generate_series(1, case when part in ('hundredth', 'rest') then %d else 1 end) as p;

                insert into invitation (account, profile, first_name, last_name, company, degree, priority, state, attempt, queued_at, released_at, sent_at, pending_since,
                                        ended_at)
                select account, 'friend-' || p || '-of-' || account, 'Bo', 'Lund', 'Harbour', 2, 0, 'ACCEPTED', 1, at - interval '10 days', at, at, at, at + interval '1 day'
                  from (select account, p, service_now() - interval '10 days' - p * interval '2 hours' as at
                          from stage
                         cross join generate_series(1, case when part in ('hundredth', 'rest') then %d else 1 end) as p) as past
                 order by at;

                insert into ledger (account, at, kind, invitation, cap)
                select account, released_at, 'RELEASE', id, 100 from invitation where state = 'ACCEPTED' order by released_at;

                insert into task (account, invitation, kind, state, attempt, opened_at, closed_at, outcome)
                select account, id, 'SEND', 'DONE', 1, released_at, sent_at, 'SENT' from invitation where state = 'ACCEPTED';

                insert into history (account, invitation, at, event, actor)
                select account, id, released_at, 'invitation.released', 'pacer' from invitation where state = 'ACCEPTED';

                set session_replication_role = default;
                """.formatted(
                        size.warm(),
                        size.steady(),
                        size.due(),
                        size.hasHundredth(),
                        size.accounts(),
                        size.queued(),
                        size.booked()));
        house.execute("vacuum analyze");
        house.execute("checkpoint");
        return house;
    }

    /** Takes out the accounts of the warm-up, as if nobody had warmed up. */
    static void clear(Database house) throws SQLException {
        house.execute("""
                set session_replication_role = replica;
                delete from event;
                delete from history where account like 'warm-%';
                delete from task where account like 'warm-%';
                delete from ledger where account like 'warm-%';
                delete from invitation where account like 'warm-%';
                delete from campaign where account like 'warm-%';
                delete from pace where account like 'warm-%';
                delete from account where account like 'warm-%';
                set session_replication_role = default;
                """);
        house.execute("vacuum analyze");
        house.execute("checkpoint");
    }
}
