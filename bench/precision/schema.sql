-- A CRM as Vif's, and the interactions that Vif does not have yet: tables in data, views of one workspace in app.
create extension if not exists pg_trgm;
create extension if not exists btree_gin;
create schema data;
create schema app;

create table data.members (
  id uuid primary key,
  workspace_id uuid not null,
  name text not null
);
create table data.organisations (
  id uuid primary key,
  workspace_id uuid not null,
  name text not null,
  category text,
  active boolean not null,
  email text,
  phone text,
  city text,
  country text,
  annual_revenue numeric(16, 2),
  owner_id uuid not null references data.members,
  notes text,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  search_text text not null
);
create table data.people (
  id uuid primary key,
  workspace_id uuid not null,
  first_name text not null,
  last_name text not null,
  job_title text,
  email text,
  organisation_id uuid not null references data.organisations,
  -- As in Vif, so that lists sort by it.
  organisation_name text not null,
  owner_id uuid not null references data.members,
  updated_at timestamptz not null,
  deleted_at timestamptz,
  search_text text not null
);
create table data.interactions (
  id uuid primary key,
  workspace_id uuid not null,
  organisation_id uuid not null references data.organisations,
  person_id uuid not null references data.people,
  owner_id uuid not null references data.members,
  kind text not null,
  subject text not null,
  happened_on date not null
);

create view app.members as select * from data.members where workspace_id = current_setting('vif.workspace')::uuid;
create view app.organisations as select * from data.organisations where workspace_id = current_setting('vif.workspace')::uuid;
create view app.people as select * from data.people where workspace_id = current_setting('vif.workspace')::uuid;
create view app.interactions as select * from data.interactions where workspace_id = current_setting('vif.workspace')::uuid;

-- From a row's number to its id, as idOf() of house.ts does.
create function data.id_of(kind integer, number bigint) returns uuid language sql immutable as $$
  select (kind || '0000000-0000-4000-8000-' || lpad(to_hex(number), 12, '0'))::uuid
$$;
