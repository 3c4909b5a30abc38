create table suppression (profile text collate "C" primary key, reason text, actor text not null, at timestamptz not null);

-- Teammates are found by their group, not by reading every account.
create index account_group on account ((settings ->> 'group')) where settings ->> 'group' is not null;

alter table invitation
  add column erased_at  timestamptz;  -- since then the row is about nobody, or about a connection without a name

-- What has ended and still names a person: what retention looks at.
create index invitation_retention on invitation (ended_at)
  where ended_at is not null and erased_at is null;

-- There is no third try, and no second one twice.
create unique index invitation_second_try on invitation (account, second_try_of) where second_try_of is not null;
