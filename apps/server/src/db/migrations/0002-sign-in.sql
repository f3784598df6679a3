-- The sign-in library's tables, in its own spelling (camelCase), plus two columns of ours:
-- organization.country and invitation.tokenHash. rate_limit is an unlogged table.
create table auth."user" (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  email text not null unique,
  "emailVerified" boolean not null default false,
  image text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);

create table auth.session (
  id uuid primary key default gen_random_uuid(),
  "expiresAt" timestamptz not null,
  token text not null unique,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now(),
  "ipAddress" text,
  "userAgent" text,
  "userId" uuid not null references auth."user" on delete cascade,
  "activeOrganizationId" text
);
create index on auth.session ("userId");

create table auth.account (
  id uuid primary key default gen_random_uuid(),
  "accountId" text not null,
  "providerId" text not null,
  "userId" uuid not null references auth."user" on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  password text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index on auth.account ("userId");

create table auth.verification (
  id uuid primary key default gen_random_uuid(),
  identifier text not null,
  value text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index on auth.verification (identifier);

-- The workspace. `country` reads phone numbers that name none.
create table auth.organization (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  slug text not null unique,
  logo text,
  "createdAt" timestamptz not null default now(),
  metadata text,
  country text not null default 'FR'
);

create table auth.member (
  id uuid primary key default gen_random_uuid(),
  "organizationId" uuid not null references auth.organization on delete cascade,
  "userId" uuid not null references auth."user" on delete cascade,
  role text not null check (role in ('admin', 'manager', 'user', 'readonly')),
  "createdAt" timestamptz not null default now(),
  unique ("organizationId", "userId")
);
create index on auth.member ("userId");

-- Of an invitation's link only the hash is kept (SHA-256, hex).
create table auth.invitation (
  id uuid primary key default gen_random_uuid(),
  "organizationId" uuid not null references auth.organization on delete cascade,
  email text not null,
  role text not null check (role in ('admin', 'manager', 'user', 'readonly')),
  status text not null default 'pending',
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default now(),
  "inviterId" uuid not null references auth."user" on delete cascade,
  "tokenHash" text unique,
  unique ("organizationId", email)
);
create index on auth.invitation (email);

-- Counters that may be lost in a crash: unlogged, so that a sign-in costs no WAL for them.
create unlogged table auth.rate_limit (
  id uuid primary key default gen_random_uuid(),
  key text not null unique,
  count integer not null,
  "lastRequest" bigint not null
);

create view app.workspaces as
  select id, name, country from auth.organization where id = current_setting('vif.workspace')::uuid
  with local check option;

create view app.members as
  select "organizationId" as workspace_id, "userId" as user_id, role, "createdAt" as joined_at
  from auth.member where "organizationId" = current_setting('vif.workspace')::uuid
  with local check option;

create view app.users as
  select id, name, email from auth."user"
  where id in (select "userId" from auth.member where "organizationId" = current_setting('vif.workspace')::uuid)
  with local check option;

-- Sessions of the workspace's members, to end them; the token itself is not shown.
create view app.sessions as
  select id, "userId" as user_id from auth.session
  where "userId" in (select "userId" from auth.member where "organizationId" = current_setting('vif.workspace')::uuid)
  with local check option;

create view app.invitations as
  select id, "organizationId" as workspace_id, email, role, "expiresAt" as expires_at, "inviterId" as inviter_id,
    "tokenHash" as token_hash
  from auth.invitation where "organizationId" = current_setting('vif.workspace')::uuid
  with local check option;
alter view app.invitations alter column workspace_id set default current_setting('vif.workspace')::uuid;

-- Makes the first workspace and its administrator, once: whoever deletes the token's row won.
create function app.set_up(
  token_hash bytea, workspace_name text, workspace_country text, user_id uuid, user_name text, user_email text,
  password_hash text
) returns boolean language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  workspace uuid := current_setting('vif.workspace')::uuid;
begin
  perform pg_advisory_xact_lock(hashtext('vif.set_up'));
  if exists (select from auth.organization) or not exists (select from vif.setup_tokens t where t.hash = token_hash) then
    return false;
  end if;
  delete from vif.setup_tokens;
  insert into auth.organization (id, name, slug, country)
    values (workspace, workspace_name, workspace::text, workspace_country);
  perform app.add_user(user_id, user_name, user_email, password_hash);
  insert into auth.member ("organizationId", "userId", role) values (workspace, user_id, 'admin');
  return true;
end $$;

create function app.add_user(user_id uuid, user_name text, user_email text, password_hash text) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into auth."user" (id, name, email, "emailVerified") values (user_id, user_name, lower(user_email), true);
  insert into auth.account ("accountId", "providerId", "userId", password)
    values (user_id::text, 'credential', user_id, password_hash);
$$;

-- Turns an invitation into a membership, once: whoever deletes the invitation's row won. A null password hash means
-- that the account exists and that the caller has checked its password. Answers null when the link is no longer good.
create function app.accept_invitation(hash text, new_user_id uuid, user_name text, password_hash text) returns uuid
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  invited auth.invitation;
  joining uuid;
begin
  delete from auth.invitation i
    where i."tokenHash" = hash and i."expiresAt" > now()
      and i."organizationId" = current_setting('vif.workspace')::uuid
    returning * into invited;
  if not found then return null; end if;
  select u.id into joining from auth."user" u where u.email = lower(invited.email);
  if joining is null then
    if password_hash is null then return null; end if;
    joining := new_user_id;
    perform app.add_user(joining, user_name, invited.email, password_hash);
  elsif password_hash is not null then
    return null;
  end if;
  insert into auth.member ("organizationId", "userId", role) values (invited."organizationId", joining, invited.role)
    on conflict ("organizationId", "userId") do nothing;
  return joining;
end $$;

revoke execute on all functions in schema app from public;
