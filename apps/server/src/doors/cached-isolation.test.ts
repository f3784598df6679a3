import { type RouteName, routes } from '@vif/contract';
import { type Role, roles, scopeOf } from '@vif/contract/permissions';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type MatrixWorkspace, matrixWorkspace, plantRecord } from '../testing/matrix-world.ts';
import { startVif, type TestVif } from '../testing/test-vif.ts';
import { type ReadName, readPolicies } from './policies.ts';

let vif: TestVif;
const workspaces: MatrixWorkspace[] = [];
/** Of each workspace, one record of each kind. */
const known: { organisation: string; person: string }[] = [];

beforeAll(async () => {
  vif = await startVif();
  // As many records as tell the workspaces' counts apart.
  for (const [canary, records] of [
    ['canaryone', 2],
    ['canarytwo', 5],
  ] as const) {
    const workspace = await matrixWorkspace(vif, canary);
    const planted = { organisation: '', person: '' };
    for (let n = 0; n < records; n++) {
      planted.organisation = await plantRecord(vif, 'organisations', workspace, workspace.user);
      planted.person = await plantRecord(vif, 'people', workspace, workspace.user);
    }
    workspaces.push(workspace);
    known.push(planted);
  }
});
afterAll(() => vif.close());

const names = Object.keys(readPolicies) as ReadName[]; // its own keys
const listQuery = fc
  .record(
    {
      page: fc.constantFrom('1', '2'),
      pageSize: fc.constantFrom('2', '50'),
      sort: fc.constantFrom('owner', '-updatedAt'),
      q: fc.constantFrom('', 'canary', 'canaryone', 'canarytwo'),
      bin: fc.constantFrom('true', 'false'),
      total: fc.constantFrom('true', 'false'),
    },
    { requiredKeys: [] },
  )
  .map((query) => `?${new URLSearchParams(query).toString()}`);

function queryOf(name: RouteName): fc.Arbitrary<string> {
  if (name.endsWith('.list') && 'query' in routes[name]) return listQuery;
  if (name.endsWith('.count')) return fc.constantFrom('', '?q=canary', '?bin=true');
  if (name.endsWith('.search')) return fc.constantFrom('?q=canary', '?q=canarytwo');
  if (name.endsWith('.duplicates'))
    return fc.constantFrom(
      '?email=x@canaryone.test',
      name.startsWith('people') ? '?lastName=canarytwo' : '?name=canarytwo',
    );
  return fc.constant('');
}

/** Who asks what of whom: the same addresses by every role of both workspaces, ids of the other workspace included. */
const asking = fc.constantFrom(...names).chain((name) =>
  fc.record({
    name: fc.constant(name),
    query: queryOf(name),
    from: fc.nat({ max: 1 }),
    idOf: fc.nat({ max: 1 }),
    role: fc.constantFrom(...roles),
  }),
);

async function ask({
  name,
  query,
  from,
  idOf,
  role,
}: {
  name: ReadName;
  query: string;
  from: number;
  idOf: number;
  role: Role;
}) {
  const { access, path } = routes[name];
  const { organisation = '', person = '' } = known[idOf] ?? {};
  const filled = path.replace(':id', name.startsWith('people') ? person : organisation);
  const [ours, theirs] = [workspaces[from], workspaces[1 - from]];
  const answer = await ours?.[role].ask(`${filled}${query}`);
  const where = `${role} of ${ours?.canary} asks ${filled}${query}`;
  const allowed = scopeOf(role, access.resource, access.action) !== 'none';
  const foreign = path.includes(':id') && idOf !== from;
  expect(answer?.statusCode, where).toBe(!allowed ? 403 : foreign ? 404 : 200);
  // What the asker sent may come back in words of ours.
  expect(answer?.body.replaceAll(query, ''), where).not.toContain(theirs?.canary);
  return { place: `${from} ${filled}${query}`, ok: answer?.statusCode === 200, answer, where };
}

it('whoever asks whatever in whatever order gets their own workspace’s bytes, from the cache as from the database', async () => {
  let hits = 0;
  const ofPlace = new Map<string, string>();
  await fc.assert(
    fc.asyncProperty(fc.array(asking, { minLength: 20, maxLength: 60 }), async (all) => {
      for (const { place, ok, answer, where } of await Promise.all(all.map(ask))) {
        if (!ok || place.includes('/members')) continue;
        if (String(answer?.headers['cache-status']).startsWith('vif; hit')) hits++;
        const before = ofPlace.get(place);
        expect(answer?.body, where).toBe(before ?? answer?.body);
        ofPlace.set(place, answer?.body ?? '');
      }
    }),
    { numRuns: 40 },
  );
  expect(hits).toBeGreaterThan(200);
  // The same address never has the same bytes in both, where it says anything of records at all.
  for (const [place, body] of ofPlace) {
    if (!place.startsWith('0 ') || /canary|\[\]|"total":0/.test(place + body)) continue;
    expect(ofPlace.get(`1 ${place.slice(2)}`), place).not.toBe(body);
  }
});
