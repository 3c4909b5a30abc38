-- What happens, told to others: an outbox that the history fills, in the same transaction. Everything may be null or has
-- a default, so that the version before this one still runs on it, and tells as well.

-- An event is kept without a word about a person: profile and campaign are read from the invitation when it is told.
-- Within an account ids follow each other as its lock is passed on. Over all accounts they do not: an id is drawn before
-- its transaction commits. So the order in which events are told is given to them afterwards.
create table event (
  id          bigint           generated always as identity primary key,
  position    bigint,                     -- null: committed, and not yet numbered
  told_at     timestamptz,                -- when it was numbered
  account     text collate "C" not null,  -- it may be deleted by now
  invitation  bigint,
  at          timestamptz      not null,
  type        text             not null,  -- until it is numbered, the history's name
  data        jsonb,
  check ((position is null) = (told_at is null))
);

create index event_waiting on event (id) where position is null;
create unique index event_position on event (position) where position is not null;
create index event_account on event (account, position) where position is not null;

-- The one counter of positions. Whoever numbers or forgets locks it, so that positions become visible in their order.
create table event_series (
  only_row   boolean          primary key default true check (only_row),
  series     text collate "C" not null,           -- tells this database's events from another's
  last       bigint           not null default 0,
  forgotten  bigint           not null default 0, -- all up to here are deleted
  check (forgotten <= last)
);

insert into event_series (series)
values (substr(replace(gen_random_uuid()::text, '-', ''), 1, 8));

-- Whatever writes the history, row by row or by COPY. Details in somebody's words ("detail") are not passed on.
create function history_is_told() returns trigger
  language plpgsql as
$$
begin
  insert into event (account, invitation, at, type, data)
  select account, invitation, at, event, detail - 'detail'
    from added
   where event like 'invitation.%' or event like 'account.%'
   order by id;
  return null;
end
$$;

create trigger history_is_told after insert on history
  referencing new table as added
  for each statement execute function history_is_told();

-- The HOLD that was last told; null: the account does not hold, or nothing was told of it.
alter table pace
  add column held text collate "C";

-- Whom events are posted to.
create table subscription (
  name        text collate "C" primary key check (name ~ '^[a-z0-9-]{1,63}$'),
  endpoint    text collate "C" not null references endpoint,
  types       text[]           not null,            -- empty: all
  accounts    text[]           not null,            -- empty: all
  seen        bigint           not null,            -- all events up to here have been looked at
  created_at  timestamptz      not null,
  changed_at  timestamptz      not null
);

create index subscription_endpoint on subscription (endpoint);

-- How far a subscription is in each account. Something is to be posted while position < pending_to.
create table subscription_cursor (
  subscription  text collate "C" not null references subscription on delete cascade,
  account       text collate "C" not null,
  position      bigint           not null,          -- all up to here has been taken
  pending_to    bigint           not null,          -- the last event that is wanted
  tries         integer          not null default 0,
  next_try_at   timestamptz      not null,          -- the service's time
  failed_since  timestamptz,                        -- nobody tries any more by himself
  detail        text,                               -- of the last try that failed
  run           uuid,                               -- who is at it
  run_until     timestamptz,                        -- the database's own clock
  primary key (subscription, account),
  check ((run is null) = (run_until is null))
);

create index subscription_cursor_due on subscription_cursor (subscription, next_try_at)
  where position < pending_to and failed_since is null;
