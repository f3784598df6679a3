import { type APIRequestContext, type APIResponse, request } from '@playwright/test';
import type { Role } from '@vif/contract/permissions';
import type { RunningVif } from './start-vif.ts';

/** Somebody who is signed in. */
export interface Session {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  /** Their cookies, to open a browser with. */
  readonly state: Awaited<ReturnType<APIRequestContext['storageState']>>;
}

const password = 'a long enough password';
let made = 0;

/** Sets a new Vif up without the pages, which have tests of their own. */
export async function setUp({ address, setupLink }: RunningVif): Promise<Session> {
  const person = { name: 'Ana Martin', email: 'ana@acme.test', password };
  const asker = await request.newContext({ baseURL: address });
  const data = { ...person, workspace: 'Acme', country: 'FR' };
  await done(await asker.post(new URL(setupLink).pathname.replace('/setup', '/api/v1/setup'), { data }));
  return sessionOf(asker, person);
}

/** Invites somebody and takes the invitation up, without the pages. */
export async function joinAs(vif: RunningVif, admin: Session, role: Role, name?: string): Promise<Session> {
  const place = ++made;
  const person = { name: name ?? `${role} ${place}`, email: `${role}.${place}@acme.test`, password };
  const inviter = await request.newContext({ baseURL: vif.address, storageState: admin.state });
  const invited = await inviter.post('/api/v1/members/invitations', { data: { email: person.email, role } });
  const { link } = (await (await done(invited)).json()) as { link: string }; // the contract's answer
  await inviter.dispose();
  const asker = await request.newContext({ baseURL: vif.address });
  const token = new URL(link).pathname.split('/').at(-1);
  const data = { name: person.name, password };
  await done(await asker.post(`/api/v1/invitations/${token}/accept`, { data }));
  return sessionOf(asker, person);
}

async function sessionOf(asker: APIRequestContext, person: Omit<Session, 'state'>): Promise<Session> {
  const state = await asker.storageState();
  await asker.dispose();
  return { ...person, state };
}

async function done(response: APIResponse): Promise<APIResponse> {
  if (!response.ok())
    throw new Error(`${response.url()} answered ${response.status()}: ${await response.text()}`);
  return response;
}
