-- What the cache must know of every write (docs/cache.md). Triggers append the tags of what a statement
-- changed to an outbox in the same transaction; who commits bumps them before it answers, and whoever writes past Vif has
-- them drained. A tag is `<workspace, or * for all>:<schema.table>:<any, bulk or column=value>`.
create schema vif_cache;

-- No row-level security: a reader that it kept rows from would see an empty outbox and call itself up to date.
-- Rows live for milliseconds, so it is vacuumed by count, and never slowly.
create table vif_cache.outbox (
  id bigint generated always as identity primary key,
  -- Whose rows these are: what the connection called itself, empty for psql and other tools.
  connection text not null,
  tags text[] not null,
  at timestamptz not null default clock_timestamp()
) with (
  autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0,
  autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 10000,
  autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 10000
);

-- Whether the last process that kept the authority in its memory let go in order. If not, it may still be serving.
create table vif_cache.authority (
  one boolean primary key default true check (one),
  released boolean not null
);
insert into vif_cache.authority (released) values (true);

-- Tables of data and auth that no answer shows and that are not tracked.
create table vif_cache.exempt (table_name text primary key, reason text not null);
insert into vif_cache.exempt values
  ('auth.rate_limit', 'an unlogged counter of attempts, written at each sign-in and shown nowhere');

-- NOTIFY makes commits wait for each other, so only writers that nobody bumps for send it; it wakes who drains.
create function vif_cache.emit(tags text[]) returns void language plpgsql as $$
declare
  connection text := coalesce(current_setting('vif_cache.connection', true), '');
begin
  insert into vif_cache.outbox (connection, tags) values (connection, emit.tags);
  if connection = '' then perform pg_notify('vif_cache', ''); end if;
end $$;

-- Tracks a table from now on, or anew with other columns: makes its trigger function and its four triggers.
--   workspace_column: the column that says whose a row is; none when the table is everybody's.
--   columns: those by which reads may narrow what they depend on; also the triggers' arguments, where readers find them.
-- The function is written out for its table, so that its statements are planned once a connection and not at each write.
create function vif_cache.track("table" regclass, workspace_column text default null, variadic columns text[] default '{}')
returns void language plpgsql set search_path = pg_catalog, pg_temp as $track$
declare
  -- More distinct tags of one statement than this are not worth their bumps.
  max_tags constant integer := 100;
  name text;
  made text;
  needed text;
  scopes text;
  refused text;
  arguments text;
  event text;
begin
  select n.nspname || '.' || c.relname into name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = "table";
  if octet_length(name) > 63 then raise exception 'the name of % is too long to track', name; end if;
  -- The text of a value is its tag, so equal values must have one spelling; virtual columns break transition tables.
  select string_agg(wanted, ', ') into refused from unnest(columns || workspace_column) wanted
    where wanted is not null and not exists (
      select from pg_attribute a left join pg_collation l on l.oid = a.attcollation
      where a.attrelid = "table" and a.attname = wanted and a.attnum > 0 and a.attgenerated in ('', 's')
        and a.atttypid in ('int2'::regtype, 'int4'::regtype, 'int8'::regtype, 'uuid'::regtype, 'bool'::regtype, 'text'::regtype)
        and coalesce(l.collisdeterministic, true)
        and (a.attnotnull or wanted is distinct from workspace_column));
  if refused is not null then raise exception 'columns of % that cannot be tracked: %', name, refused; end if;

  -- Of each row: its workspace and the tracked values.
  needed := coalesce(quote_ident(workspace_column) || '::text', $$'*'$$) || ' as workspace'
    || coalesce((select string_agg(format(', %I::text as %I', c, 'value ' || c), '') from unnest(columns) c), '');
  -- A null value has no tag: no read pins a column to null.
  scopes := $$('any')$$
    || coalesce((select string_agg(format(', (%L || %I)', c || '=', 'value ' || c), '') from unnest(columns) c), '');
  made := '';
  foreach event in array array['INSERT', 'UPDATE', 'DELETE'] loop
    made := made || format(
      $branch$
      when %1$L then
        select array_agg(t.tag) into tags from (
          select distinct r.workspace || %2$L || s.scope as tag from (%3$s) r, lateral (values %4$s) s (scope)
          where s.scope is not null limit %5$s) t;
        if cardinality(tags) > %6$s then
          select array_agg(t.tag) into tags from (
            select distinct r.workspace || %2$L || s.scope as tag from (%3$s) r, (values ('any'), ('bulk')) s (scope)
            limit %5$s) t;
        end if;$branch$,
      event,
      ':' || name || ':',
      case event
        when 'INSERT' then format('select %s from new_rows', needed)
        when 'UPDATE' then format('select %1$s from old_rows union all select %1$s from new_rows', needed)
        else format('select %s from old_rows', needed)
      end,
      scopes, max_tags + 1, max_tags);
  end loop;
  execute format(
    $function$
    create or replace function vif_cache.%1$I() returns trigger
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $body$
    #variable_conflict use_column
    declare
      tags text[];
    begin
      case tg_op%2$s
      else
        tags := array[%3$L, %4$L];
      end case;
      if tags is null then return null; end if;
      -- Still too many workspaces: all of them, since whatever is kept of this table depends on this one tag.
      if cardinality(tags) > %5$s then tags := array[%3$L, %4$L]; end if;
      perform vif_cache.emit(tags);
      return null;
    end $body$
    $function$,
    name, made, '*:' || name || ':any', '*:' || name || ':bulk', max_tags);
  execute format('revoke execute on function vif_cache.%I() from public', name);

  select coalesce(string_agg(quote_literal(c), ', '), '') into arguments from unnest(columns) c;
  foreach event in array array['insert', 'update', 'delete', 'truncate'] loop
    execute format('create or replace trigger %I after %s on %s %s for each statement execute function vif_cache.%I(%s)',
      'vif_cache_' || event, event, "table",
      case event
        when 'insert' then 'referencing new table as new_rows'
        when 'update' then 'referencing old table as old_rows new table as new_rows'
        when 'delete' then 'referencing old table as old_rows'
        else ''
      end,
      name, arguments);
    -- Else session_replication_role = replica would write unseen.
    execute format('alter table %s enable always trigger %I', "table", 'vif_cache_' || event);
  end loop;
end $track$;

-- Bumps everything of every tracked table, for changes that fire no trigger (ALTER … TYPE rewrites a table in silence).
create function vif_cache.emit_bulk() returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  tags text[] := (
    select array_agg(distinct '*:' || n.nspname || '.' || c.relname || ':bulk')
    from pg_trigger t join pg_proc p on p.oid = t.tgfoid
      join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where p.pronamespace = 'vif_cache'::regnamespace);
begin
  if tags is not null then perform vif_cache.emit(tags); end if;
end $$;

-- The relations of data and auth whose writes may pass unseen: a trigger missing, switched off or conditional, or rows
-- that a subscription applies (which fires no statement's trigger). Nothing may be served while there is one.
create function vif_cache.untracked() returns setof text
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select n.nspname || '.' || c.relname
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname in ('data', 'auth') and c.relkind in ('r', 'p', 'm', 'f')
    and not exists (select from vif_cache.exempt e where e.table_name = n.nspname || '.' || c.relname)
    and (
      -- tgtype's bits: 4 insert, 8 delete, 16 update, 32 truncate; none of 1 (for each row), 2 (before) and 64 (instead).
      (select count(distinct t.tgtype) from pg_trigger t join pg_proc p on p.oid = t.tgfoid
        where t.tgrelid = c.oid and p.pronamespace = 'vif_cache'::regnamespace and p.proname = n.nspname || '.' || c.relname
          and t.tgtype in (4, 8, 16, 32) and t.tgenabled = 'A' and t.tgqual is null and t.tgattr = ''::int2vector) < 4
      or exists (select from pg_subscription_rel s where s.srrelid = c.oid)
    )
  order by 1
$$;

revoke execute on all functions in schema vif_cache from public;

select vif_cache.track('data.organisations', 'workspace_id');
select vif_cache.track('data.people', 'workspace_id');
select vif_cache.track('data.audit_entries', 'workspace_id');
select vif_cache.track('auth."user"', null, 'id');
select vif_cache.track('auth.session', null, 'userId');
select vif_cache.track('auth.account', null, 'userId');
select vif_cache.track('auth.verification');
select vif_cache.track('auth.organization', null, 'id');
select vif_cache.track('auth.member', null, 'userId', 'organizationId');
select vif_cache.track('auth.invitation', null, 'organizationId');
