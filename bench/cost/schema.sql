-- The same tables twice: nobody tracks those of plain. Organisations as Vif's, with fewer columns, and its audit entries.
create schema plain;
create table plain.organisations (
  id uuid primary key,
  workspace_id uuid not null,
  name text not null,
  annual_revenue numeric(16, 2) not null,
  owner_id uuid not null,
  updated_at timestamptz not null default now()
) with (fillfactor = 70);
create index on plain.organisations (workspace_id, owner_id);
create table plain.audit_entries (
  id bigint generated always as identity primary key,
  workspace_id uuid not null,
  user_id uuid not null,
  operation text not null,
  subject_id uuid not null,
  at timestamptz not null default now()
);
insert into plain.organisations (id, workspace_id, name, annual_revenue, owner_id)
  select ('00000000-0000-4000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, '10000000-0000-4000-8000-000000000000', 'Organisation ' || i,
    i, ('20000000-0000-4000-8000-' || lpad(to_hex(i % 60), 12, '0'))::uuid
  from generate_series(0, 9999) i;

create schema tracked;
create table tracked.organisations (like plain.organisations including all) with (fillfactor = 70);
create table tracked.audit_entries (like plain.audit_entries including all);
insert into tracked.organisations select * from plain.organisations;
