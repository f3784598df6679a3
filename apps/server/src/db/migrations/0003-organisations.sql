-- What every business table shares.

-- `vif.owner` is set by the write door when a role may touch only what it owns; then nobody's else record can be
-- written, whatever a feature forgot. Changes that a trigger makes (a renamed organisation's people) are not the user's.
create function data.guard_owner() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  self text := current_setting('vif.owner', true);
begin
  if pg_trigger_depth() = 1 and self <> '' and (
    (tg_op <> 'INSERT' and old.owner_id::text <> self) or (tg_op <> 'DELETE' and new.owner_id::text <> self)
  ) then
    raise exception 'not the owner' using errcode = 'VF403';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;

create function data.touch() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  new.updated_at := now();
  return new;
end $$;

create table data.organisations (
  id uuid primary key default gen_random_uuid(),
  workspace_id uuid not null references auth.organization on delete cascade,
  name text not null,
  category text,
  active boolean not null default true,
  email text,
  phone text,
  phone_raw text,
  website text,
  address text,
  postal_code text,
  city text,
  country text,
  siren text,
  annual_revenue numeric(16, 2),
  owner_id uuid not null,
  notes text,
  external_id text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz,
  -- Made by searchTextOf() when the record is written: name, e-mail and phone without accents and case.
  search_text text not null,
  -- Made by organisationNameKey(): what two spellings of one name share.
  name_key text not null,
  unique (workspace_id, id),
  unique (workspace_id, external_id),
  foreign key (workspace_id, owner_id) references auth.member ("organizationId", "userId")
);

create view app.organisations as
  select * from data.organisations where workspace_id = current_setting('vif.workspace')::uuid
  with local check option;
alter view app.organisations alter column workspace_id set default current_setting('vif.workspace')::uuid;

create trigger guard_owner before insert or update or delete on data.organisations
  for each row execute function data.guard_owner();
create trigger touch before update on data.organisations
  for each row when (old.* is distinct from new.*) execute function data.touch();

-- One index a sorted column and direction: blanks come last either way, which one index cannot give.
create index on data.organisations (workspace_id, name collate app.reading, id) where deleted_at is null;
create index on data.organisations (workspace_id, category collate app.reading, id) where deleted_at is null;
create index on data.organisations (workspace_id, category collate app.reading desc nulls last, id desc) where deleted_at is null;
create index on data.organisations (workspace_id, active, id) where deleted_at is null;
create index on data.organisations (workspace_id, email collate app.reading, id) where deleted_at is null;
create index on data.organisations (workspace_id, email collate app.reading desc nulls last, id desc) where deleted_at is null;
create index on data.organisations (workspace_id, phone, id) where deleted_at is null;
create index on data.organisations (workspace_id, phone desc nulls last, id desc) where deleted_at is null;
create index on data.organisations (workspace_id, city collate app.reading, id) where deleted_at is null;
create index on data.organisations (workspace_id, city collate app.reading desc nulls last, id desc) where deleted_at is null;
create index on data.organisations (workspace_id, country, id) where deleted_at is null;
create index on data.organisations (workspace_id, country desc nulls last, id desc) where deleted_at is null;
create index on data.organisations (workspace_id, annual_revenue, id) where deleted_at is null;
create index on data.organisations (workspace_id, annual_revenue desc nulls last, id desc) where deleted_at is null;
create index on data.organisations (workspace_id, updated_at, id) where deleted_at is null;
-- By owner, and to move or count a member's records (those in the bin too, which a count of the others tells from the
-- index alone).
create index on data.organisations (workspace_id, owner_id, name collate app.reading, id) include (deleted_at);
create index on data.organisations (workspace_id, deleted_at, id) where deleted_at is not null;
-- Search and likely duplicates.
create index on data.organisations using gin (workspace_id, search_text gin_trgm_ops);
create index on data.organisations using gin (workspace_id, name_key gin_trgm_ops);
create index on data.organisations (workspace_id, lower(email));
create index on data.organisations (workspace_id, siren) where siren is not null;
create index on data.organisations (workspace_id, website) where website is not null;
