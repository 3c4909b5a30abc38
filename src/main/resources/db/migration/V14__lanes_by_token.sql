-- Each access token of LinkedIn's is a lane of its own, so that a limit on one member holds up nobody else. Lanes named
-- LINKEDIN alone, which the version before this one may still write, are lanes as well.

-- The way that an account's tasks take: the channel and, with WEBHOOK, the endpoint's name, with LINKEDIN the access token's.
-- Null: people do them. The function without the account stays for the version before this one.
create function delivery_lane(account text, settings jsonb) returns text
  language sql immutable as
$$
  select case settings ->> 'channel'
           when 'WEBHOOK' then 'WEBHOOK:' || coalesce(settings ->> 'endpoint', '')
           when 'LINKEDIN' then 'LINKEDIN:' || coalesce(settings ->> 'linkedinToken', account)
         end
$$;

create or replace function task_takes_its_lane() returns trigger
  language plpgsql as
$$
begin
  select delivery_lane(a.account, a.settings) into new.lane from account a where a.account = new.account;
  if new.lane is not null then
    new.stage := 'WAITING';
    new.next_try_at := coalesce(new.ready_at, new.opened_at);
  end if;
  return new;
end
$$;

create or replace function tasks_follow_the_channel() returns trigger
  language plpgsql as
$$
declare
  way text := delivery_lane(new.account, new.settings);
begin
  update task
     set lane = way,
         stage = case when way is not null then 'WAITING' end,
         tries = 0,
         delivery_detail = null,
         next_try_at = case when way is not null then coalesce(ready_at, opened_at) end
   where account = new.account
     and state = 'OPEN'
     and (stage is null or stage in ('WAITING', 'FAILED'));
  return null;
end
$$;

drop trigger tasks_follow_the_channel on account;
create trigger tasks_follow_the_channel after update of settings on account
  for each row when (delivery_lane(old.account, old.settings) is distinct from delivery_lane(new.account, new.settings))
  execute function tasks_follow_the_channel();

-- What is open keeps its stage and its tries.
update task t
   set lane = 'LINKEDIN:' || coalesce(a.settings ->> 'linkedinToken', a.account)
  from account a
 where a.account = t.account
   and t.state = 'OPEN'
   and t.lane = 'LINKEDIN';
