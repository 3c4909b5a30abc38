-- Whether the campaign had a draft that could go at the account's last choice. Who was not in line starts at virtual
-- time, so that what was missed is not caught up.
alter table campaign
  add column in_line boolean not null default false;

-- What became of each campaign's invitations.
create index invitation_campaign on invitation (account, coalesce(campaign, ''), state);
