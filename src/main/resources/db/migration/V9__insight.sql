-- When an invitation left: as its sender reported, otherwise when it was released. Statistics read by it.
create index invitation_left on invitation (account, (coalesce(sent_at, released_at)))
  where coalesce(sent_at, released_at) is not null;
