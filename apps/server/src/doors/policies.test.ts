import { AuthorityLease } from '@vif/cache-postgres';
import { type RouteName, routes } from '@vif/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openSession } from '../auth/open-session.ts';
import { makeSetupLink } from '../auth/setup-link.ts';
import { captureStatements } from '../testing/captured-statements.ts';
import { type Sample, samples } from '../testing/matrix-samples.ts';
import {
  type MatrixWorkspace,
  matrixWorkspace,
  plantInvitation,
  plantRecord,
} from '../testing/matrix-world.ts';
import { startVif, type TestVif } from '../testing/test-vif.ts';
import {
  type ReadName,
  type ReadPolicy,
  readPolicies,
  type Table,
  type WriteName,
  writePolicies,
} from './policies.ts';

let vif: TestVif;
let workspace: MatrixWorkspace;
let sent: ReturnType<typeof captureStatements>;
/** Tables that the tags bumped since the last look name. */
const changed = new Set<string>();
// oxlint-disable-next-line typescript/unbound-method -- called on the lease below
const acknowledge = AuthorityLease.prototype.acknowledge;
vi.spyOn(AuthorityLease.prototype, 'acknowledge').mockImplementation(function (this: AuthorityLease, rows) {
  for (const tag of rows?.flatMap(({ tags }) => tags) ?? []) changed.add(tag.split(':')[1] ?? '');
  return acknowledge.call(this, rows);
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
  const organisationId = await plantRecord(vif, 'organisations', workspace, workspace.admin);
  const { organisation, person } = {
    organisation: organisationId,
    person: await plantRecord(vif, 'people', workspace, workspace.admin),
  };
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
/** A new session, which the answer brings along: the sign-in library's write and no work of the door's. */
const signIn: Table[] = ['auth.session'];
const signsIn: RouteName[] = ['invitations.accept', 'setup.run'];

/** Of a route that has several ways through its loader, one request each. */
const variants: Partial<Record<RouteName, string[]>> = {
  'organisations.list': ['?sort=owner', '?sort=-owner&total=false', '?q=x&bin=true'],
  'people.list': ['?sort=owner', '?sort=organisation', '?q=x&bin=true'],
  'organisations.duplicates': [
    '?name=Gravity&email=a@b.example&phone=0612345678&website=x.example&siren=732829320',
  ],
  'people.duplicates': ['?lastName=Ada&email=a@b.example&phone=0612345678'],
};

function tablesIn(statements: readonly { text: string }[]): string[] {
  const views = statements.flatMap(({ text }) =>
    [...text.matchAll(/"?app"?\."?(\w+)"?/g)].map(([, view]) => view ?? ''),
  );
  return [
    ...new Set(
      views
        .filter((view) => view !== noView)
        .flatMap((view) => tablesOfViews.get(view) ?? [`unknown view ${view}`]),
    ),
  ].toSorted();
}

async function send(name: RouteName, { params, query, body, csv, version }: Sample) {
  const { method, path } = routes[name];
  const filled = path.replaceAll(/:(\w+)/g, (_, key: string) => params?.[key] ?? '');
  const headers: Record<string, string> = csv === undefined ? {} : { 'content-type': 'text/csv' };
  if (version) headers['if-match'] = (await workspace.admin.ask(filled)).headers.etag ?? '';
  sent.take();
  changed.clear();
  const answer = await workspace.admin.ask(`${filled}${query ?? ''}`, { method, body: csv ?? body, headers });
  expect(answer.statusCode, answer.body).toBeLessThan(300);
}

/** The matrix's own sample of a write, and those by which it writes more. */
async function writeSamples(name: WriteName): Promise<Sample[]> {
  const sample = await samples[name].make(worldOf());
  switch (name) {
    case 'organisations.update':
      return [sample, { ...sample, params: { id: await employer() }, body: { name: 'Renamed' } }];
    case 'organisations.import':
      return [{ csv: `Account ID,Name\n${await employer()},Renamed by import\n` }];
    case 'members.update':
    case 'members.remove':
      await settle(sample.params?.['id'] ?? '');
      return [sample];
    case 'invitations.accept':
      return [{ ...sample, params: { token: (await plantInvitation(vif, workspace)).token } }];
    default:
      return [sample];
  }
}

/** An organisation with a person in it, whose external id is its id. */
async function employer(): Promise<string> {
  const id = await plantRecord(vif, 'organisations', workspace, workspace.admin);
  const person = await plantRecord(vif, 'people', workspace, workspace.admin);
  await vif.database.owner.query('update data.people set organisation_id = $1 where id = $2', [id, person]);
  return id;
}

/** Gives a member a session, an invitation that they made and a record of each kind. */
async function settle(userId: string) {
  await openSession(vif.house, userId, workspace.id);
  const { id } = await plantInvitation(vif, workspace);
  await vif.database.owner.query('update auth.invitation set "inviterId" = $1 where id = $2', [userId, id]);
  for (const table of ['organisations', 'people'] as const)
    await plantRecord(vif, table, workspace, { ...workspace.user, userId });
}

const worldOf = () => ({ vif, workspace, owner: workspace.admin });
const namesOf = <Name extends RouteName>(policies: Record<Name, unknown>) => Object.keys(policies) as Name[]; // its own keys

/** What the time or chance has a part in is not the same a moment later. */
const fleeting = /now\(|current_|clock_|random\(|local_?time/i;

async function statementsOf(name: ReadName) {
  const sample = await samples[name].make(worldOf());
  const statements = [];
  for (const query of [sample.query ?? '', ...(variants[name] ?? [])]) {
    await send(name, { ...sample, query });
    statements.push(...sent.take());
  }
  return statements;
}

describe('the policy of every read', () => {
  const cached = namesOf(readPolicies).filter((name) => 'tables' in readPolicies[name]);
  const uncached = namesOf(readPolicies).filter((name) => !cached.includes(name));

  it.each(cached)('%s names the tables it reads', async (name) => {
    const policy: ReadPolicy = readPolicies[name];
    const statements = await statementsOf(name);
    expect(tablesIn(statements)).toEqual('tables' in policy && policy.tables.toSorted());
    for (const { text } of statements) expect(text).not.toMatch(fleeting);
  });

  it.each(uncached)('%s says why it is not cached', async (name) => {
    expect((await statementsOf(name)).some(({ text }) => fleeting.test(text))).toBe(true);
  });
});

describe('the policy of every write', () => {
  it.each(namesOf(writePolicies).filter((name) => name !== 'setup.run'))(
    '%s names the tables it writes',
    async (name) => {
      const written = new Set<string>();
      for (const sample of await writeSamples(name)) {
        await send(name, sample);
        for (const table of changed) written.add(table);
      }
      const besides = new Set<string>(signsIn.includes(name) ? signIn : []);
      expect([...written.difference(besides)].toSorted()).toEqual([...writePolicies[name]].toSorted());
    },
  );

  it('setup.run names the tables it writes', async () => {
    const empty = await startVif();
    const link = await makeSetupLink(empty.database.owner, 'http://vif.test');
    changed.clear();
    const { body } = await samples['setup.run'].make(worldOf());
    const answer = await empty.ask(`/api/v1/setup/${link?.split('/').at(-1)}`, { body });
    expect(answer.statusCode, answer.body).toBe(204);
    expect([...changed.difference(new Set<string>(signIn))].toSorted()).toEqual(
      [...writePolicies['setup.run']].toSorted(),
    );
    await empty.close();
  });
});
