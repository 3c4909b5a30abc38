-- What the last line costs in three forms. In an empty database:  psql -f last-line.sql
create extension if not exists btree_gist;

create table pace (account text collate "C" primary key, weekly_cap smallint not null);
insert into pace select 'account-' || i, 100 from generate_series(1, 200) as i;

create table none_ledger (
  account      text collate "C" not null,
  id           bigint generated always as identity,
  at           timestamptz not null,
  cap          smallint,
  returned_at  timestamptz,
  primary key (account, id)
);
create index on none_ledger (account, at) where returned_at is null;

create table trigger_ledger (like none_ledger including all);
create function count_first() returns trigger language plpgsql as
$$
declare
  allowed integer;
  counted integer;
begin
  select weekly_cap into allowed from pace where account = new.account for update;
  select count(*) into counted
    from trigger_ledger
   where account = new.account and at > new.at - interval '168 hours' and returned_at is null;
  if counted >= least(allowed, new.cap) then
    raise exception 'one too many';
  end if;
  return new;
end
$$;
create trigger count_first before insert on trigger_ledger for each row execute function count_first();

create table slot_ledger (like none_ledger including all, slot smallint);
create function week_from(timestamptz) returns tstzrange immutable parallel safe language sql as
  $$ select tstzrange($1, $1 + interval '168 hours') $$;
alter table slot_ledger
  add exclude using gist (account with =, slot with =, week_from(at) with &&) where (returned_at is null);

create procedure fill(form text, rounds integer) language plpgsql as
$$
declare
  t timestamptz;
begin
  for r in 1 .. rounds loop
    t := timestamptz '2026-01-01' + r * interval '6048 seconds';  -- a hundredth of a week
    if form = 'none' then
      insert into none_ledger (account, at, cap) select account, t, 100 from pace;
    elsif form = 'trigger' then
      insert into trigger_ledger (account, at, cap) select account, t, 100 from pace;
    else
      insert into slot_ledger (account, at, cap, slot) select account, t, 100, r % 100 from pace;
    end if;
    commit;
  end loop;
end
$$;

\timing on
call fill('none', 300);
call fill('trigger', 300);
call fill('slot', 300);
truncate none_ledger, trigger_ledger, slot_ledger;
call fill('slot', 300);
call fill('trigger', 300);
call fill('none', 300);
select relname, pg_size_pretty(pg_total_relation_size(oid)) from pg_class where relname like '%\_ledger' order by 1;
