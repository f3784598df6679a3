-- Schemas: `data` holds business tables and `app` the views the server may use (docs/architecture.md, Isolation);
-- `auth` holds what the sign-in library needs; `vif` is the owner's own bookkeeping.
create schema data;
create schema app;
create schema auth;

create extension if not exists pg_trgm with schema public;
create extension if not exists btree_gin with schema public;

-- The order people read in: accents and case come after letters, digits count as numbers (UCA, UTS #35).
create collation app.reading (provider = icu, locale = 'und-u-kn-true');

-- Hashes (SHA-256) of the set-up addresses printed while no workspace exists. Empty afterwards, for good.
create table vif.setup_tokens (hash bytea primary key, made_at timestamptz not null default now());
