import { type RouteName, routes } from '@vif/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { samples } from '../testing/matrix-samples.ts';
import { type MatrixWorkspace, matrixWorkspace, plantRecord } from '../testing/matrix-world.ts';
import { startVif, type TestVif } from '../testing/test-vif.ts';
import { type ReadName, readPolicies } from './policies.ts';

let vif: TestVif;
let workspace: MatrixWorkspace;

beforeAll(async () => {
  vif = await startVif();
  workspace = await matrixWorkspace(vif, 'canary');
  const organisation = await plantRecord(vif, 'organisations', workspace, workspace.admin);
  const person = await plantRecord(vif, 'people', workspace, workspace.admin);
  await vif.database.owner.query('update data.people set organisation_id = $1 where id = $2', [
    organisation,
    person,
  ]);
});
afterAll(() => vif.close());

/** Of a route that has several ways through its loader, one request each. */
const variants: Partial<Record<RouteName, string[]>> = {
  'organisations.list': [
    '?sort=owner',
    '?sort=-owner&total=false',
    '?q=x&bin=true',
    '?category=x&city=y&country=FR&active=true&sort=-annualRevenue',
  ],
  'people.list': ['?sort=owner', '?sort=organisation', '?q=x&bin=true', '?jobTitle=x&sort=-lastName'],
  'organisations.count': ['?category=x'],
  'organisations.search': ['?q=two+words'],
  'organisations.duplicates': [
    '?name=Gravity&email=a@b.example&phone=0612345678&website=x.example&siren=732829320',
  ],
  'people.duplicates': ['?lastName=Ada&email=a@b.example&phone=0612345678'],
};

/** Each way through a read's loader, to be asked again and again. */
async function waysOf(name: ReadName): Promise<{ asked: string; ask: () => Promise<string> }[]> {
  const { params, query = '' } = await samples[name].make({ vif, workspace, owner: workspace.admin });
  const path = routes[name].path.replaceAll(/:(\w+)/g, (_, key: string) => params?.[key] ?? '');
  return [...new Set([query, ...(variants[name] ?? [])])].map((asked) => ({
    asked,
    ask: async () => {
      const answer = await workspace.admin.ask(`${path}${asked}`);
      expect(answer.statusCode, answer.body).toBe(200);
      return String(answer.headers['cache-status']);
    },
  }));
}

const names = Object.keys(readPolicies) as ReadName[]; // its own keys
const cached = names.filter((name) => 'ttl' in readPolicies[name]);

describe('of every read', () => {
  // So all that it depends on was found out from its SQL: else it would not be kept. A busy machine may be late once.
  it.each(cached)('%s is kept, each way through its loader', async (name) => {
    for (const { asked, ask } of await waysOf(name))
      await expect.poll(ask, { message: asked, timeout: 10_000 }).toContain('; hit;');
  });

  it.each(names.filter((name) => !cached.includes(name)))('%s is never kept', async (name) => {
    for (const { ask } of await waysOf(name))
      for (let time = 0; time < 3; time++) expect(await ask()).toContain('detail=uncached');
  });
});
