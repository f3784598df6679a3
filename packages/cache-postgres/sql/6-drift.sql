-- The relations whose every write must leave a row: of the schemas named, those that were ever tracked or have triggers of
-- ours, and what is above or below one of them.
drop view if exists vif_cache.watched;
create view vif_cache.watched as
  with recursive named as (
    select c.oid from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'm', 'f') and c.relpersistence <> 't'
      and (n.nspname in (select s.name from vif_cache.schemas s)
        or n.nspname || '.' || c.relname in (select t.table_name from vif_cache.tracked t))
    union
    select t.tgrelid from pg_catalog.pg_trigger t join pg_catalog.pg_proc p on p.oid = t.tgfoid
    where p.pronamespace = 'vif_cache'::regnamespace
  ), tree as (
    select oid from named
    union
    select case when i.inhparent = tree.oid then i.inhrelid else i.inhparent end
    from pg_catalog.pg_inherits i join tree on tree.oid in (i.inhparent, i.inhrelid)
  )
  select c.oid, n.nspname || '.' || c.relname as name
  from tree join pg_catalog.pg_class c on c.oid = tree.oid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'm', 'f') and n.nspname <> 'vif_cache'
    and not exists (select from vif_cache.exempt e where e.table_name = n.nspname || '.' || c.relname);

-- The watched relations whose writes may pass unseen, or leave other tags than readers ask for: a trigger missing, switched
-- off, conditional or with other arguments, a key, type or tree that its function was not written for, or rows that a
-- subscription applies (which fires no statement's trigger); and transactions that were prepared before a crash emptied the
-- outbox. Nothing may be served while there is one.
create or replace function vif_cache.untracked() returns setof text
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from vif_cache.outbox_kept) then
    insert into vif_cache.outbox_kept (prepared)
      select coalesce(array_agg(p.transaction), '{}') from pg_prepared_xacts p where p.database = current_database()
      on conflict do nothing;
  end if;
  return query
    select w.name
    from vif_cache.watched w left join vif_cache.tracked k on k.table_name = w.name
    where
      -- tgtype's bits: 4 insert, 8 delete, 16 update, 32 truncate; none of 1 (for each row), 2 (before) and 64 (instead).
      (select count(distinct t.tgtype) from pg_trigger t join pg_proc p on p.oid = t.tgfoid
        where t.tgrelid = w.oid and p.pronamespace = 'vif_cache'::regnamespace and p.proname = vif_cache.function_of(w.name)
          and t.tgtype in (4, 8, 16, 32) and t.tgenabled = 'A' and t.tgqual is null and t.tgattr = ''::int2vector
          and t.tgargs = k.arguments) < 4
      or k.shape <> (select s.shape from vif_cache.shapes s where s.oid = w.oid and s.table_name = w.name)
      or (exists (select from pg_inherits i where i.inhrelid = w.oid) or k.ancestors <> '{}')
        and k.ancestors <> vif_cache.ancestors_of(w.oid)
      or (exists (select from pg_inherits i where i.inhparent = w.oid) or k.descendants <> '{}')
        and k.descendants <> vif_cache.descendants_of(w.oid)
      or exists (select from pg_subscription_rel s where s.srrelid = w.oid)
    union all
    select format('prepared transaction %L', p.gid) from pg_prepared_xacts p, vif_cache.outbox_kept k
    where p.database = current_database() and p.transaction = any (k.prepared)
    order by 1;
end $$;

-- What may change without a trigger having fired, and what readers know of the schema: the watched tables, every view, what
-- else has the name of one of them, and their columns, rules, policies, triggers and files; and the database's own functions,
-- operators, casts, types, collations and text search, and roles and their settings. Another text means that writes
-- may have passed unseen, as between `disable trigger` and `enable always trigger`, that a table was rewritten, or that
-- statements may read other tables than they did.
create or replace function vif_cache.tracking() returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return (
    with watched as materialized (
      select w.oid from vif_cache.watched w union all select 'vif_cache.outbox'::regclass
    ), known as materialized (
      select oid from watched
      union
      select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'v' and c.relpersistence <> 't' and n.nspname not in ('pg_catalog', 'information_schema')
    ), shown as (
      select oid from known
      union
      select c.oid from pg_class c join pg_class k on k.relname = c.relname join known on known.oid = k.oid
      where c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relpersistence <> 't'
    )
    select md5(string_agg(concat_ws(' ', c.oid, c.xmin, n.xmin,
      -- A view has none; another's table of the same name may be rewritten as it likes.
      case when c.oid in (select oid from watched) then c.relfilenode end,
      (select string_agg(concat_ws(' ', t.oid, t.xmin, p.xmin), ',' order by t.oid)
        from pg_trigger t join pg_proc p on p.oid = t.tgfoid where t.tgrelid = c.oid),
      (select string_agg(a.xmin::text, ',' order by a.attnum) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0),
      (select string_agg(r.xmin::text, ',' order by r.oid) from pg_rewrite r where r.ev_class = c.oid),
      (select string_agg(concat_ws(' ', y.oid, y.xmin), ',' order by y.oid) from pg_policy y where y.polrelid = c.oid),
      (select string_agg(i.inhparent::text, ',' order by i.inhparent) from pg_inherits i where i.inhrelid = c.oid)
      ), ';' order by c.oid))
    from shown join pg_class c on c.oid = shown.oid join pg_namespace n on n.oid = c.relnamespace)
    -- What words in a statement mean besides: functions, operators and casts of the database's own, and search paths.
    || (select coalesce(md5(string_agg(concat_ws(' ', m.oid, m.xmin), ',' order by m.oid, m.xmin)), '') from (
      select oid, xmin::text from pg_proc where oid >= 16384
      union all select oid, xmin::text from pg_operator where oid >= 16384
      union all select oid, xmin::text from pg_cast where oid >= 16384
      union all select oid, xmin::text from pg_collation where oid >= 16384
      union all select oid, xmin::text from pg_enum
      union all select oid, xmin::text from pg_ts_dict where oid >= 16384
      union all select mapcfg, xmin::text from pg_ts_config_map where mapcfg >= 16384
      -- Not the rows and arrays of tables, which temporary ones have too.
      union all select oid, xmin::text from pg_type where oid >= 16384 and typrelid = 0 and typelem = 0
      -- Whom policies hold for.
      union all select oid, concat(rolsuper, rolbypassrls, rolinherit) from pg_roles
      union all select roleid, concat(member, ' ', xmin) from pg_auth_members
      union all select setrole, xmin::text from pg_db_role_setting) m);
end $$;

-- Sets the triggers of untracked tables to `always` again, which `pg_restore --disable-triggers` leaves at `on`. For the
-- owner, before anything is cached. One that was dropped stays so, and its table untracked.
create or replace function vif_cache.mend_tracking() returns void
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
