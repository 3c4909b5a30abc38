-- Imports that commit batch by batch and can be watched, and answers that are given again to a request sent again.

create table import (
  account       text collate "C" not null references account on delete cascade,
  id            bigint           generated always as identity,
  format        text collate "C" not null check (format in ('CSV', 'NDJSON')),
  dry_run       boolean          not null,
  state         text collate "C" not null check (state in ('RUNNING', 'DONE', 'STOPPED')),
  actor         text             not null,
  started_at    timestamptz      not null,
  updated_at    timestamptz      not null,           -- when its last batch was taken
  ended_at      timestamptz,
  leased_until  timestamptz,                         -- by the database's own clock; each batch renews it
  bytes         bigint           not null,           -- of the whole list
  bytes_read    bigint           not null default 0,
  rows          bigint           not null default 0,
  enqueued      bigint           not null default 0,
  refused_rows  bigint           not null default 0,
  advised_rows  bigint           not null default 0,
  beyond_notes  bigint           not null default 0, -- enqueued ones for whose notes the month's do not reach
  last_line     bigint           not null default 0, -- every row that begins up to here is dealt with
  detail        text,                                -- why it stopped, and what to do
  refused       json,                                -- the first refused rows; they hold profiles
  advised       json,                                -- the first advised rows, likewise
  primary key (account, id),
  check ((state = 'RUNNING') = (ended_at is null)),
  check ((state = 'RUNNING') = (leased_until is not null))
);

create index import_running on import (leased_until) where state = 'RUNNING';
create index import_listing on import (ended_at) where refused is not null or advised is not null;

create table idempotency (
  scope         text collate "C" not null default '', -- the caller; '' while there is only one
  key           text collate "C" not null check (length(key) between 1 and 255),
  digest        bytea            not null,            -- SHA-256 of method, address and body
  lease         uuid             not null,            -- the request that holds, or held, the key
  leased_until  timestamptz,                          -- by the database's own clock; null: answered
  began_at      timestamptz      not null,            -- likewise
  keep_until    timestamptz      not null,
  status        smallint,
  headers       jsonb,
  body          bytea,                                -- null: too large to keep, or dropped for the sake of a person
  primary key (scope, key),
  check ((leased_until is null) = (status is not null))
);

create index idempotency_running on idempotency (lease) where leased_until is not null;
create index idempotency_kept on idempotency (keep_until);
