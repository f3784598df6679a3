-- Gives a role what a server needs that reads, writes and keeps the authority: `select vif_cache.allow('my_server')`.
-- Triggers need no right of who writes.
create or replace function vif_cache.allow(role regrole) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  execute format('grant usage on schema vif_cache to %s', role);
  execute format('grant select, delete on vif_cache.outbox to %s', role);
  execute format('grant select, insert, update on vif_cache.authority to %s', role);
  execute format('grant execute on function vif_cache.untracked(), vif_cache.tracking() to %s', role);
end $$;

revoke execute on all functions in schema vif_cache from public;
