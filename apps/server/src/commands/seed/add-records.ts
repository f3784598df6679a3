import { randomUUID } from 'node:crypto';
import { base, Faker, fr } from '@faker-js/faker';
import type { Client } from 'pg';
import { insertBatches } from './insert-batches.ts';
import { weightedChoice } from './invent.ts';
import { organisationInventor } from './invent-organisations.ts';
import { type Employer, personInventor } from './invent-people.ts';

export interface RecordsToAdd {
  readonly workspaceId: string;
  readonly organisations: number;
  readonly people: number;
  readonly signal: AbortSignal;
  progress: (kind: 'organisations' | 'people', done: number) => void;
}

const fiveYears = 5 * 365 * 24 * 3600 * 1000;

/**
 * Adds invented records to a workspace in one transaction. What they say follows from how many there are already, not
 * from chance: the same numbers in a new workspace give the same names.
 */
export async function addRecords(owner: Client, asked: RecordsToAdd): Promise<void> {
  const { workspaceId, organisations, people, signal } = asked;
  await owner.query('begin');
  try {
    const first = {
      organisation: await nextNumber(owner, 'data.organisations', 'DEMO-O-', workspaceId),
      person: await nextNumber(owner, 'data.people', 'DEMO-P-', workspaceId),
    };
    const faker = new Faker({ locale: [fr, base], seed: first.organisation * 1_000_003 + first.person });
    const ownerOf = await ownerChooser(owner, workspaceId, faker);
    const timesOf = timesInventor(faker);
    const employers: Employer[] = [];
    const inventOrganisation = organisationInventor(faker, ownerOf);
    await insertBatches(
      owner,
      'data.organisations',
      organisationTypes,
      organisations,
      (at) => {
        signal.throwIfAborted();
        const { columns, domain } = inventOrganisation(externalId('DEMO-O-', first.organisation + at));
        const id = randomUUID();
        employers.push({ id, ownerId: columns.owner_id, domain });
        return { id, workspace_id: workspaceId, ...columns, ...timesOf() };
      },
      (done) => asked.progress('organisations', done),
    );
    if (organisations === 0) employers.push(...(await employersThere(owner, workspaceId)));
    const invent = personInventor(faker, employers, ownerOf);
    await insertBatches(
      owner,
      'data.people',
      personTypes,
      people,
      (at) => {
        signal.throwIfAborted();
        const columns = invent(externalId('DEMO-P-', first.person + at));
        return { id: randomUUID(), workspace_id: workspaceId, ...columns, ...timesOf() };
      },
      (done) => asked.progress('people', done),
    );
    signal.throwIfAborted();
    await owner.query('commit');
  } catch (error) {
    await owner.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** Organisations of earlier runs, for people who come alone. */
async function employersThere(owner: Client, workspaceId: string): Promise<Employer[]> {
  const { rows } = await owner.query<{ id: string; owner_id: string; website: string | null }>(
    `select id, owner_id, website from data.organisations
     where workspace_id = $1 and deleted_at is null order by external_id, id limit 100000`,
    [workspaceId],
  );
  return rows.map(({ id, owner_id, website }) => ({
    id,
    ownerId: owner_id,
    domain: website ? new URL(website).hostname.replace(/^www\./, '') : 'courriel.example',
  }));
}

/** Of equal width, so that text in order is numbers in order. */
function externalId(prefix: string, number: number): string {
  return `${prefix}${String(number).padStart(9, '0')}`;
}

/** Where the external ids of an earlier run ended; the lock keeps a second run beside this one out of them. */
async function nextNumber(
  owner: Client,
  table: 'data.organisations' | 'data.people',
  prefix: string,
  workspaceId: string,
): Promise<number> {
  await owner.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `vif seed ${table} ${workspaceId}`,
  ]);
  const { rows } = await owner.query<{ last: string | null }>(
    `select max(external_id) as last from ${table} where workspace_id = $1 and external_id ~ $2`,
    [workspaceId, `^${prefix}\\d{9}$`],
  );
  return Number(rows[0]?.last?.slice(prefix.length) ?? 0) + 1;
}

/** The members one after the other own half as much as the one before, as in Zipf's law. */
async function ownerChooser(owner: Client, workspaceId: string, faker: Faker): Promise<() => string> {
  const { rows } = await owner.query<{ id: string }>(
    `select u.id from auth.member m join auth."user" u on u.id = m."userId"
     where m."organizationId" = $1 and m.role <> 'readonly' order by m."createdAt", u.email`,
    [workspaceId],
  );
  const choose = weightedChoice(
    faker,
    rows.map(({ id }, at) => ({ id, weight: 1 / (at + 1) })),
  );
  return () => choose().id;
}

/** Made within the last five years, changed since. */
function timesInventor(faker: Faker): () => { created_at: string; updated_at: string } {
  const now = Date.now();
  return () => {
    const created = now - faker.number.float() * fiveYears;
    const updated = created + faker.number.float() ** 3 * (now - created);
    return { created_at: new Date(created).toISOString(), updated_at: new Date(updated).toISOString() };
  };
}

const times = { created_at: 'timestamptz', updated_at: 'timestamptz' } as const;

const organisationTypes = {
  id: 'uuid',
  workspace_id: 'uuid',
  name: 'text',
  category: 'text',
  active: 'boolean',
  email: 'text',
  phone: 'text',
  phone_raw: 'text',
  website: 'text',
  address: 'text',
  postal_code: 'text',
  city: 'text',
  country: 'text',
  siren: 'text',
  annual_revenue: 'numeric',
  owner_id: 'uuid',
  notes: 'text',
  external_id: 'text',
  search_text: 'text',
  name_key: 'text',
  ...times,
} as const;

const personTypes = {
  id: 'uuid',
  workspace_id: 'uuid',
  first_name: 'text',
  last_name: 'text',
  job_title: 'text',
  email: 'text',
  phone: 'text',
  phone_raw: 'text',
  organisation_id: 'uuid',
  owner_id: 'uuid',
  notes: 'text',
  external_id: 'text',
  search_text: 'text',
  name_key: 'text',
  ...times,
} as const;
