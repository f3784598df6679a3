-- A table's name as it stands in tags.
create or replace function vif_cache.name_of("table" regclass) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
  select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = "table"
$$;

-- Its trigger function's; names end at 63 bytes.
create or replace function vif_cache.function_of(table_name text) returns text
language sql immutable as $$
  select case when pg_catalog.octet_length(table_name) operator(pg_catalog.<=) 63 then table_name else pg_catalog.md5(table_name) end
$$;

-- The tables above one: those it is a partition of or inherits from.
create or replace function vif_cache.ancestors_of("table" regclass) returns text[]
language sql stable set search_path = pg_catalog, pg_temp as $$
  with recursive above as (
    select inhparent as oid from pg_inherits where inhrelid = "table"
    union select i.inhparent from pg_inherits i join above on i.inhrelid = above.oid)
  select coalesce(array_agg(vif_cache.name_of(oid) order by vif_cache.name_of(oid)), '{}') from above
$$;

create or replace function vif_cache.descendants_of("table" regclass) returns text[]
language sql stable set search_path = pg_catalog, pg_temp as $$
  with recursive below as (
    select inhrelid as oid from pg_inherits where inhparent = "table"
    union select i.inhrelid from pg_inherits i join below on i.inhparent = below.oid)
  select coalesce(array_agg(vif_cache.name_of(oid) order by vif_cache.name_of(oid)), '{}') from below
$$;

-- What of a column's value, as text, stands in tags: text is hashed, so that no name, address or token ever stands in an
-- outbox, in Redis or in a log. `tagValue` of tags.ts is the same.
create or replace function vif_cache.value_sql(alias text, "table" regclass, column_name text) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
  select format(
    case when a.atttypid in ('text'::regtype, 'varchar'::regtype)
      then 'left(encode(sha256(convert_to(%1$I.%2$I::text, ''UTF8'')), ''base64''), 22)' else '%1$I.%2$I::text' end,
    alias, column_name)
  from pg_attribute a where a.attrelid = "table" and a.attname = column_name and a.attnum > 0 and not a.attisdropped
$$;

-- Whether reads may be narrowed by a column. Equal values must have one spelling, since the text of a value is its tag;
-- virtual columns break transition tables.
create or replace function vif_cache.may_be_tracked("table" regclass, column_name text) returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from pg_attribute a left join pg_collation l on l.oid = a.attcollation
    where a.attrelid = "table" and a.attname = column_name and a.attnum > 0 and not a.attisdropped
      and a.attgenerated in ('', 's')
      and a.atttypid in ('int2'::regtype, 'int4'::regtype, 'int8'::regtype, 'uuid'::regtype, 'bool'::regtype,
        'text'::regtype, 'varchar'::regtype)
      and coalesce(l.collisdeterministic, true))
$$;

-- Of each table the primary key's columns, where rows of old and new can be told by them: not where children may repeat a
-- key, nor with a deferred key, a virtual column (which would have to be read), a type whose `=` is not PostgreSQL's own, or
-- a column that is called as rows are in the trigger's function. Views, as they are asked several times a second and cost
-- a tenth of functions.
drop view if exists vif_cache.shapes, vif_cache.keys;
create view vif_cache.keys as
  select c.oid, (
    select pg_catalog.array_agg(a.attname::text order by a.attnum)
    from pg_catalog.pg_index i join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
      join pg_catalog.pg_type t on t.oid = a.atttypid
    where i.indrelid = c.oid and i.indisprimary and i.indimmediate and i.indisvalid
      and (c.relkind = 'p' or not exists (select from pg_catalog.pg_inherits h where h.inhparent = c.oid))
      and not exists (select from pg_catalog.pg_attribute v where v.attrelid = c.oid
        and (v.attgenerated = 'v' or v.attname in ('old row', 'new row')))
    having pg_catalog.bool_and(t.typnamespace = 'pg_catalog'::regnamespace)) as columns
  from pg_catalog.pg_class c;

-- What a tracked table's trigger function is written for beside its columns' names: the key, and the columns' types.
-- Another one means that it must be written anew.
create view vif_cache.shapes as
  select k.oid, t.table_name, pg_catalog.concat_ws(' ', k.columns, (
    select pg_catalog.string_agg(pg_catalog.concat_ws(' ', a.attname, a.atttypid, a.attcollation), ',' order by a.attnum)
    from pg_catalog.pg_attribute a
    where a.attrelid = k.oid and a.attnum > 0 and not a.attisdropped and a.attname = any (t.columns || t.workspace_column))) as shape
  from vif_cache.keys k, vif_cache.tracked t;
