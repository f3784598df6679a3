import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readCatalogue } from '../catalogue/read-catalogue.ts';
import { understand } from '../dependencies/understand.ts';
import { TrackedDatabase } from '../testing/tracked-database.ts';

let database: TrackedDatabase;
let reader: pg.Client;
beforeAll(async () => {
  database = await TrackedDatabase.start(`
    create table t (id int primary key, w int not null); create table seen (id int primary key);
    alter table t enable row level security;
    create policy own on t using (w = current_setting('app.w')::int and exists (select from seen where seen.id = t.id));
    create view theirs as select * from t;
    create view mine with (security_invoker = true) as select * from t`);
  await database.owner.query(`
    select vif_cache.track('t', 'w', 'id'), vif_cache.track('seen');
    grant select on all tables in schema public to public`);
  await database.superuser.query('create role reader login');
  reader = new pg.Client({
    host: database.superuser.host,
    port: database.superuser.port,
    database: 'shop',
    user: 'reader',
  });
  await reader.connect();
});
afterAll(async () => {
  await reader.end();
  await database.stop();
});

it('of a view the policies hold for its owner, unless it reads as who asks', async () => {
  const catalogue = await readCatalogue(reader);
  const tablesOf = (text: string) => {
    const understood = understand(text, catalogue);
    return understood.kind === 'read' ? understood.tables.map(({ table }) => table) : understood;
  };
  expect(tablesOf('select * from t')).toEqual(['public.t', 'public.seen']);
  expect(tablesOf('select * from mine')).toEqual(['public.t', 'public.seen']);
  expect(tablesOf('select * from theirs')).toEqual({
    kind: 'refused',
    reason: 'it reads public.t of every w, and can only be known to depend on one',
  });
  expect(tablesOf('select * from theirs where w = 1')).toEqual(['public.t', 'public.seen']);
});
