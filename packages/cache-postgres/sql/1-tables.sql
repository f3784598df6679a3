-- What the cache must know of every write (docs/cache.md). Triggers append the tags of what a statement changed to an
-- outbox, in its own transaction; who commits bumps them before it answers, and whoever writes past it has them drained.
-- Each statement of these files may run again, on an empty database or on that of any version before.
create schema if not exists vif_cache;

-- No row-level security: a reader that it kept rows from would see an empty outbox and call itself up to date.
-- Unlogged, which spares each write a fifth of what it costs; what a crash takes with it is forgotten (`outbox_kept` below).
-- Rows live for milliseconds, so it is vacuumed by count, and never slowly.
create unlogged table if not exists vif_cache.outbox (
  id bigint generated always as identity primary key,
  -- What the connection called itself, if its own process bumps its rows; empty for psql and other tools.
  connection text not null,
  tags text[] not null,
  at timestamptz not null default clock_timestamp()
) with (
  autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0,
  autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 10000,
  autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 10000
);
-- Why something was invalidated. Null in rows of triggers that an older version made.
alter table vif_cache.outbox
  add column if not exists table_name text,
  add column if not exists operation text,
  add column if not exists transaction xid8;
alter table vif_cache.outbox alter column transaction set default pg_current_xact_id();
do $$ begin
  if (select relpersistence from pg_class where oid = 'vif_cache.outbox'::regclass) <> 'u' then
    alter table vif_cache.outbox set unlogged;
  end if;
  -- Its numbers are given once, whatever crashes. Before PostgreSQL 15 they are so without a word.
  if current_setting('server_version_num')::integer >= 150000 then
    execute 'alter sequence vif_cache.outbox_id_seq set logged';
  end if;
end $$;

-- As unlogged as the outbox, so that its row is gone when those are. Whoever serves next forgets all that was cached, since
-- a crash ends every connection; but transactions that were prepared before may still be committed, without their rows.
create unlogged table if not exists vif_cache.outbox_kept (
  one boolean primary key default true check (one),
  prepared xid[] not null
);

-- Who serves from which authority (authority-lock.ts).
create table if not exists vif_cache.authority (
  one boolean primary key default true check (one),
  -- How many processes began to serve and did not let go in order; those may still be serving for a moment.
  joined integer not null default 0,
  -- What their common authority is called; empty for one in the memory of a single process.
  kept_by text not null default '',
  -- What tracking() said when the authority was last made to forget what may have been written past it; empty for never.
  vouched text not null default ''
);
do $$ begin
  if exists (select from pg_attribute where attrelid = 'vif_cache.authority'::regclass and attname = 'released' and not attisdropped) then
    alter table vif_cache.authority add joined integer not null default 0, add kept_by text not null default '',
      add vouched text not null default '';
    update vif_cache.authority set joined = case when released then 0 else 1 end;
    alter table vif_cache.authority drop released;
  end if;
end $$;
insert into vif_cache.authority default values on conflict do nothing;

-- Schemas all of whose tables must be tracked, and their tables that need not be, since no cached read sees them.
create table if not exists vif_cache.schemas (name text primary key);
create table if not exists vif_cache.exempt (table_name text primary key, reason text not null);

-- Every table that was ever tracked, until `vif_cache.untrack`, and what its triggers must be.
create table if not exists vif_cache.tracked (
  table_name text primary key,
  -- Null for a table that is everybody's.
  workspace_column text,
  columns text[] not null,
  -- The triggers' arguments, as pg_trigger.tgargs has them.
  arguments bytea not null,
  -- What else its function was written for: the key and the columns' types.
  shape text not null,
  -- The partitioned or inherited tables above and below.
  ancestors text[] not null,
  descendants text[] not null
);

-- What these files were when they were installed last.
create table if not exists vif_cache.version (
  one boolean primary key default true check (one),
  version integer not null,
  checksum text not null
);
