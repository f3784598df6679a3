-- More distinct tags of one statement than this are not worth their bumps.
create or replace function vif_cache.max_tags() returns integer language sql immutable as $$ select 100 $$;

-- The tags of one row, a list in SQL; null where a value is null, since no read pins a column to null.
create or replace function vif_cache.row_tags_sql(
  alias text, "table" regclass, workspace_column text, columns text[], names text[])
returns text[] language sql stable set search_path = pg_catalog, pg_temp as $$
  select array_agg(s.tag)
  from unnest(names) t, coalesce(vif_cache.value_sql(alias, "table", workspace_column), $q$'*'$q$) w, lateral (
    select format('%s || %L', w, ':' || t || ':any')
    union all select format('%s || %L || %s', w, ':' || t || ':' || c || '=', vif_cache.value_sql(alias, "table", c))
    from unnest(columns) c) s (tag)
$$;

-- Writes the trigger function of one table, so that its statements are planned once a connection and not at each write.
-- Its own tags and those of the tables above it; of the tables below, whose rows may be among the changed ones, bulk.
create or replace function vif_cache.write_function(
  "table" regclass, workspace_column text, columns text[], ancestors text[], descendants text[])
returns void language plpgsql set search_path = pg_catalog, pg_temp as $write$
declare
  name text := vif_cache.name_of("table");
  names text[] := name || ancestors;
  max_tags integer := vif_cache.max_tags();
  key text[] := (select k.columns from vif_cache.keys k where k.oid = "table");
  partitioned boolean := (select c.relkind = 'p' from pg_class c where c.oid = "table");
  -- Of a row of old or new: its workspace and the tracked values. No column can be called as these aliases are.
  old_values text;
  new_values text;
  value_names text;
  scopes text;
  everything text[];
  bulks text[];
  -- Of one row of them: its tags.
  old_tags text[] := vif_cache.row_tags_sql('old row', "table", workspace_column, columns, names);
  new_tags text[] := vif_cache.row_tags_sql('new row', "table", workspace_column, columns, names);
  rows text;
  one_row text;
  made text := '';
  event text;
begin
  select string_agg(v.old, ', ' order by v.n), string_agg(v.new, ', ' order by v.n), string_agg(quote_ident(v.name), ', ' order by v.n)
    into old_values, new_values, value_names
    from (
      select 0 as n, coalesce(vif_cache.value_sql('old row', "table", workspace_column), $$'*'$$) as old,
        coalesce(vif_cache.value_sql('new row', "table", workspace_column), $$'*'$$) as new, 'its workspace' as name
      union all
      select n, vif_cache.value_sql('old row', "table", c), vif_cache.value_sql('new row', "table", c), 'value ' || n
        from unnest(columns) with ordinality u (c, n)) v;
  -- A null value has no tag: no read pins a column to null.
  select string_agg(format('(%L)', ':' || t || ':any'), ', ')
    || coalesce(', ' || (select string_agg(format('(%L || %I)', ':' || t2 || ':' || c || '=', 'value ' || n), ', ')
      from unnest(names) t2, unnest(columns) with ordinality u (c, n)), '')
    into scopes from unnest(names) t;
  select array_agg('*:' || t || s) into everything from unnest(names) t, unnest(array[':any', ':bulk']) s;
  select coalesce(array_agg('*:' || t || ':bulk'), '{}') into bulks from unnest(descendants) t;

  foreach event in array array['INSERT', 'UPDATE', 'DELETE'] loop
    rows := case
      when event = 'INSERT' then format('select %s from new_rows "new row"', new_values)
      when event = 'DELETE' then format('select %s from old_rows "old row"', old_values)
      -- Without a key that tells them apart, every row counts as changed.
      when key is null then
        format('select %s from old_rows "old row" union all select %s from new_rows "new row"', old_values, new_values)
      -- By their image, since 1.0 and 1.00 are equal. A null stands for what is missing on one side.
      else format(
        'select c.* from old_rows "old row" full join new_rows "new row" on %s, lateral (values (%s), (%s)) c
         where ("old row".%I is null or "new row".%I is null or "old row" *<> "new row")',
        (select string_agg(format('"old row".%1$I = "new row".%1$I', k), ' and ') from unnest(key) k),
        old_values, new_values, key[1], key[1])
    end;
    one_row := case
      -- Nor of a partitioned table, where a row that is to move may be swallowed by a trigger: an old one and no new one.
      when 2 * cardinality(new_tags) > max_tags or partitioned and event = 'UPDATE' then $$'{}'::text[], true into tags, many$$
      else format(
        'array_remove(array[%s], null), exists (select from %s offset 1) into tags, many from %s',
        array_to_string(case event when 'INSERT' then new_tags when 'DELETE' then old_tags else new_tags || (
          select array_agg(format('nullif(%s, %s)', o, n)) from unnest(old_tags, new_tags) u (o, n)) end, ', '),
        case event when 'DELETE' then 'old_rows' else 'new_rows' end,
        case event when 'INSERT' then 'new_rows "new row"' when 'DELETE' then 'old_rows "old row"'
          else 'old_rows "old row", new_rows "new row"'
            || case when key is not null then ' where "old row" *<> "new row"' else '' end end)
        -- For whom `plpgsql.extra_errors` forbids more rows than are taken.
        || ' limit 1'
    end;
    made := made || format(
      $branch$
      when %1$L then
        -- Of one row, which most statements write, without joining, sorting or counting.
        select %8$s;
        if many then
          select array_agg(t.tag) into tags from (
            select distinct r."its workspace" || s.scope as tag from (%2$s) r (%3$s), lateral (values %4$s) s (scope)
            where r."its workspace" || s.scope is not null limit %5$s) t;
          if cardinality(tags) > %6$s then
            select array_agg(t.tag) into tags from (
              select distinct r."its workspace" || s.scope as tag from (%2$s) r (%3$s), unnest(%7$L::text[]) s (scope)
              where r."its workspace" is not null limit %5$s) t;
          end if;
          -- Still too many workspaces: all of them, since whatever is kept of this table depends on this one tag.
          if cardinality(tags) > %6$s then tags := %9$L::text[]; end if;
        end if;$branch$,
      event, rows, value_names, scopes, max_tags + 1, max_tags,
      (select array_agg(':' || t || s) from unnest(names) t, unnest(array[':any', ':bulk']) s), one_row, everything);
  end loop;
  execute format(
    $function$
    create or replace function vif_cache.%1$I() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $body$
    #variable_conflict use_column
    declare
      tags text[];
      many boolean;
    begin
      case tg_op%2$s
      else
        tags := %3$L::text[];
      end case;
      if tags is not null then perform vif_cache.emit(tags%4$s, %5$L, tg_op); end if;
      return null;
    end $body$
    $function$,
    vif_cache.function_of(name), made, everything,
    case when cardinality(bulks) > 0 then format(' || %L::text[]', bulks) else '' end, name);
  execute format('revoke execute on function vif_cache.%I() from public', vif_cache.function_of(name));
end $write$;

-- Tracks one table of a tree: its function, its four triggers and what is known of it.
create or replace function vif_cache.track_one("table" regclass, workspace_column text, columns text[]) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  name text := vif_cache.name_of("table");
  ancestors text[] := vif_cache.ancestors_of("table");
  descendants text[] := vif_cache.descendants_of("table");
  refused text;
  arguments text;
  event text;
begin
  select string_agg(wanted, ', ') into refused from unnest(columns || workspace_column) wanted
    where wanted is not null and not (vif_cache.may_be_tracked("table", wanted)
      and (wanted is distinct from workspace_column or exists (
        select from pg_attribute a where a.attrelid = "table" and a.attname = wanted and a.attnotnull)));
  if refused is not null then raise exception 'columns of % that cannot be tracked: %', name, refused; end if;
  if exists (select from pg_trigger t join pg_proc p on p.oid = t.tgfoid
    where p.pronamespace = 'vif_cache'::regnamespace and p.proname = vif_cache.function_of(name) and t.tgrelid <> "table")
  then raise exception 'another table has the triggers of %', name; end if;

  perform vif_cache.write_function("table", workspace_column, columns, ancestors, descendants);
  select string_agg(quote_literal(a), ', ' order by n) into arguments
    from unnest(coalesce(workspace_column, '') || columns) with ordinality u (a, n);
  foreach event in array array['insert', 'update', 'delete', 'truncate'] loop
    execute format('create or replace trigger %I after %s on %s %s for each statement execute function vif_cache.%I(%s)',
      'vif_cache_' || event, event, "table",
      case event
        when 'insert' then 'referencing new table as new_rows'
        when 'update' then 'referencing old table as old_rows new table as new_rows'
        when 'delete' then 'referencing old table as old_rows'
        else ''
      end,
      vif_cache.function_of(name), arguments);
    -- Else session_replication_role = replica would write unseen.
    execute format('alter table %s enable always trigger %I', "table", 'vif_cache_' || event);
  end loop;
  insert into vif_cache.tracked (table_name, workspace_column, columns, arguments, shape, ancestors, descendants)
    select name, workspace_column, columns, t.tgargs, '', ancestors, descendants
    from pg_trigger t where t.tgrelid = "table" and t.tgname = 'vif_cache_update'
  on conflict (table_name) do update set (workspace_column, columns, arguments, shape, ancestors, descendants)
    = row (excluded.workspace_column, excluded.columns, excluded.arguments, excluded.shape, excluded.ancestors, excluded.descendants);
  update vif_cache.tracked k set shape = s.shape from vif_cache.shapes s
    where k.table_name = name and s.table_name = name and s.oid = "table";
end $$;

-- Tracks a table from now on, or anew with other columns, and its partitions and children with it.
--   workspace_column: the column that says whose a row is; none when the table is everybody's.
--   columns: those by which reads may narrow what they depend on.
-- The triggers' arguments are the workspace column, empty for none, and these columns: that is where readers find them.
create or replace function vif_cache.track("table" regclass, workspace_column text default null, variadic columns text[] default '{}')
returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  tree text[] := vif_cache.name_of("table") || vif_cache.descendants_of("table");
  again boolean := exists (select from pg_trigger t join pg_proc p on p.oid = t.tgfoid
    where t.tgrelid = "table" and p.pronamespace = 'vif_cache'::regnamespace);
  member oid;
begin
  workspace_column := nullif(workspace_column, '');
  if vif_cache.ancestors_of("table") <> '{}' then
    raise exception '% is a part of %: track the topmost table', "table", vif_cache.ancestors_of("table");
  end if;
  for member in
    with recursive below as (
      select "table"::oid as oid union select i.inhrelid from pg_inherits i join below on i.inhparent = below.oid)
    select oid from below
  loop
    if (select count(*) from pg_inherits where inhrelid = member) > 1 then
      raise exception '% inherits from several tables, which cannot be tracked', member::regclass;
    end if;
    perform vif_cache.track_one(member, workspace_column, columns);
  end loop;
  -- What was kept by the columns of before depends on tags that come no more.
  if again then
    perform vif_cache.emit((select array_agg('*:' || t || ':bulk') from unnest(tree) t), vif_cache.name_of("table"), 'TRACK');
  end if;
end $$;

-- Tracks by the primary key, when it is one column, and the columns of foreign keys that are not the workspace's.
create or replace function vif_cache.track_keys("table" regclass, workspace_column text default null)
returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  keys text[] := (
    select coalesce(array_agg(a.attname::text order by a.attnum), '{}')
    from pg_attribute a
    where a.attrelid = "table" and a.attnum > 0 and a.attname is distinct from nullif(track_keys.workspace_column, '')
      and vif_cache.may_be_tracked("table", a.attname::text)
      and exists (select from pg_constraint k where k.conrelid = "table" and a.attnum = any (k.conkey)
        and (k.contype = 'f' or k.contype = 'p' and cardinality(k.conkey) = 1)));
begin
  perform vif_cache.track("table", workspace_column, variadic keys);
end $$;
