import { type Route, type RouteName, routes } from '@vif/contract';
import { type Role, roles, scopeOf } from '@vif/contract/permissions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sample, samples } from './testing/matrix-samples.ts';
import {
  fingerprint,
  type MatrixWorkspace,
  matrixWorkspace,
  plantRecord,
  type Whose,
} from './testing/matrix-world.ts';
import { mountedRoutes } from './testing/mounted-routes.ts';
import { type Asker, startVif, type TestVif } from './testing/test-vif.ts';

let vif: TestVif;
let ours: MatrixWorkspace;
let theirs: MatrixWorkspace;

beforeAll(async () => {
  vif = await startVif();
  ours = await matrixWorkspace(vif, 'canaryours');
  theirs = await matrixWorkspace(vif, 'canarytheirs');
  for (const workspace of [ours, theirs]) {
    await plantRecord(vif, 'organisations', workspace, workspace.admin);
    await plantRecord(vif, 'people', workspace, workspace.admin);
  }
});
afterAll(() => vif.close());

const names = Object.keys(routes) as RouteName[]; // the contract's own keys

/** Routes beside the contract: descriptions of it, without anybody's data. The router prints `/api/docs/*` as below. */
const beside = ['GET /api/v1/openapi.json', 'GET /api/docs', 'GET /api/docs/start.js', 'GET /api/docs*'];

/** What a public route answers to the matrix's sample, which knows no token and no password. */
const publicAnswers: Partial<Record<RouteName, number>> = {
  'invitations.get': 404,
  'invitations.accept': 404,
  'setup.get': 404,
  'setup.run': 404,
  'session.signIn': 401,
  'session.signOut': 204,
  'health.get': 200,
};

/** What a route open to every session answers, where that is not its success. */
function sessionAnswer(name: RouteName, whose: Whose): number | undefined {
  if (name === 'me.changePassword') return 400;
  // As no socket; changes/changes.test.ts has who may open one.
  if (name === 'changes.follow') return 426;
  if (name === 'me.switchWorkspace' && whose === 'foreign') return 404;
  return undefined;
}

function expectedStatus(name: RouteName, role: Role | undefined, whose: Whose): number {
  const { access, answer, status = 200 }: Route = routes[name];
  const success = answer ? status : 204;
  if (access === 'public') return publicAnswers[name] ?? success;
  if (role === undefined) return 401;
  if (access === 'session') return sessionAnswer(name, whose) ?? success;
  const scope = scopeOf(role, access.resource, access.action);
  if (scope === 'none') return 403;
  if (whose === 'foreign') return 404;
  if (scope === 'own' && whose === 'colleague') return 403;
  return success;
}

async function send(name: RouteName, asker: Asker | undefined, sample: Sample) {
  const { method, path } = routes[name];
  const filled = path.replaceAll(/:(\w+)/g, (_, key: string) => sample.params?.[key] ?? '');
  const headers: Record<string, string> = {};
  if (sample.csv !== undefined) headers['content-type'] = 'text/csv';
  if (sample.version) {
    const current = await ours.admin.ask(filled);
    headers['if-match'] = current.headers.etag ?? '"none"';
  }
  const ask = asker ? asker.ask : vif.ask;
  return ask(`${filled}${sample.query ?? ''}`, { method, body: sample.csv ?? sample.body, headers });
}

describe('the permission matrix', () => {
  it('covers every route the application mounts', () => {
    const inContract = names.map((name) => `${routes[name].method} ${routes[name].path}`);
    expect(mountedRoutes(vif.app).toSorted()).toEqual([...inContract, ...beside].toSorted());
  });

  for (const name of names) {
    it(name, async () => {
      const { kind, make } = samples[name];
      const askers = [undefined, ...roles] as const;
      for (const role of askers) {
        for (const whose of kind === 'record'
          ? (['own', 'colleague', 'foreign'] as const)
          : (['own'] as const)) {
          // Signing out would end the matrix's own sessions.
          if (name === 'session.signOut' && role !== undefined) continue;
          const asker = role && ours[role];
          const owner = whose === 'own' && asker ? asker : ours.manager === asker ? ours.admin : ours.manager;
          const workspace = whose === 'foreign' ? theirs : ours;
          const sample = await make({ vif, workspace, owner: whose === 'foreign' ? theirs.admin : owner });
          const before = await fingerprint(vif);
          const answer = await send(name, asker, sample);
          const where = `${name} as ${role ?? 'nobody'} on ${whose}: ${answer.body.slice(0, 300)}`;
          expect(answer.statusCode, where).toBe(expectedStatus(name, role, whose));
          const hidden = role === undefined ? [theirs.canary, ours.canary] : [theirs.canary];
          for (const canary of hidden) expect(answer.body, where).not.toContain(canary);
          const untouched = answer.statusCode < 400 || (await fingerprint(vif)) === before;
          expect(untouched, where).toBe(true);
        }
      }
    });
  }
});
