-- Called by functions that fix the search path, so it need not, which would cost it a tenth.
-- NOTIFY makes commits wait for each other, so only writers that nobody bumps for send it; it wakes who drains.
create or replace function vif_cache.emit(tags text[], table_name text, operation text) returns void
language plpgsql as $$
declare
  connection text := coalesce(pg_catalog.current_setting('vif_cache.connection', true), '');
begin
  insert into vif_cache.outbox (connection, tags, table_name, operation)
    values (connection, emit.tags, emit.table_name, emit.operation);
  if connection = '' then perform pg_catalog.pg_notify('vif_cache', ''); end if;
end $$;

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
