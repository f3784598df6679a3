import type { Look } from './ledger.ts';
import { placeOf, registerOf, type StaleWorld } from './world.ts';

/** What an answer shows a register as. */
export interface Sighting {
  readonly register: string;
  readonly saw: string;
}

/** A sighting of what no write acknowledged before the read began has left so. */
export interface Complaint extends Sighting {
  readonly possible: readonly string[];
}

/** An organisation in a list, a search or a detail. */
interface OrganisationSeen {
  readonly id: string;
  readonly name: string;
  readonly city?: string | null;
  readonly category?: string | null;
  readonly ownerId?: string;
  readonly ownerName?: string;
  readonly deletedAt?: string | null;
  readonly people?: readonly PersonSeen[];
}

/** A person in a list, a search, a detail or an organisation's detail. */
interface PersonSeen {
  readonly id: string;
  readonly firstName: string | null;
  readonly lastName: string;
  readonly jobTitle?: string | null;
  readonly organisationName?: string | null;
  readonly organisationDeleted?: boolean;
  readonly ownerId?: string;
  readonly ownerName?: string;
  readonly deletedAt?: string | null;
}

export function sightingsOfOrganisation(row: OrganisationSeen): Sighting[] {
  return [
    ...fieldsOf(row.id, { name: row.name, city: row.city, category: row.category }),
    ...ownerOf(row),
    { register: placeOf(row.name), saw: row.deletedAt ? 'binned' : 'live' },
    ...(row.people ?? []).flatMap(({ id, firstName, jobTitle }) => fieldsOf(id, { firstName, jobTitle })),
  ];
}

export function sightingsOfPerson(row: PersonSeen, { people }: StaleWorld): Sighting[] {
  const { organisationName, organisationDeleted } = row;
  const organisationId = people.find(({ id }) => id === row.id)?.organisationId;
  return [
    ...fieldsOf(row.id, { firstName: row.firstName, jobTitle: row.jobTitle }),
    ...ownerOf(row),
    { register: placeOf(row.lastName), saw: row.deletedAt ? 'binned' : 'live' },
    ...(organisationId === undefined ? [] : fieldsOf(organisationId, { name: organisationName })),
    ...(organisationDeleted === undefined || !organisationName
      ? []
      : [{ register: placeOf(organisationName), saw: organisationDeleted ? 'binned' : 'live' }]),
  ];
}

export function sightingsOfOwner({ id, name }: { readonly id: string; readonly name: string }): Sighting[] {
  return [...fieldsOf(id, { name }), { register: placeOf(name), saw: 'live' }];
}

function ownerOf({ ownerId, ownerName }: { ownerId?: string; ownerName?: string }): Sighting[] {
  return ownerId === undefined ? [] : fieldsOf(ownerId, { name: ownerName });
}

function fieldsOf(id: string, fields: Readonly<Record<string, string | null | undefined>>): Sighting[] {
  return Object.entries(fields).flatMap(([field, value]) =>
    value == null ? [] : [{ register: registerOf(id, field), saw: value }],
  );
}

/** The sightings that cannot be; of registers that nobody keeps nothing is said. */
export function complaintsOf(sightings: readonly Sighting[], look: Look): Complaint[] {
  return sightings.flatMap((sighting) => {
    const possible = look.possible(sighting.register);
    return possible === undefined || possible.includes(sighting.saw) ? [] : [{ ...sighting, possible }];
  });
}

/**
 * What is wrong with a whole of records: comers that it lacks though they must be there, and a total that none of the
 * possible states adds up to.
 * @param part.prefix of the comers' names; none of them belong to it where it is undefined
 * @param part.others how many records it holds besides them
 */
export function complaintsOfWhole(
  part: { readonly prefix: string; readonly state: 'live' | 'binned'; readonly others: number },
  { rows, total }: { readonly rows?: readonly Sighting[]; readonly total?: number | undefined },
  look: Look,
): Complaint[] {
  const complaints: Complaint[] = [];
  const seen = rows && new Set(rows.map(({ register }) => register));
  let [least, most] = [part.others, part.others];
  for (const register of look.registers(placeOf(part.prefix))) {
    const possible = look.possible(register) ?? [];
    const isThere = (state: string) => state === part.state;
    if (possible.every(isThere)) least++;
    if (possible.some(isThere)) most++;
    if (seen && !seen.has(register) && possible.every(isThere)) {
      complaints.push({ register, saw: `not ${part.state}`, possible });
    }
  }
  if (total !== undefined && (total < least || total > most)) {
    complaints.push({
      register: `total of what is ${part.state}`,
      saw: String(total),
      possible: [`${least} to ${most}`],
    });
  }
  return complaints;
}
