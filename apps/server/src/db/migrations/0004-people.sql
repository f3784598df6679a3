create table data.people (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references auth.organization on delete cascade,
  first_name text,
  last_name text not null,
  job_title text,
  email text,
  phone text,
  phone_raw text,
  organisation_id uuid,
  -- The organisation's name, kept by the triggers below so that a list sorts by it with an index.
  organisation_name text,
  owner_id uuid not null,
  notes text,
  external_id text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  search_text text not null,
  name_key text not null,
  unique (workspace_id, id),
  unique (workspace_id, external_id),
  foreign key (workspace_id, owner_id) references auth.member ("organizationId", "userId"),
  constraint people_organisation_fkey foreign key (workspace_id, organisation_id)
    references data.organisations (workspace_id, id) on delete set null (organisation_id)
);

create view app.people as
  select * from data.people where workspace_id = current_setting('vif.workspace')::uuid
  with local check option;
alter view app.people alter column workspace_id set default current_setting('vif.workspace')::uuid;

-- FOR KEY SHARE does not conflict with an edit of other columns, but a rename takes its row FOR NO KEY UPDATE and
-- then updates the people it sees; FOR SHARE here makes a person being added wait for that rename, or it for them.
create function data.copy_organisation_name() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  new.organisation_name := null;
  if new.organisation_id is not null then
    select o.name into new.organisation_name from data.organisations o
      where o.workspace_id = new.workspace_id and o.id = new.organisation_id for share;
  end if;
  return new;
end $$;

create function data.spread_organisation_name() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  update data.people p set organisation_name = new.name
    where p.workspace_id = new.workspace_id and p.organisation_id = new.id;
  return null;
end $$;

create trigger guard_owner before insert or update or delete on data.people
  for each row execute function data.guard_owner();
create trigger copy_organisation_name before insert on data.people
  for each row execute function data.copy_organisation_name();
create trigger copy_organisation_name_again before update of organisation_id on data.people
  for each row when (old.organisation_id is distinct from new.organisation_id)
  execute function data.copy_organisation_name();
-- Not when a renamed organisation's trigger made the change: nobody edited the person.
create trigger touch before update on data.people
  for each row when (old.* is distinct from new.* and pg_trigger_depth() = 0) execute function data.touch();
create trigger spread_name after update of name on data.organisations
  for each row when (old.name is distinct from new.name) execute function data.spread_organisation_name();

create index on data.people (workspace_id, last_name collate app.reading, first_name collate app.reading, id) where deleted_at is null;
create index on data.people (workspace_id, last_name collate app.reading desc, first_name collate app.reading desc nulls last, id desc) where deleted_at is null;
create index on data.people (workspace_id, first_name collate app.reading, id) where deleted_at is null;
create index on data.people (workspace_id, first_name collate app.reading desc nulls last, id desc) where deleted_at is null;
create index on data.people (workspace_id, job_title collate app.reading, id) where deleted_at is null;
create index on data.people (workspace_id, job_title collate app.reading desc nulls last, id desc) where deleted_at is null;
create index on data.people (workspace_id, email collate app.reading, id) where deleted_at is null;
create index on data.people (workspace_id, email collate app.reading desc nulls last, id desc) where deleted_at is null;
create index on data.people (workspace_id, phone, id) where deleted_at is null;
create index on data.people (workspace_id, phone desc nulls last, id desc) where deleted_at is null;
create index on data.people (workspace_id, organisation_name collate app.reading, id) where deleted_at is null;
create index on data.people (workspace_id, organisation_name collate app.reading desc nulls last, id desc) where deleted_at is null;
create index on data.people (workspace_id, updated_at, id) where deleted_at is null;
create index on data.people (workspace_id, owner_id, last_name collate app.reading, id) include (deleted_at);
create index on data.people (workspace_id, organisation_id, last_name collate app.reading, id);
create index on data.people (workspace_id, deleted_at, id) where deleted_at is not null;
create index on data.people using gin (workspace_id, search_text gin_trgm_ops);
create index on data.people using gin (workspace_id, name_key gin_trgm_ops);
create index on data.people (workspace_id, lower(email));
