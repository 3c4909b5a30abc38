-- Notes with blanks to fill in, per account.
create table template (
  account       text collate "C" not null references account on delete cascade,
  name          text collate "C" not null check (name ~ '^[a-z0-9-]{1,63}$'),
  alternatives  jsonb            not null,   -- sources, in the order in which they are numbered
  fallbacks     jsonb            not null,   -- by variable
  created_at    timestamptz      not null,
  changed_at    timestamptz      not null,
  primary key (account, name)
);

-- The note quota counts what is queued with a note at every draft.
create index invitation_queue_noted on invitation (account)
  where state = 'QUEUED' and note is not null;
