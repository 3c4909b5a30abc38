-- Who may come in. Times are the database's own: a key is valid by the calendar, in time-lapse too.

create table api_key (
  id            bigint      generated always as identity primary key,
  name          text        not null check (length(name) between 1 and 100),
  hash          bytea       not null unique check (length(hash) = 32), -- SHA-256 of the key
  role          text        not null check (role in ('ADMIN', 'OWNER', 'INTEGRATOR', 'SENDER', 'READER')),
  accounts      text[],                                                -- null: all
  created_at    timestamptz not null default now(),
  created_by    text        not null,
  expires_at    timestamptz,
  revoked_at    timestamptz,
  revoked_by    text,
  last_used_at  timestamptz,                                           -- to the minute
  check (role <> 'ADMIN' or accounts is null),
  check (role in ('ADMIN', 'READER') or accounts is not null),
  check ((revoked_at is null) = (revoked_by is null))
);

create table console_session (
  hash        bytea       primary key check (length(hash) = 32), -- SHA-256 of the cookie
  key         bigint      not null references api_key on delete cascade,
  began_at    timestamptz not null default now(),
  seen_at     timestamptz not null default now(),                -- to the minute
  ends_at     timestamptz not null
);

create index console_session_key on console_session (key, began_at);
create index console_session_end on console_session (ends_at);
