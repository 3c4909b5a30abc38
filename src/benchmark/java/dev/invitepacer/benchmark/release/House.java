package dev.invitepacer.benchmark.release;

import java.sql.SQLException;

import dev.invitepacer.benchmark.Options;
import dev.invitepacer.benchmark.Server;
import dev.invitepacer.operations.embedded.TestPostgres.Database;

/**
 * Accounts with one queued draft each, none of them due, and one release ten days ago, so that no table is empty and PostgreSQL plans as it does in a house that is lived in. The table {@code stage} says which part of the run an account is for: {@code warm} comes first and is not measured;
 * {@code hundredth} and {@code rest} are the accounts that are measured, {@code steady} those of the steady load.
 */
final class House {
    private House() {}

    static Database furnish(Server server, Options options, int accounts) throws SQLException {
        Database house = server.emptyHouse();
        int steady = options.steady() * (int) options.steadyFor().toSeconds();
        house.execute("""
                create table stage (
                  account  text collate "C" primary key,
                  part     text collate "C" not null,
                  n        integer          not null,
                  due      timestamptz);

                set session_replication_role = replica;

                insert into stage (account, part, n)
                select 'warm-' || n, 'warm', n from generate_series(1, %d) as n
                union all
                select 'steady-' || n, 'steady', n from generate_series(1, %d) as n
                union all
                select 'member-' || n, case when n %% 100 = 0 then 'hundredth' else 'rest' end, n from generate_series(1, %d) as n;

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
                select account, 'person-of-' || account, 'Ada', 'Berg', 'Fjord AS', 2, 0, 'QUEUED', service_now() from stage;

                insert into invitation (account, profile, first_name, last_name, company, degree, priority, state, attempt, queued_at, released_at, sent_at, pending_since,
                                        ended_at)
                select account, 'friend-of-' || account, 'Bo', 'Lund', 'Harbour', 2, 0, 'ACCEPTED', 1, service_now() - interval '20 days', at, at, at, at + interval '1 day'
                  from (select account, service_now() - interval '10 days' as at from stage) as past;

                insert into ledger (account, at, kind, invitation, cap)
                select account, released_at, 'RELEASE', id, 100 from invitation where state = 'ACCEPTED';

                insert into task (account, invitation, kind, state, attempt, opened_at, closed_at, outcome)
                select account, id, 'SEND', 'DONE', 1, released_at, sent_at, 'SENT' from invitation where state = 'ACCEPTED';

                insert into history (account, invitation, at, event, actor)
                select account, id, released_at, 'invitation.released', 'pacer' from invitation where state = 'ACCEPTED';

                set session_replication_role = default;
                """.formatted(options.warmUp(), steady, accounts));
        house.execute("vacuum analyze");
        house.execute("checkpoint");
        return house;
    }
}
