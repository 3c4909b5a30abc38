-- Where webhooks go. Secrets are encrypted by the service; the database never has them in clear.
create table endpoint (
  name             text collate "C" primary key check (name ~ '^[a-z0-9-]{1,63}$'),
  url              text             not null,
  secret           bytea            not null,
  previous_secret  bytea,                       -- signs too, until previous_until
  previous_until   timestamptz,
  off_since        timestamptz,                 -- null: it is on
  off_reason       text,
  created_at       timestamptz      not null,
  changed_at       timestamptz      not null,
  check ((previous_secret is null) = (previous_until is null)),
  check ((off_since is null) = (off_reason is null))
);

-- Whether accounts use an endpoint.
create index account_endpoint on account ((settings ->> 'endpoint'))
  where settings ->> 'endpoint' is not null;
