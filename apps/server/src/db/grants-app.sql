-- What the server's role may do; run at every start, so that a role made anew gets all of it and no more.
revoke all on schema public, vif, data, auth from :role;
revoke create, temporary on database :database from :role, public;

grant usage on schema app, public to :role;
grant select on app.workspaces, app.users to :role;
grant select, insert, update, delete on app.organisations, app.people, app.members, app.invitations to :role;
grant select, delete on app.sessions to :role;
grant select, insert on app.audit_entries to :role;
grant execute on function
  app.set_up(bytea, text, text, uuid, text, text, text), app.accept_invitation(text, uuid, text, text), app.empty_bins()
  to :role;

-- Granted and nothing revoked: this role may be the owner itself, whose triggers write the outbox.
grant usage on schema vif_cache to :role;
grant select, delete on vif_cache.outbox to :role;
grant select, insert, update on vif_cache.authority to :role;
grant execute on function vif_cache.untracked(), vif_cache.tracking() to :role;
