-- Called by functions that fix the search path, so it need not, which would cost it a tenth.
-- Who commits through the package hears of the row as it is written (noticed-rows.ts): as INFO, which no
-- client_min_messages holds back. NOTIFY makes commits wait for each other, so only writers that nobody bumps for send it;
-- it wakes who drains.
create or replace function vif_cache.emit(tags text[], table_name text, operation text) returns void
language plpgsql as $$
declare
  connection text;
  told text;
begin
  insert into vif_cache.outbox as o (connection, tags, table_name, operation)
    values (coalesce(pg_catalog.current_setting('vif_cache.connection', true), ''), emit.tags, emit.table_name, emit.operation)
    returning o.connection, pg_catalog.json_build_array(o.id::text, o.tags, o.table_name, o.operation, o.transaction)
    into connection, told;
  if connection = '' then perform pg_catalog.pg_notify('vif_cache', ''); else raise info 'vif_cache %', told; end if;
end $$;

-- By its being there connections know that the function above tells them.
create or replace function vif_cache.tells() returns void language sql as '';

-- As triggers of older versions call it.
create or replace function vif_cache.emit(tags text[]) returns void
language sql as $$ select vif_cache.emit(tags, null, null) $$;

-- Bumps everything of every tracked table, for changes that fire no trigger (ALTER … TYPE rewrites a table in silence).
create or replace function vif_cache.emit_bulk() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  tags text[] := (
    select array_agg(distinct '*:' || n.nspname || '.' || c.relname || ':bulk')
    from pg_trigger t join pg_proc p on p.oid = t.tgfoid
      join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where p.pronamespace = 'vif_cache'::regnamespace);
begin
  if tags is not null then perform vif_cache.emit(tags, null, 'BULK'); end if;
end $$;
