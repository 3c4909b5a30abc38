-- The list of open tasks, for who reads them in the order in which they were opened. Its condition is the same as "state =
-- 'OPEN'" in other words, on purpose: while hardly any task was open when PostgreSQL last counted, it takes every index on open
-- tasks to be empty, and would read through this one, which does not begin with the account, for the few of one account.
drop index task_open_list;
create index task_open_list on task (id) where closed_at is null;
