-- A table's name as it stands in tags.
create or replace function vif_cache.name_of("table" regclass) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
  select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = "table"
$$;

-- Its trigger function's; names end at 63 bytes.
create or replace function vif_cache.function_of(table_name text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case when octet_length(table_name) <= 63 then table_name else md5(table_name) end
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

-- The primary key's columns, where rows of old and new can be told by them: not where children may repeat a key, nor
-- with a deferred key, a virtual column (which would have to be read), a type whose `=` is not PostgreSQL's own, or a
-- column that is called as rows are in the trigger's function.
create or replace function vif_cache.key_of("table" regclass) returns text[]
language sql stable set search_path = pg_catalog, pg_temp as $$
  select array_agg(a.attname::text order by a.attnum)
  from pg_index i join pg_class c on c.oid = i.indrelid
    join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
    join pg_type t on t.oid = a.atttypid
  where i.indrelid = "table" and i.indisprimary and i.indimmediate and i.indisvalid
    and (c.relkind = 'p' or not exists (select from pg_inherits h where h.inhparent = c.oid))
    and not exists (select from pg_attribute v where v.attrelid = c.oid
      and (v.attgenerated = 'v' or v.attname in ('old row', 'new row')))
  having bool_and(t.typnamespace = 'pg_catalog'::regnamespace)
$$;

-- What a trigger function is written for beside the columns' names. Another one means that it must be written anew.
create or replace function vif_cache.shape_of("table" regclass, workspace_column text, columns text[]) returns text
language sql stable set search_path = pg_catalog, pg_temp as $$
  select format('%s %s', vif_cache.key_of("table"), (
    select string_agg(format('%s %s %s', a.attname, a.atttypid, a.attcollation), ',' order by a.attnum)
    from pg_attribute a
    where a.attrelid = "table" and a.attnum > 0 and not a.attisdropped and a.attname = any (columns || workspace_column)))
$$;
