-- Answers one JSON object. Names come qualified, since the search path is pg_catalog meanwhile; $1: extensions whose
-- functions, operators, types and casts were reviewed; $2: stable functions of theirs that were.
with
reviewed as (
  select d.classid, d.objid
  from pg_depend d join pg_extension e on d.refclassid = 'pg_extension'::regclass and d.refobjid = e.oid
  where d.deptype = 'e' and e.extname = any($1::text[])
),
-- Of a type outside pg_catalog, whether its values are known to come and compare without anybody's code.
types as (
  select t.oid, n.nspname || '.' || t.typname as name, n.nspname = 'pg_catalog' as builtin, t.typtype, t.typelem, t.typbasetype, t.typcategory in ('D', 'R') as temporal,
    n.nspname = 'pg_catalog' or t.typtype = 'e'
      or exists (select from reviewed r where r.classid = 'pg_type'::regclass and r.objid = t.oid) as own_ok,
    exists (
      select from pg_operator o
      where t.oid in (o.oprleft, o.oprright) and o.oid >= 16384
        and not exists (select from reviewed r where r.classid = 'pg_operator'::regclass and r.objid = o.oid)
    ) or exists (
      select from pg_cast c
      where t.oid in (c.castsource, c.casttarget) and c.oid >= 16384 and c.castfunc <> 0
        and not exists (select from reviewed r where r.classid = 'pg_cast'::regclass and r.objid = c.oid)
    ) as strange
  from pg_type t join pg_namespace n on n.oid = t.typnamespace
),
plain as (
  select t.oid, t.name, t.builtin, t.temporal, (t.own_ok or e.own_ok is true or b.own_ok is true)
    and (t.builtin or not t.strange) and not coalesce(not e.builtin and e.strange, false)
    and not coalesce(not b.builtin and b.strange, false) as ok
  from types t left join types e on e.oid = t.typelem and not t.builtin left join types b on b.oid = t.typbasetype and t.typtype = 'd'
),
own_functions as (
  select p.proname as name,
    string_agg(n.nspname || '.' || p.proname, ', ') filter (where not (
      exists (select from reviewed r where r.classid = 'pg_proc'::regclass and r.objid = p.oid)
      and (p.provolatile = 'i' or p.proname = any($2::text[])))) as unreviewed
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where n.nspname not in ('pg_catalog', 'information_schema')
  group by 1
)
select json_build_object(
  'relations', (
    select json_agg(json_build_object(
      'schema', n.nspname, 'name', c.relname,
      'kind', case when c.relpersistence = 't' then 't' else c.relkind::text end,
      'columns', (
        select json_agg(json_build_array(a.attname, a.atttypid::int8, coalesce(l.collisdeterministic, true),
          case when not p.ok then p.name end, p.temporal) order by a.attnum)
        from pg_attribute a join plain p on p.oid = a.atttypid left join pg_collation l on l.oid = a.attcollation
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
      'tracked', (
        -- tgtype's bits: 4 insert, 8 delete, 16 update, 32 truncate. All four, or a write might pass.
        select case when count(distinct t.tgtype) = 4 and count(distinct t.tgargs) = 1
          then encode((array_agg(t.tgargs))[1], 'hex') end
        from pg_trigger t join pg_proc p on p.oid = t.tgfoid
        where t.tgrelid = c.oid and p.pronamespace = to_regnamespace('vif_cache') and t.tgtype in (4, 8, 16, 32)
          and t.tgenabled = 'A' and t.tgqual is null and t.tgattr = ''::int2vector),
      'definition', case when c.relkind = 'v' then pg_get_viewdef(c.oid) end,
      'invoker', coalesce((select o.option_value::bool from pg_options_to_table(c.reloptions) o where o.option_name = 'security_invoker'), false),
      'policed', row_security_active(c.oid),
      'policies', case when c.relrowsecurity then (
        select json_agg(json_build_array(pg_get_expr(y.polqual, c.oid), y.polpermissive, y.polroles = '{0}'))
        from pg_policy y where y.polrelid = c.oid and y.polcmd in ('r', '*') and y.polqual is not null) end))
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
      and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'vif_cache')
      -- Another session's temporary relations are nobody else's.
      and (n.nspname not like 'pg\_temp\_%' or c.relnamespace = pg_my_temp_schema())),
  'immutable', (
    select json_agg(name) from (
      select p.proname as name from pg_proc p where p.pronamespace = 'pg_catalog'::regnamespace
      group by 1 having bool_and(p.provolatile = 'i')) f),
  'changing', (select json_agg(distinct p.proname) from pg_proc p where p.pronamespace = 'pg_catalog'::regnamespace and p.provolatile <> 'i'),
  'builtinTypes', (select json_agg(t.typname) from pg_type t
    where t.typnamespace = 'pg_catalog'::regnamespace and t.typtype in ('b', 'r', 'm')),
  'ownFunctions', (select json_agg(json_build_array(f.name, f.unreviewed)) from own_functions f),
  'asColumns', (select json_agg(distinct p.proname) from pg_proc p where p.pronargs > 0 and p.pronargs - p.pronargdefaults <= 1),
  'manyRowed', (select json_agg(distinct p.proname) from pg_proc p where p.prokind in ('a', 'w') or p.proretset),
  'strangeOperators', (
    select json_agg(distinct o.oprname)
    from pg_operator o left join types l on l.oid = o.oprleft left join types r on r.oid = o.oprright
    where o.oprnamespace <> 'pg_catalog'::regnamespace and coalesce(l.builtin, true) and coalesce(r.builtin, true)
      and not exists (select from reviewed v where v.classid = 'pg_operator'::regclass and v.objid = o.oid)),
  'strangeCast', (
    select format('%s to %s', s.name, t.name)
    from pg_cast c join types s on s.oid = c.castsource join types t on t.oid = c.casttarget
    where c.oid >= 16384 and s.builtin and t.builtin limit 1),
  'temporalTypes', (
    select json_agg(distinct t.typname)
    from pg_type t left join pg_type e on e.oid = t.typelem
    where (t.typcategory in ('D', 'R') or e.typcategory in ('D', 'R') or t.typtype = 'd' and t.typcategory = 'A')
      and t.typname !~ '^_?(int4|int8|num)(multi)?range$'),
  'castable', (select json_agg(p.name) from plain p where p.ok and not p.builtin)
)::text as catalogue
