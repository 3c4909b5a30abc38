-- A thousand accounts at work, the first with 100,000 drafts: for whoever measures, or looks at, a full house. Into an
-- empty database that the service has made, while the service is stopped:
--   psql "$PACER_DATABASE" -f src/test/resources/thousand-accounts.sql

select set_config('house.now', service_now()::text, false);

insert into account (account, settings, created_at, changed_at)
select 'account-' || to_char(n, 'FM0000'),
       jsonb_build_object('name', (array['Anna', 'Bo', 'Chidi', 'Dora', 'Emil'])[1 + n % 5] || ' '
                                  || (array['Berg', 'Çelik', 'Okafor', 'Lund', 'Ng'])[1 + n / 5 % 5] || ' ' || n,
                          'weeklyCap', 60 + n % 5 * 20,
                          'timeZone', (array['Europe/Oslo', 'America/New_York', 'Asia/Tokyo', 'UTC'])[1 + n % 4]),
       current_setting('house.now')::timestamptz - interval '120 days', current_setting('house.now')::timestamptz
  from generate_series(1, 1000) as n;

insert into campaign (account, name, created_at)
select account, name, created_at from account cross join unnest(array['', 'spring', 'meetup']) as name;

insert into pace (account, weekly_cap, due_at, nightly_at, paused_at, pause_reason, restricted_until, restriction, reason, reason_since)
select account, (settings ->> 'weeklyCap')::int, current_setting('house.now')::timestamptz, current_setting('house.now')::timestamptz + interval '20 hours',
       case when n % 97 = 0 then current_setting('house.now')::timestamptz - interval '3 days' end, case when n % 97 = 0 then 'on leave' end,
       case when n % 211 = 0 then current_setting('house.now')::timestamptz + interval '5 days' end, case when n % 211 = 0 then 'WEEKLY_LIMIT' end,
       case when n % 97 = 0 then 'PAUSED' when n % 211 = 0 then 'RESTRICTED' when n % 50 = 0 then 'PENDING_THRESHOLD'
            else 'NEXT_TOKEN' end,
       current_setting('house.now')::timestamptz - interval '1 hour' * (n % 100)
  from (select account.*, row_number() over (order by account) as n from account) as a;

-- Queued, pending and ended; each released or sent at its own instant.
insert into invitation (account, profile, first_name, last_name, headline, company, note, degree, priority, campaign, state,
                        attempt, queued_at, released_at, sent_at, pending_since, ended_at)
select a.account, 'person-' || a.n || '-' || i,
       (array['Ada', 'Grace', 'Søren', 'Ngozi', 'Li', 'Olga', 'Jan'])[1 + (i + a.n) % 7],
       (array['King', 'Hopper', 'Lund', 'Ade', 'Wei', 'Ivanova', 'Novák', 'Berg'])[1 + (i * 3 + a.n) % 8],
       'Engineer ' || i % 100, (array['Engines', 'Söhne & Co.', 'Harbour', 'Fjord AS'])[1 + i % 4],
       case when i % 4 = 0 then 'Hello, your talk stayed with me.' end,
       1 + i % 3, 0, (array[null, 'spring', 'meetup'])[1 + i % 3], s.state,
       case when s.state = 'QUEUED' then 0 else 1 end,
       current_setting('house.now')::timestamptz - interval '100 days' + i * interval '1 second', s.at, s.at, s.at,
       case when s.state in ('ACCEPTED', 'WITHDRAWN') then s.at + interval '6 days' end
  from (select account.*, row_number() over (order by account) as n from account) as a
 cross join lateral generate_series(1, 470 + case when a.n = 1 then 99970 else 0 end) as i
 cross join lateral (
       select case when i > 440 then 'QUEUED' when i <= 40 then 'PENDING'
                   when i % 3 = 0 then 'ACCEPTED' else 'WITHDRAWN' end as state,
              case when i <= 40 then current_setting('house.now')::timestamptz - i * interval '4 hours'
                   when i <= 440 then current_setting('house.now')::timestamptz - interval '7 days' - i * interval '5 hours' end as at) as s;

alter table ledger disable trigger ledger_holds_the_cap;
insert into ledger (account, at, kind, invitation, cap)
select account, released_at, 'RELEASE', id, 60
  from invitation
 where released_at > current_setting('house.now')::timestamptz - interval '40 days'
 order by released_at;
alter table ledger enable trigger ledger_holds_the_cap;

insert into task (account, invitation, kind, state, opened_at)
select account, id, 'SEND', 'OPEN', released_at
  from (select invitation.*, row_number() over (partition by account order by released_at desc) as n
          from invitation where state = 'PENDING') as i
 where n <= 6;

analyze;
