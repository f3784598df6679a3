import { MemoryTier } from '@vif/cache';
import { type RouteName, routes } from '@vif/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { captureStatements } from '../testing/captured-statements.ts';
import { samples } from '../testing/matrix-samples.ts';
import { type MatrixWorkspace, matrixWorkspace, plantRecord } from '../testing/matrix-world.ts';
import { startVif, type TestVif } from '../testing/test-vif.ts';
import { type ReadName, readPolicies } from './policies.ts';

let vif: TestVif;
let workspace: MatrixWorkspace;
let sent: ReturnType<typeof captureStatements>;
/** Tables in the tags of what was kept since the last look. */
const depended = new Set<string>();
// oxlint-disable-next-line typescript/unbound-method -- called on the tier below
const set = MemoryTier.prototype.set;
vi.spyOn(MemoryTier.prototype, 'set').mockImplementation(function (this: MemoryTier<unknown>, key, stored) {
  for (const tag of stored.token.tags) depended.add(tag.split(':')[1] ?? '');
  return set.call(this, key, stored);
});
/** Of each view, the tables it shows rows of, as the catalogue has it. */
let tablesOfViews: Map<string, string[]>;

beforeAll(async () => {
  sent = captureStatements();
  vif = await startVif();
  workspace = await matrixWorkspace(vif, 'canary');
  const { rows } = await vif.database.owner.query<{ view: string; tables: string[] }>(
    `select view_name as view, array_agg(table_schema || '.' || table_name)::text[] as tables
     from information_schema.view_table_usage where view_schema = 'app' group by view_name`,
  );
  tablesOfViews = new Map(rows.map(({ view, tables }) => [view, tables]));
  const organisation = await plantRecord(vif, 'organisations', workspace, workspace.admin);
  const person = await plantRecord(vif, 'people', workspace, workspace.admin);
  await vif.database.owner.query('update data.people set organisation_id = $1 where id = $2', [
    organisation,
    person,
  ]);
});
afterAll(async () => {
  sent.stop();
  await vif.close();
});

/** What else schema `app` has: a collation. */
const noView = 'reading';

function tablesIn(statements: readonly { text: string }[]): string[] {
  const views = statements.flatMap(({ text }) =>
    [...text.matchAll(/"?app"?\."?(\w+)"?/g)].map(([, view]) => view ?? ''),
  );
  return views
    .filter((view) => view !== noView)
    .flatMap((view) => tablesOfViews.get(view) ?? [`unknown view ${view}`]);
}

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

/** What the time or chance has a part in is not the same a moment later. */
const fleeting = /now\(|current_|clock_|random\(|local_?time/i;

const names = Object.keys(readPolicies) as ReadName[]; // its own keys
const cached = names.filter((name) => 'ttl' in readPolicies[name]);

describe('of every read', () => {
  // So all that it depends on was found out from its SQL: else it would not be kept. A busy machine may be late once.
  it.each(cached)('%s is kept, each way through its loader', async (name) => {
    for (const { asked, ask } of await waysOf(name))
      await expect.poll(ask, { message: asked, timeout: 10_000 }).toContain('; hit;');
  });

  it.each(cached)('%s depends on the tables of the views that it reads', async (name) => {
    await vif.house.cache.answers.clear();
    sent.take();
    depended.clear();
    for (const { asked, ask } of await waysOf(name))
      await expect.poll(ask, { message: asked, timeout: 10_000 }).toContain('; hit;');
    const statements = sent.take();
    expect(statements).not.toEqual([]);
    for (const table of tablesIn(statements)) expect([...depended]).toContain(table);
    for (const { text } of statements) expect(text).not.toMatch(fleeting);
  });

  it.each(names.filter((name) => !cached.includes(name)))('%s is never kept', async (name) => {
    sent.take();
    for (const { ask } of await waysOf(name)) await ask();
    expect(sent.take().some(({ text }) => fleeting.test(text))).toBe(true);
    for (const { ask } of await waysOf(name))
      for (let time = 0; time < 3; time++) expect(await ask()).toContain('detail=uncached');
  });
});
