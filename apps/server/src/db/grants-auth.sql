-- What the sign-in library's role may do: users, passwords and sessions, but never who is a member of what.
revoke all on schema public, vif, data, app from :role;

grant usage on schema auth, vif to :role;
grant select, insert, update, delete on auth."user", auth.session, auth.account, auth.verification, auth.rate_limit to :role;
grant select on auth.organization, auth.member, auth.invitation, vif.setup_tokens to :role;

grant usage on schema vif_cache to :role;
grant select on vif_cache.outbox, vif_cache.authority to :role;
