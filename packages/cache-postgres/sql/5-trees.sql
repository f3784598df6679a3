-- The topmost table of a tree of partitions or children.
create or replace function vif_cache.root_of("table" regclass) returns regclass
language sql stable set search_path = pg_catalog, pg_temp as $$
  with recursive above as (
    select "table"::oid as oid union select i.inhparent from pg_inherits i join above on i.inhrelid = above.oid)
  select oid::regclass from above where not exists (select from pg_inherits i where i.inhrelid = above.oid) limit 1
$$;

-- Tracks a table by the same columns again, with the partitions or children that it has now; for after its key, its
-- columns' types or its partitions have changed, in the same transaction.
create or replace function vif_cache.retrack("table" regclass) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  root regclass := vif_cache.root_of("table");
  known vif_cache.tracked;
begin
  select * into known from vif_cache.tracked where table_name = vif_cache.name_of(root);
  if not found then raise exception '% was not tracked', root; end if;
  perform vif_cache.track(root, known.workspace_column, variadic known.columns);
end $$;

-- Attaches a partition, such as `vif_cache.attach('logs', 'logs_2030', $$for values from (2030) to (2031)$$)`, and has what
-- was read from the tree read anew.
create or replace function vif_cache.attach(parent regclass, partition regclass, bounds text) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  execute format('alter table %s attach partition %s %s', parent, partition, bounds);
  perform vif_cache.retrack(parent);
end $$;

-- Detaches it. It is tracked by itself from then on.
create or replace function vif_cache.detach(parent regclass, partition regclass) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  execute format('alter table %s detach partition %s', parent, partition);
  perform vif_cache.retrack(parent);
  perform vif_cache.retrack(partition);
end $$;

-- Tracks a table no longer. Whoever reads it must not cache it.
create or replace function vif_cache.untrack("table" regclass) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  name text := vif_cache.name_of("table");
  event text;
begin
  perform vif_cache.emit(array['*:' || name || ':bulk'], name, 'UNTRACK');
  foreach event in array array['insert', 'update', 'delete', 'truncate'] loop
    execute format('drop trigger if exists %I on %s', 'vif_cache_' || event, "table");
  end loop;
  execute format('drop function if exists vif_cache.%I()', vif_cache.function_of(name));
  delete from vif_cache.tracked where table_name = name;
end $$;
