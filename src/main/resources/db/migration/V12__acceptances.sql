-- When LinkedIn is asked next which of an account's invitations were accepted. A row is made when the account's turn comes up.
create table acceptance_poll (
  account     text collate "C" primary key references account on delete cascade,
  due_at      timestamptz not null,            -- the service's time
  next_start  integer     not null default 0,  -- where the list is read on; it is gone through again and again
  failures    integer     not null default 0,  -- in a row
  run         uuid,                            -- the token of the process that asks now
  run_until   timestamptz,                     -- the database's own clock
  check ((run is null) = (run_until is null))
);

create index acceptance_poll_due on acceptance_poll (due_at);
create index task_reference on task (account, reference) where reference is not null;
