-- A night's withdrawals come up one after the other, under an allowance that counts a rolling day. Everything is added
-- with a default or may be null, so that the version before this one still runs on it.

alter table task
  add column ready_at timestamptz;          -- when it comes up; null: at once, when it was opened

-- The withdrawals of the last 24 hours.
create index task_withdrawals on task (account, coalesce(ready_at, opened_at))
  where kind = 'WITHDRAW';

-- The suggestions of the last 24 hours.
create index task_follows on task (account, opened_at)
  where kind = 'FOLLOW';

-- Whoever is not queued any more is not to be followed instead, whatever ended the waiting.
create function follow_ends_with_the_queue() returns trigger
  language plpgsql as
$$
begin
  update task
     set state = 'CANCELLED', outcome = new.state, closed_at = service_now(), lease = null, leased_until = null
   where account = new.account and invitation = new.id and kind = 'FOLLOW' and state = 'OPEN';
  return null;
end
$$;

create trigger follow_ends_with_the_queue after update of state on invitation
  for each row when (old.state = 'QUEUED' and new.state <> 'QUEUED')
  execute function follow_ends_with_the_queue();

-- A night with a great deal to expire takes several transactions.
alter table nightly_run
  add column unfinished boolean not null default false;

-- The acceptance rate that lets a learned cap rise.
create index invitation_decided on invitation (account, coalesce(sent_at, released_at))
  where state in ('ACCEPTED', 'DECLINED', 'WITHDRAWN', 'EXPIRED');
