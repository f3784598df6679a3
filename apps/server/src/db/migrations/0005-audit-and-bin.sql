-- Who did what: one row a write that passed the write door, in its transaction.
create table data.audit_entries (
  id bigint generated always as identity primary key,
  workspace_id uuid not null references auth.organization on delete cascade,
  at timestamptz not null default now(),
  user_id uuid not null,
  operation text not null,
  subject_id uuid,
  request_id text not null
);
create index on data.audit_entries (workspace_id, id);

create view app.audit_entries as
  select * from data.audit_entries where workspace_id = current_setting('vif.workspace')::uuid
  with local check option;
alter view app.audit_entries alter column workspace_id set default current_setting('vif.workspace')::uuid;

-- Deletes for good what has been in any workspace's bin for 30 days; a background job calls it.
create function app.empty_bins() returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  gone integer;
  more integer;
begin
  delete from data.people where deleted_at < now() - interval '30 days';
  get diagnostics gone = row_count;
  delete from data.organisations where deleted_at < now() - interval '30 days';
  get diagnostics more = row_count;
  return gone + more;
end $$;
revoke execute on function app.empty_bins() from public;
