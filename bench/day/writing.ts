import { randomUUID } from 'node:crypto';
import type { Asked } from '../vif/client.ts';
import { type Day, externalIdPrefix } from './day.ts';
import { pick, type Random } from './random.ts';

type Write = (day: Day, random: Random) => Promise<void>;

/** What people change, and how often of 100 times. */
const writes: readonly [number, Write][] = [
  [40, changeOrganisation],
  [17, changePerson],
  [5, changeOutdated],
  [18, make],
  [10, putIntoBin],
  [10, restore],
];

/** Writes once what somebody might. */
export function writeSomething(day: Day, random: Random): Promise<void> {
  return pick(random, writes)(day, random);
}

/** As a form does: reads the record, and saves what was made from that version unless somebody saved meanwhile. */
async function changeOrganisation({ ledger, records }: Day, random: Random): Promise<void> {
  const address = `/api/v1/organisations/${records.organisation(random)}`;
  const found = await ledger.ask('organisations.get', [200], address);
  if (!found) return;
  const change = { annualRevenue: Math.round(random() * 1e6) };
  const version = found.headers.etag ?? '';
  await ledger.ask('organisations.update', [200, 409, 412], address, sent('PATCH', change, version));
}

async function changePerson({ ledger, records }: Day, random: Random): Promise<void> {
  const address = `/api/v1/people/${records.person(random)}`;
  const found = await ledger.ask('people.get', [200], address);
  if (!found) return;
  const change = { jobTitle: `Fonction ${Math.floor(random() * 1000)}` };
  const version = found.headers.etag ?? '';
  await ledger.ask('people.update', [200, 409, 412], address, sent('PATCH', change, version));
}

async function changeOutdated({ ledger, records }: Day, random: Random): Promise<void> {
  const address = `/api/v1/organisations/${records.organisation(random)}`;
  await ledger.ask('organisations.update', [412], address, sent('PATCH', { city: 'Lyon' }, '"outdated"'));
}

async function make({ ledger, made }: Day, random: Random): Promise<void> {
  const organisation = {
    name: `Société d’un jour ${Math.floor(random() * 1e9)}`,
    city: 'Nantes',
    externalId: `${externalIdPrefix}${randomUUID()}`,
  };
  const answer = await ledger.ask(
    'organisations.create',
    [201],
    '/api/v1/organisations',
    sent('POST', organisation),
  );
  // The contract's answer to this route.
  if (answer) made.push((JSON.parse(answer.body.toString()) as { id: string }).id);
}

async function putIntoBin(day: Day, random: Random): Promise<void> {
  const id = day.made.shift();
  if (id === undefined) return make(day, random);
  await day.ledger.ask('organisations.delete', [204], `/api/v1/organisations/${id}`, { method: 'DELETE' });
  day.binned.push(id);
}

async function restore(day: Day, random: Random): Promise<void> {
  const id = day.binned.shift();
  if (id === undefined) return putIntoBin(day, random);
  const address = `/api/v1/organisations/${id}/restore`;
  await day.ledger.ask('organisations.restore', [200], address, { method: 'POST' });
  day.made.push(id);
}

function sent(method: 'POST' | 'PATCH', body: object, version?: string): Asked {
  return {
    method,
    headers: {
      'content-type': 'application/json',
      ...(version !== undefined && { 'if-match': version }),
    },
    body: JSON.stringify(body),
  };
}
