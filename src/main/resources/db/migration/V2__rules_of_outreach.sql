-- What order, shares, the note quota and the learned cap need. Everything is added with a default or may be null, so
-- that the version before this one still runs on it.

-- Campaigns share an account's releases by weight. '' holds the drafts that belong to none.
create table campaign (
  account     text collate "C" not null references account on delete cascade,
  name        text collate "C" not null,
  weight      smallint         not null default 1 check (weight between 1 and 100),
  paused_at   timestamptz,
  share_tag   bigint           not null default 0,   -- the virtual time at which its last release's share was used up
  created_at  timestamptz      not null,
  primary key (account, name)
);

insert into campaign (account, name, created_at)
select account, coalesce(campaign, ''), min(queued_at)
  from invitation
 group by 1, 2;

alter table pace
  add column share_time           bigint not null default 0,  -- virtual time: one share of the slots handed out so far
  add column learned_cap          smallint check (learned_cap between 1 and 200),
  add column learned_at           timestamptz,                -- when it was last cut or raised
  add column notes_used_up_until  timestamptz;                -- LinkedIn said that the month's notes are used up

-- A point of priority is worth a week of waiting, a degree a third of one: whoever waits long enough goes, whatever
-- comes after. Time of day in UTC; no clock change comes into it.
alter table invitation
  add column rank_at         timestamp generated always as (
    (queued_at at time zone 'UTC') - make_interval(hours => priority * 168) + make_interval(hours => degree * 56)) stored,
  add column template        text collate "C",
  add column alternative     smallint,                        -- which of the template's alternatives, from 1 on
  add column sent_bare       boolean not null default false,  -- released without its note: the month's notes were used up
  add column withdrawal      text collate "C",                -- why its withdrawal was last asked for
  add column second_try_of   bigint;                          -- the withdrawn invitation that this one repeats

drop index invitation_queue;
create index invitation_queue on invitation (account, coalesce(campaign, ''), rank_at, id)
  where state = 'QUEUED';
create index invitation_queue_bare on invitation (account, coalesce(campaign, ''), rank_at, id)
  where state = 'QUEUED' and note is null;
create index invitation_person on invitation (profile);

-- The month's personalised notes, a count of its own beside the cap. Like the ledger it outlives the account.
create table note_use (
  account      text collate "C" not null,
  invitation   bigint           not null,
  at           timestamptz      not null,
  returned_at  timestamptz,               -- the sender said "I did not send it"
  primary key (account, invitation, at)
);

create index note_use_month on note_use (account, at) where returned_at is null;
