-- What looking at all accounts, at a week and at a person needs: indexes only, so that the version before this one still
-- runs on it.

-- How many were pending some weeks ago: what has ended since was so.
create index invitation_ended on invitation (account, ended_at)
  where ended_at is not null and pending_since is not null;

-- The history of an account as a whole is little beside that of its invitations.
create index history_account on history (account, id) where invitation is null;

-- What was done today.
create index task_done on task (account, closed_at) where state = 'DONE';

-- The words by which a person is found: those of the name, the company and the profile, in lower case. Nobody is found who
-- was erased. The profile's own collation knows no letters but those of ASCII.
create function search_words(profile text, first_name text, last_name text, company text) returns tsvector
  language sql immutable parallel safe as
$$
  select case when profile not like 'erased:%' then
           array_to_tsvector(array_remove(regexp_split_to_array(
             lower((coalesce(first_name, '') || ' ' || coalesce(last_name, '') || ' ' || coalesce(company, '') || ' '
                    || profile) collate "default"),
             '[^[:alnum:]]+'), ''))
         end
$$;

create index invitation_words on invitation using gin (search_words(profile, first_name, last_name, company));
