-- The whole way of an invitation: queue, pace, release, report, withdraw.
-- Keys begin with the account. Slugs compare byte by byte (collation "C").

-- The one clock. Real time is the database's own clock; a time-lapse maps it; tests stop it with factor 0.
create table service_clock (
  only_row         boolean          primary key default true check (only_row),
  anchor_database  timestamptz      not null,
  anchor_service   timestamptz      not null,
  factor           double precision not null check (factor >= 0 and factor <= 1000000)
);

insert into service_clock (anchor_database, anchor_service, factor)
select t, t, 1
  from (select clock_timestamp() as t) as clock;

-- Seconds, not days: an interval with a day in it would follow the session's time zone.
create function service_now() returns timestamptz
  language plpgsql volatile as
$$
declare
  clock service_clock%rowtype;
begin
  select * into clock from service_clock;
  if clock.factor = 1 and clock.anchor_database = clock.anchor_service then
    return clock_timestamp();
  end if;
  return clock.anchor_service
       + make_interval(secs => extract(epoch from clock_timestamp() - clock.anchor_database)::double precision * clock.factor);
end
$$;

create table account (
  account     text collate "C" primary key check (account ~ '^[a-z0-9-]{1,63}$'),
  settings    jsonb            not null check ((settings ->> 'weeklyCap')::int between 1 and 200),
  created_at  timestamptz      not null,
  changed_at  timestamptz      not null
);

-- The hot row of an account. Whoever changes anything of an account locks this row first.
create table pace (
  account           text collate "C" primary key references account on delete cascade,
  weekly_cap        smallint         not null check (weekly_cap between 1 and 200),
  due_at            timestamptz,                -- when the release loop looks again; null: when something changes
  retry_at          timestamptz,                -- releasing failed: not tried before then
  nightly_at        timestamptz      not null,  -- when the nightly run is due
  nightly_retry_at  timestamptz,                -- the nightly run failed: not tried before then
  bucket_anchor     timestamptz,                -- null: a full bucket
  bucket_offset     bigint,                     -- nanoseconds of active time
  bucket_interval   bigint,                     -- nanoseconds of active time
  warm_up_since     timestamptz,
  paused_at         timestamptz,
  paused_until      timestamptz,
  pause_reason      text,
  restricted_until  timestamptz,
  restriction       text,
  reason            text,                       -- the last decision's, null: it released
  reason_since      timestamptz,
  check ((bucket_anchor is null) = (bucket_offset is null) and (bucket_anchor is null) = (bucket_interval is null))
) with (fillfactor = 80);

create index pace_due on pace (due_at) where due_at is not null;
create index pace_nightly on pace (coalesce(nightly_retry_at, nightly_at));
create index pace_nightly_due on pace (nightly_at);

create table invitation (
  account         text collate "C" not null references account on delete cascade,
  id              bigint           generated always as identity,
  profile         text collate "C" not null,
  first_name      text,
  last_name       text,
  headline        text,
  company         text,
  note            text,
  fields          jsonb,
  degree          smallint         not null check (degree between 1 and 3),
  priority        smallint         not null check (priority between -10 and 10),
  campaign        text,
  source          text,
  not_before      timestamptz,
  lapses_at       timestamptz,
  member_urn      text,
  email           text,
  keep            boolean          not null default false,
  state           text collate "C" not null check (state in (
                    'QUEUED', 'RELEASED', 'PENDING', 'WITHDRAWING', 'ACCEPTED', 'DECLINED',
                    'WITHDRAWN', 'EXPIRED', 'FAILED', 'CANCELLED', 'LAPSED')),
  attempt         integer          not null default 0,
  queued_at       timestamptz      not null,
  released_at     timestamptz,
  sent_at         timestamptz,
  pending_since   timestamptz,
  ended_at        timestamptz,
  cooldown_until  timestamptz,
  primary key (account, id),
  check (state not in ('PENDING', 'RELEASED', 'WITHDRAWING') or pending_since is not null)
) with (fillfactor = 85);

-- Nobody is invited twice at the same time, whatever the code does.
create unique index invitation_live on invitation (account, profile)
  where state in ('QUEUED', 'RELEASED', 'PENDING', 'WITHDRAWING');
create index invitation_profile on invitation (account, profile, id);
create index invitation_state on invitation (account, state, id);
create index invitation_queue on invitation (account, priority desc, degree, queued_at, id)
  where state = 'QUEUED';
create index invitation_not_before on invitation (account, not_before)
  where state = 'QUEUED' and not_before is not null;
create index invitation_lapse on invitation (lapses_at)
  where state = 'QUEUED' and lapses_at is not null;
create index invitation_pending on invitation (account, pending_since, id)
  where state in ('RELEASED', 'PENDING', 'WITHDRAWING');

-- Every release, and every invitation sent by hand, at its actual instant. It outlives the account:
-- deleting and making an account anew does not refill its cap.
create table ledger (
  account      text collate "C" not null,
  id           bigint           generated always as identity,
  at           timestamptz      not null,
  kind         text collate "C" not null check (kind in ('RELEASE', 'BY_HAND')),
  invitation   bigint,
  cap          smallint         check (cap between 1 and 200),
  returned_at  timestamptz,               -- the sender said "I did not send it": the slot is free again
  taken_back   boolean          not null default false,  -- it was sent after all: it counts again, even past the cap
  primary key (account, id),
  check (kind = 'BY_HAND' or cap is not null)
);

create index ledger_window on ledger (account, at) where returned_at is null;
create index ledger_invitation on ledger (account, invitation);

-- The last line: no release is booked that would be one too many in the 168 hours before it. The account's row is
-- locked in a statement of its own; the next one then sees what the previous holder of the lock has committed.
create function ledger_holds_the_cap() returns trigger
  language plpgsql as
$$
declare
  allowed integer;
  counted integer;
begin
  select weekly_cap into allowed from pace where account = new.account for update;
  if allowed is null then
    raise exception 'no account % to release for', new.account using errcode = 'PC404';
  end if;
  select count(*) into counted
    from ledger
   where account = new.account
     and at > new.at - interval '168 hours'
     and returned_at is null;
  if counted >= least(allowed, new.cap) then
    raise exception 'account % has % of % releases in the 168 hours before %',
      new.account, counted, least(allowed, new.cap), new.at using errcode = 'PC168';
  end if;
  return new;
end
$$;

create trigger ledger_holds_the_cap before insert on ledger
  for each row when (new.kind = 'RELEASE')
  execute function ledger_holds_the_cap();

create function ledger_is_append_only() returns trigger
  language plpgsql as
$$
begin
  if tg_op = 'UPDATE' then
    if (new.account, new.id, new.at, new.kind) is not distinct from (old.account, old.id, old.at, old.kind) then
      return new;
    end if;
  end if;
  raise exception 'what the ledger says of % at % is not changed', old.account, old.at using errcode = 'PC409';
end
$$;

create trigger ledger_is_append_only before update or delete on ledger
  for each row execute function ledger_is_append_only();

create table task (
  id            bigint           generated always as identity primary key,
  account       text collate "C" not null,
  invitation    bigint           not null,
  kind          text collate "C" not null check (kind in ('SEND', 'WITHDRAW', 'FOLLOW')),
  state         text collate "C" not null check (state in ('OPEN', 'DONE', 'CANCELLED')),
  reason        text,
  attempt       integer          not null default 1,
  opened_at     timestamptz      not null,
  lease         uuid,
  leased_until  timestamptz,
  closed_at     timestamptz,
  outcome       text,
  foreign key (account, invitation) references invitation on delete cascade,
  check ((state = 'OPEN') = (closed_at is null)),
  check ((lease is null) = (leased_until is null))
);

create unique index task_open on task (account, invitation, kind) where state = 'OPEN';
create index task_open_kind on task (account, kind, id) where state = 'OPEN';
create index task_open_list on task (id) where state = 'OPEN';
create index task_invitation on task (account, invitation);

-- What happened, when, why and by whom. Rows are only ever added.
create table history (
  account     text collate "C" not null references account on delete cascade,
  id          bigint           generated always as identity,
  invitation  bigint,
  at          timestamptz      not null,
  event       text             not null,
  actor       text             not null,
  detail      jsonb,
  primary key (account, id)
);

create index history_invitation on history (account, invitation, id) where invitation is not null;

create table nightly_run (
  account         text collate "C" not null references account on delete cascade,
  night           date             not null,
  at              timestamptz      not null,
  expired         integer          not null,
  asked           integer          not null,
  pending_before  integer          not null,
  pending_after   integer          not null,
  primary key (account, night)
);

create index nightly_run_at on nightly_run (at);
