import { organisationSorts } from '@vif/contract/organisations';
import { personSorts } from '@vif/contract/people';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Asker, startVif, type TestVif } from './testing/test-vif.ts';

let vif: TestVif;
let admin: Asker;
let askers: Asker[];
let workspaceId: string;
beforeAll(async () => {
  vif = await startVif();
  const { id, ...roles } = await vif.workspace('Acme');
  [workspaceId, askers, { admin }] = [id, Object.values(roles), roles];
});
afterAll(() => vif.close());

/** Few values, so that most rows share theirs: what a list must put in order by more than its column. */
const some = <T>(...values: T[]) => fc.constantFrom(null, null, ...values);
const row = fc.record({
  name: fc.constantFrom('Alpha', 'alpha', 'Älpha', 'Beta', 'beta 2', 'beta 10'),
  category: some('x', 'X', 'é'),
  email: some('a@b.example', 'A@b.example', 'c@d.example'),
  phone: some('+33612345678', '+3221234567'),
  city: some('Lyon', 'LYON', 'Évian'),
  country: some('FR', 'BE'),
  revenue: some(0, 1.5, 100),
  active: fc.boolean(),
  owner: fc.nat({ max: 3 }),
  minutes: fc.nat({ max: 3 }),
});

interface Listed {
  readonly items: Readonly<Record<string, unknown> & { id: string }>[];
  readonly total: number;
  readonly pages: number;
}

async function fill(rows: readonly (typeof row extends fc.Arbitrary<infer T> ? T : never)[]) {
  const { owner } = vif.database;
  await owner.query('truncate data.people, data.organisations');
  for (const one of rows) {
    const values = [
      workspaceId,
      one.name,
      one.category,
      one.email,
      one.phone,
      one.city,
      one.country,
      one.revenue,
      one.active,
      askers[one.owner]?.userId,
      one.minutes,
    ];
    await owner.query(
      `insert into data.organisations (workspace_id, name, category, email, phone, city, country, annual_revenue, active, owner_id, updated_at, search_text, name_key)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now() - $11 * interval '1 minute', ' same', '')`,
      values,
    );
    await owner.query(
      `insert into data.people (workspace_id, last_name, first_name, email, phone, job_title, organisation_id, organisation_name, owner_id, updated_at, search_text, name_key)
       select $1, $2, $3, $4, $5, $6, o.id, o.name, $7, now() - $8 * interval '1 minute', ' same', ''
       from (select 1) one left join (select id, name from data.organisations where $9 order by random() limit 1) o on true`,
      [
        workspaceId,
        one.name,
        one.category,
        one.email,
        one.phone,
        one.city,
        askers[one.owner]?.userId,
        one.minutes,
        one.active,
      ],
    );
  }
}

const sorts = { organisations: organisationSorts, people: personSorts };
const field: Record<string, string> = { owner: 'ownerName', organisation: 'organisationName' };

describe('pages put together', () => {
  it('are every row once, in one order, blanks last either way, whatever the sort, its direction and the page’s size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 3, max: 9 }),
        async (rows, pageSize) => {
          await fill(rows);
          for (const table of ['organisations', 'people'] as const) {
            for (const sort of sorts[table].flatMap((one) => [one, `-${one}`])) {
              const page = async (number: number, size: number) =>
                (
                  await admin.ask(`/api/v1/${table}?sort=${sort}&page=${number}&pageSize=${size}`)
                ).json<Listed>();
              const { items: whole, total, pages } = await page(1, 200);
              expect([whole.length, total, pages]).toEqual([rows.length, rows.length, 1]);
              const count = Math.ceil(rows.length / pageSize);
              const all: Listed['items'] = [];
              for (let number = 1; number <= count; number++) {
                const part = await page(number, pageSize);
                expect([part.total, part.pages]).toEqual([rows.length, count]);
                all.push(...part.items);
              }
              expect(
                all.map(({ id }) => id),
                sort,
              ).toEqual(whole.map(({ id }) => id));
              expect(new Set(all.map(({ id }) => id)).size).toBe(rows.length);
              expect((await page(count + 1, pageSize)).items).toEqual([]);
              const values = all.map(
                (one) => one[field[sort.replace('-', '')] ?? sort.replace('-', '')] ?? null,
              );
              // No value comes after a blank.
              const misplaced = values.some((value, index) => value !== null && values[index - 1] === null);
              expect(misplaced, `${sort}: ${JSON.stringify(values)}`).toBe(false);
            }
          }
        },
      ),
      { numRuns: 3 },
    );
  }, 60_000);

  it('of a search are every match once as well', async () => {
    await fill(fc.sample(row, { numRuns: 23, seed: 1 }));
    const ids: string[] = [];
    for (let page = 1; page <= 5; page++) {
      const { items } = (
        await admin.ask(`/api/v1/organisations?q=same&sort=-city&page=${page}&pageSize=5`)
      ).json<Listed>();
      ids.push(...items.map(({ id }) => id));
    }
    expect([ids.length, new Set(ids).size]).toEqual([23, 23]);
  });
});

describe('an order', () => {
  const names = async (sort: string) =>
    (await admin.ask(`/api/v1/organisations?sort=${sort}&pageSize=200`))
      .json<Listed>()
      .items.map(({ name }) => name);
  it('is the one people read in: accents and case after letters, digits by their number', async () => {
    const inOrder = ['2 Lions', '10 Lions', 'abel', 'Abel', 'Ábel', 'Abelard', 'Élan', 'elbe', 'Zoé'];
    await vif.database.owner.query('truncate data.people, data.organisations');
    for (const name of inOrder.toReversed()) await admin.ask('/api/v1/organisations', { body: { name } });
    expect(await names('name')).toEqual(inOrder);
    expect(await names('-name')).toEqual(inOrder.toReversed());
  });
});

describe('a filter', () => {
  it('gives the rows that have it, and the count says how many', async () => {
    const rows = fc.sample(row, { numRuns: 40, seed: 2 });
    await fill(rows);
    const ask = async (query: string) => [
      (await admin.ask(`/api/v1/organisations?${query}&pageSize=200`)).json<Listed>().items.length,
      (await admin.ask(`/api/v1/organisations/count?${query}`)).json<Listed>().total,
    ];
    const expected = (holds: (one: (typeof rows)[number]) => boolean) =>
      Array.from({ length: 2 }, () => rows.filter(holds).length);
    expect(await ask('city=Lyon')).toEqual(expected(({ city }) => city === 'Lyon'));
    expect(await ask('category=x')).toEqual(expected(({ category }) => category === 'x'));
    expect(await ask('country=BE')).toEqual(expected(({ country }) => country === 'BE'));
    expect(await ask('active=false')).toEqual(expected(({ active }) => !active));
    expect(await ask(`ownerId=${askers[1]?.userId ?? ''}`)).toEqual(expected(({ owner }) => owner === 1));
    expect(await ask('country=FR&active=true&city=LYON')).toEqual(
      expected(({ country, active, city }) => country === 'FR' && active && city === 'LYON'),
    );
    expect(await ask('bin=true')).toEqual([0, 0]);
  });

  it('offers each category in use once', async () => {
    await fill(fc.sample(row, { numRuns: 40, seed: 3 }));
    const { items } = (await admin.ask('/api/v1/organisations/categories')).json<{ items: string[] }>();
    expect(items).toEqual(['é', 'x', 'X']);
    await vif.database.owner.query(`update data.organisations set category = null`);
    expect((await admin.ask('/api/v1/organisations/categories')).json()).toEqual({ items: [] });
  });
});
