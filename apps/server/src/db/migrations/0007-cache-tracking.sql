-- What may change without a trigger having fired: which triggers there are and since when they are as they are, and in
-- which files the tables lie. Another text means that writes may have passed unseen, as between `disable trigger` and
-- `enable always trigger`, or that a table was rewritten.
create function vif_cache.tracking() returns text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select md5(string_agg(format('%s %s %s %s', c.oid, c.relfilenode, t.oid, t.xmin), ',' order by c.oid, t.oid))
  from pg_class c join pg_namespace n on n.oid = c.relnamespace left join pg_trigger t on t.tgrelid = c.oid
  where c.oid = 'vif_cache.outbox'::regclass
    or n.nspname in ('data', 'auth') and c.relkind in ('r', 'p', 'm', 'f')
      and not exists (select from vif_cache.exempt e where e.table_name = n.nspname || '.' || c.relname)
$$;

-- Sets the triggers of untracked tables to `always` again, which `pg_restore --disable-triggers` leaves at `on`. For the
-- owner, before anything is cached. One that was dropped stays so, and its table untracked.
create function vif_cache.mend_tracking() returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  found record;
begin
  for found in
    select t.tgrelid::regclass as relation, t.tgname
    from pg_trigger t join pg_proc p on p.oid = t.tgfoid
    where p.pronamespace = 'vif_cache'::regnamespace and t.tgenabled <> 'A' and t.tgparentid = 0
  loop
    execute format('alter table %s enable always trigger %I', found.relation, found.tgname);
  end loop;
end $$;

revoke execute on all functions in schema vif_cache from public;
