import type { Role } from '@vif/contract/permissions';
import { StaleConnection } from './connection.ts';
import type { StaleLedger } from './ledger.ts';

/** Who renames an organisation: the writers through Vif, an import, or somebody behind Vif's back. */
type Hand = 'writers' | 'imports' | 'psql';

interface StaleOrganisation {
  readonly id: string;
  readonly base: string;
  readonly by: Hand;
  readonly externalId: string;
}

interface StalePerson {
  readonly id: string;
  readonly lastName: string;
  readonly organisationId: string;
  readonly externalId: string;
}

/** An organisation that is put into the bin and taken out again. */
interface StaleResident {
  readonly id: string;
  readonly name: string;
}

export interface StaleMember {
  readonly id: string;
  readonly email: string;
  readonly cookie: string;
}

/** One workspace, small enough that everybody reads the same few answers. */
export interface StaleWorld {
  readonly address: string;
  readonly admin: string;
  readonly members: Readonly<Record<Role, StaleMember>>;
  readonly organisations: readonly StaleOrganisation[];
  readonly residents: readonly StaleResident[];
  readonly people: readonly StalePerson[];
}

export const password = 'a long enough password';

/** The n-th state of a register. */
export const stateOf = (base: string, n: number) => `${base} v${String(n).padStart(6, '0')}`;
/** The state that comes after one. */
export function nextState(state: string): string {
  const [base = '', n = '0'] = state.split(' v');
  return stateOf(base, Number(n) + 1);
}
/** The register of a record's field, or of whether a record of a name is there. */
export const registerOf = (of: string, field: string) => `${field} of ${of}`;
export const placeOf = (name: string) => registerOf(name, 'place');

/** What the names of records that come and go begin with; each name is used once. */
export const comers = { organisations: 'Passage', people: 'Passant' } as const;
/** The same of members. */
export const newcomers = 'Nouveau';

/** Organisations by whose hand changes them, and how many people each has. */
const plan = [
  { by: 'writers', base: 'Temoin', organisations: 3, people: 2 },
  { by: 'imports', base: 'Apport', organisations: 2, people: 1 },
  { by: 'psql', base: 'Ailleurs', organisations: 2, people: 1 },
] as const;

/** One a writer; each has somebody whose reads say where their organisation is. */
const residentCount = 2;

/** Makes the workspace through Vif, as its administrator, and opens its registers. */
export async function makeStaleWorld(
  address: string,
  admin: string,
  ledger: StaleLedger,
): Promise<StaleWorld> {
  const connection = new StaleConnection(address, admin);
  const organisations: StaleOrganisation[] = [];
  const residents: StaleResident[] = [];
  const people: StalePerson[] = [];
  const members = {
    admin: await joinAs(connection, 'admin'),
    manager: await joinAs(connection, 'manager'),
    user: await joinAs(connection, 'user'),
    readonly: await joinAs(connection, 'readonly'),
  };
  ledger.open(registerOf(members.user.id, 'name'), stateOf('user', 0));
  for (const { by, base, organisations: count, people: each } of plan) {
    for (let n = 1; n <= count; n++) {
      const name = stateOf(`${base} ${n}`, 0);
      const externalId = `${base}-${n}`;
      const places = { city: stateOf('Ville', 0), category: stateOf(base, 0), country: 'FR' };
      // Where somebody behind Vif's back renames an owner, their records show it.
      const ownerId = by === 'psql' ? { ownerId: members.user.id } : {};
      const id = await make(connection, 'organisations', { name, externalId, ...places, ...ownerId });
      organisations.push({ id, base: `${base} ${n}`, by, externalId });
      ledger.open(registerOf(id, 'name'), name);
      if (by === 'imports') {
        ledger.open(registerOf(id, 'city'), places.city);
        ledger.open(registerOf(id, 'category'), places.category);
      }
      for (let m = 1; m <= each; m++) {
        const person = {
          lastName: `Proche ${base} ${n} ${m}`,
          organisationId: id,
          externalId: `${externalId}-${m}`,
        };
        const fields = { firstName: stateOf('Prenom', 0), jobTitle: stateOf('Poste', 0) };
        const personId = await make(connection, 'people', { ...person, ...fields, ...ownerId });
        people.push({ id: personId, ...person });
        ledger.open(registerOf(personId, 'firstName'), fields.firstName);
        ledger.open(registerOf(personId, 'jobTitle'), fields.jobTitle);
      }
    }
  }
  for (let n = 1; n <= residentCount; n++) {
    const name = `${comers.organisations} 0 ${n}`;
    const id = await make(connection, 'organisations', { name, category: comers.organisations });
    residents.push({ id, name });
    ledger.open(placeOf(name), 'live');
    const person = { lastName: `Voisin ${n}`, organisationId: id, externalId: `Voisin-${n}` };
    people.push({ id: await make(connection, 'people', person), ...person });
  }
  connection.close();
  return { address, admin, members, organisations, residents, people };
}

/** Makes a record and gives its id. */
async function make(
  connection: StaleConnection,
  kind: 'organisations' | 'people',
  body: object,
): Promise<string> {
  const { status, text } = await connection.ask(`/api/v1/${kind}`, { method: 'POST', body });
  if (status !== 201) throw new Error(`Making one of ${kind} answered ${status}: ${text}`);
  return idIn(text);
}

/** Invites somebody whose name and address are their own, lets them join, and gives their session. */
export async function joinAs(admin: StaleConnection, role: Role, base: string = role): Promise<StaleMember> {
  const email = `${base.replaceAll(' ', '.')}@acme.test`.toLowerCase();
  const { status, text } = await admin.ask('/api/v1/members/invitations', {
    method: 'POST',
    body: { email, role },
  });
  if (status !== 201) throw new Error(`Inviting answered ${status}: ${text}`);
  const { link } = JSON.parse(text) as { link: string }; // the contract's invitation
  const member = new StaleConnection(admin.address);
  const token = link.slice(link.lastIndexOf('/') + 1);
  await member.signIn(`/api/v1/invitations/${token}/accept`, { name: stateOf(base, 0), password });
  const { text: me } = await member.ask('/api/v1/me');
  member.close();
  return { id: idIn(me), email, cookie: member.cookie };
}

export function idIn(text: string): string {
  return (JSON.parse(text) as { id: string }).id; // the contract's record, or member
}
