import type { RouteName } from '@vif/contract';
import { type MatrixWorkspace, plantInvitation, plantMember, plantRecord } from './matrix-world.ts';
import type { Asker, TestVif } from './test-vif.ts';

interface SampleWorld {
  readonly vif: TestVif;
  /** The workspace that the asked-for record belongs to. */
  readonly workspace: MatrixWorkspace;
  /** Who owns it. */
  readonly owner: Asker;
}

export interface Sample {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: unknown;
  /** Sent instead of JSON. */
  readonly csv?: string;
  /** The update carries the record's own version. */
  readonly version?: 'current';
}

interface SampleOf {
  /** `record` asks for a record by its id: own, a colleague's and a foreign one; `plain` for none. */
  readonly kind: 'plain' | 'record';
  readonly make: (world: SampleWorld) => Promise<Sample>;
}

const plain = (sample: Sample = {}): SampleOf => ({ kind: 'plain', make: async () => sample });

const record = (table: 'organisations' | 'people', sample: Sample = {}, binned = false): SampleOf => ({
  kind: 'record',
  make: async ({ vif, workspace, owner }) => ({
    ...sample,
    params: { id: await plantRecord(vif, table, workspace, owner, binned) },
  }),
});

const nobody = '-'.repeat(43);
const account = { name: 'Zoé', password: 'a long enough password' };

/**
 * One request that each route takes. A route without an entry does not compile, and one that the application mounts
 * beside the contract fails the matrix.
 */
export const samples: Record<RouteName, SampleOf> = {
  'organisations.list': plain({ query: '?q=&total=true' }),
  'organisations.count': plain(),
  'organisations.search': plain({ query: '?q=canary' }),
  'organisations.categories': plain(),
  'organisations.duplicates': plain({ query: '?name=canary' }),
  'organisations.get': record('organisations'),
  'organisations.create': plain({ body: { name: 'New' } }),
  'organisations.update': record('organisations', { body: { city: 'Lyon' }, version: 'current' }),
  'organisations.delete': record('organisations'),
  'organisations.restore': record('organisations', {}, true),
  'organisations.import': plain({ csv: 'Name\nImported\n' }),
  'people.list': plain({ query: '?q=&total=true' }),
  'people.count': plain(),
  'people.search': plain({ query: '?q=canary' }),
  'people.duplicates': plain({ query: '?lastName=canary' }),
  'people.get': record('people'),
  'people.create': plain({ body: { lastName: 'New' } }),
  'people.update': record('people', { body: { jobTitle: 'CTO' }, version: 'current' }),
  'people.delete': record('people'),
  'people.restore': record('people', {}, true),
  'people.import': plain({ csv: 'Last name\nImported\n' }),
  'owners.list': plain(),
  'members.list': plain(),
  'members.invite': plain({ body: { email: 'new@invited.test', role: 'user' } }),
  'members.cancelInvitation': {
    kind: 'record',
    make: async ({ vif, workspace }) => ({ params: { id: (await plantInvitation(vif, workspace)).id } }),
  },
  'members.update': {
    kind: 'record',
    make: async ({ vif, workspace }) => ({
      params: { id: await plantMember(vif, workspace) },
      body: { role: 'manager' },
    }),
  },
  'members.remove': {
    kind: 'record',
    make: async ({ vif, workspace }) => ({ params: { id: await plantMember(vif, workspace) } }),
  },
  'invitations.get': plain({ params: { token: nobody } }),
  'invitations.accept': plain({ params: { token: nobody }, body: account }),
  'session.signIn': plain({ body: { email: 'nobody@nowhere.test', password: 'not the password' } }),
  'session.signOut': plain(),
  'me.get': plain(),
  'me.changePassword': plain({ body: { current: 'not the password', next: 'a long enough password' } }),
  'me.switchWorkspace': {
    kind: 'record',
    make: async ({ workspace }) => ({ body: { id: workspace.id } }),
  },
  'setup.get': plain({ params: { token: nobody } }),
  'setup.run': plain({
    params: { token: nobody },
    body: { workspace: 'Mine', country: 'FR', email: 'me@mine.test', ...account },
  }),
  'cache.stats': plain(),
  'cache.why': plain({ query: '?key=owners:list:{}' }),
  'changes.follow': plain(),
  'health.get': plain(),
};
