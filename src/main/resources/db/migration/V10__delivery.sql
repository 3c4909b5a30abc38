-- How far the hand-over of a task has come. Everything is added with a default or may be null, so that the version before
-- this one still runs on it.

-- The way that an account's tasks take: the channel and, with WEBHOOK, the endpoint's name. Null: people do them.
create function delivery_lane(settings jsonb) returns text
  language sql immutable as
$$
  select case settings ->> 'channel'
           when 'WEBHOOK' then 'WEBHOOK:' || coalesce(settings ->> 'endpoint', '')
           when 'LINKEDIN' then 'LINKEDIN'
         end
$$;

alter table task
  add column lane             text collate "C",  -- null: people do it
  add column stage            text collate "C" check (stage in ('WAITING', 'RUNNING', 'TAKEN', 'IN_DOUBT', 'FAILED')),
  add column tries            integer not null default 0,
  add column next_try_at      timestamptz,       -- the service's time; null: nobody will try by himself
  add column run              uuid,              -- the token of the hand-over that runs now
  add column run_until        timestamptz,       -- the database's own clock, whatever the service's time does
  add column begun            boolean not null default false,  -- the call of this run may have gone out
  add column doubted          boolean not null default false,  -- some try may have been heard, and nobody confirmed it
  add column delivery_detail  text,
  add column reference        text,              -- by which the channel knows it
  add check ((lane is null) = (stage is null)),
  add check ((run is null) = (run_until is null)),
  add check (run is null or state = 'OPEN' and stage = 'RUNNING');

create index task_waiting on task (lane, next_try_at, id)
  where state = 'OPEN' and next_try_at is not null;
create index task_running on task (run_until)
  where run is not null;
create index task_stuck on task (stage)
  where state = 'OPEN' and stage in ('IN_DOUBT', 'FAILED');

-- A task waits on its account's lane from the moment it is opened, whoever opens it.
create function task_takes_its_lane() returns trigger
  language plpgsql as
$$
begin
  select delivery_lane(settings) into new.lane from account where account = new.account;
  if new.lane is not null then
    new.stage := 'WAITING';
    new.next_try_at := coalesce(new.ready_at, new.opened_at);
  end if;
  return new;
end
$$;

create trigger task_takes_its_lane before insert on task
  for each row execute function task_takes_its_lane();

-- A closed task is handed over no more, whatever closed it. Whoever was at it finds that its run has ended.
create function task_ends_its_delivery() returns trigger
  language plpgsql as
$$
begin
  new.run := null;
  new.run_until := null;
  new.next_try_at := null;
  if new.stage = 'RUNNING' then
    new.stage := 'TAKEN';
  end if;
  return new;
end
$$;

create trigger task_ends_its_delivery before update of state on task
  for each row when (old.state = 'OPEN' and new.state <> 'OPEN')
  execute function task_ends_its_delivery();

-- With the account's channel, what nobody has yet moves: what waits, what has failed, and what people have not done. What
-- runs, is taken or is in doubt stays with whoever may have it.
create function tasks_follow_the_channel() returns trigger
  language plpgsql as
$$
begin
  update task
     set lane = delivery_lane(new.settings),
         stage = case when delivery_lane(new.settings) is not null then 'WAITING' end,
         tries = 0,
         delivery_detail = null,
         next_try_at = case when delivery_lane(new.settings) is not null then coalesce(ready_at, opened_at) end
   where account = new.account
     and state = 'OPEN'
     and (stage is null or stage in ('WAITING', 'FAILED'));
  return null;
end
$$;

create trigger tasks_follow_the_channel after update of settings on account
  for each row when (delivery_lane(old.settings) is distinct from delivery_lane(new.settings))
  execute function tasks_follow_the_channel();
