-- Who changed last where webhooks go and whom events are posted to, as the history tells people and keys. Null: before this was noted.

alter table endpoint     add column changed_by text;
alter table subscription add column changed_by text;
