import { type Route, type RouteName, routes } from '@vif/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { captureStatements } from './testing/captured-statements.ts';
import { type Asker, startVif, type TestVif } from './testing/test-vif.ts';

let vif: TestVif;
let sent: ReturnType<typeof captureStatements>;
let admin: Asker;
const ids = { organisation: '', person: '' };

beforeAll(async () => {
  sent = captureStatements();
  vif = await startVif({ cacheMemory: 0 });
  ({ admin } = await vif.workspace('Acme'));
  ids.organisation = (await admin.ask('/api/v1/organisations', { body: { name: 'Gravity' } })).json().id;
  const body = { lastName: 'Ada', organisationId: ids.organisation };
  ids.person = (await admin.ask('/api/v1/people', { body })).json().id;
  await vif.database.owner.query(
    `insert into data.organisations (workspace_id, name, owner_id, search_text, name_key)
     select workspace_id, name || n, owner_id, search_text, name_key from data.organisations, generate_series(1, 250) n`,
  );
  await vif.database.owner.query(
    `insert into data.people (workspace_id, last_name, organisation_id, organisation_name, owner_id, search_text, name_key)
     select workspace_id, last_name || n, organisation_id, organisation_name, owner_id, search_text, name_key
     from data.people, generate_series(1, 250) n`,
  );
});
afterAll(async () => {
  sent.stop();
  await vif.close();
});

/**
 * Statements of each reading route besides begin, set_config and commit, counted where they are sent. The session's own
 * are another role's and are counted by nobody here. A new route without an entry does not pass.
 */
const allowed: Partial<Record<RouteName, number>> = {
  'organisations.list': 2,
  'organisations.count': 1,
  'organisations.search': 1,
  'organisations.categories': 1,
  'organisations.duplicates': 1,
  'organisations.get': 1,
  'people.list': 2,
  'people.count': 1,
  'people.search': 1,
  'people.duplicates': 1,
  'people.get': 1,
  'owners.list': 1,
  'members.list': 2,
  // By the sign-in library's role alone.
  'me.get': 0,
  'cache.stats': 0,
  'cache.why': 0,
  'invitations.get': 0,
  'setup.get': 0,
  'health.get': 1,
};

const queries: Partial<Record<RouteName, string>> = {
  'cache.why': '?key=owners:list:{}',
  'organisations.search': '?q=gra',
  'organisations.duplicates':
    '?name=Gravity&email=a@b.example&phone=0612345678&website=x.example&siren=732829320',
  'people.search': '?q=ada',
  'people.duplicates': '?lastName=Ada&email=a@b.example&phone=0612345678',
};

const reading = Object.values<Route>(routes).filter(({ method, socket }) => method === 'GET' && !socket);

async function statementsOf(path: string) {
  sent.take();
  const answer = await admin.ask(path);
  return { statements: sent.take().map(({ text }) => text), status: answer.statusCode };
}

describe('a read', () => {
  it('of every route has a number of statements that is known', () => {
    expect(Object.keys(allowed).toSorted()).toEqual(reading.map(({ name }) => name).toSorted());
  });

  it.each(Object.entries(allowed))('%s sends %i', async (name, count) => {
    const route = reading.find((one) => one.name === name);
    const id = name.startsWith('people') ? ids.person : ids.organisation;
    const path = (route?.path ?? '').replace(':id', id).replace(':token', '-'.repeat(43));
    const { statements, status } = await statementsOf(`${path}${queries[route?.name as RouteName] ?? ''}`); // a name of the contract
    expect(status).toBe(path.includes('---') ? 404 : 200);
    expect(statements).toHaveLength(count);
  });

  it.each(['organisations', 'people'])(
    'of a list of %s sends two whatever the page, its size and its filters',
    async (table) => {
      const answers = [
        'pageSize=1',
        'pageSize=10',
        'pageSize=200',
        'page=3&pageSize=50',
        'sort=owner&pageSize=200',
        'sort=-owner&q=a',
        'bin=true',
        'page=9999',
      ];
      for (const query of answers) {
        expect((await statementsOf(`/api/v1/${table}?${query}`)).statements, query).toHaveLength(2);
        expect((await statementsOf(`/api/v1/${table}?${query}&total=false`)).statements, query).toHaveLength(
          1,
        );
      }
    },
  );

  it('of an organisation brings its people in the same one, however many they are', async () => {
    const { statements } = await statementsOf(`/api/v1/organisations/${ids.organisation}`);
    expect(statements).toHaveLength(1);
    const answer = (await admin.ask(`/api/v1/organisations/${ids.organisation}`)).json<{
      people: unknown[];
      peopleTotal: number;
    }>();
    expect([answer.people.length, answer.peopleTotal]).toEqual([100, 251]);
  });

  it('is seen by this test at all', async () => {
    sent.take();
    await vif.house.database.read({ workspaceId: '00000000-0000-4000-8000-000000000000' }, (db) =>
      db.selectFrom('app.people').select('id').execute(),
    );
    expect(sent.take().map(({ text }) => text)).toEqual(['select "id" from "app"."people"']);
  });
});
