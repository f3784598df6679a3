-- The columns by which a cached read may be narrowed (docs/cache.md). `vif_cache` is @vif/cache-postgres's from here on,
-- which brings it up to date before this runs.
insert into vif_cache.schemas values ('data'), ('auth');

select vif_cache.track('data.organisations', 'workspace_id', 'id', 'owner_id');
select vif_cache.track('data.people', 'workspace_id', 'id', 'organisation_id', 'owner_id');
select vif_cache.track('data.audit_entries', 'workspace_id');
select vif_cache.track('auth."user"', null, 'id', 'email');
select vif_cache.track('auth.session', null, 'id', 'userId', 'token');
select vif_cache.track('auth.account', null, 'userId');
select vif_cache.track('auth.verification');
select vif_cache.track('auth.organization', null, 'id');
select vif_cache.track('auth.member', null, 'id', 'userId', 'organizationId');
select vif_cache.track('auth.invitation', null, 'id', 'organizationId', 'email', 'tokenHash');
