import type pg from 'pg';
import type { Random } from './random.ts';
import { zipf } from './zipf.ts';

/** As many as people look at in a day; which of them most is the same at each run. */
const mostRecords = 20_000;

/** The records that people work with, some far more often than others. */
export interface Records {
  readonly workspace: string;
  readonly organisation: (random: Random) => string;
  readonly person: (random: Random) => string;
  /** The beginning of an organisation's name, as somebody types it who looks for it. */
  readonly organisationText: (random: Random) => string;
  readonly personText: (random: Random) => string;
  readonly owner: (random: Random) => string;
  readonly category: (random: Random) => string;
}

/** Finds them by the owner's connection. */
export async function findRecords(owner: pg.Client): Promise<Records> {
  const column = async (sql: string): Promise<string[]> => {
    const { rows } = await owner.query<{ it: string }>(sql);
    if (rows.length === 0) throw new Error(`The data folder has not the records it should: ${sql}`);
    return rows.map(({ it }) => it);
  };
  const records = (it: string, table: string) =>
    column(`select ${it} as it from data.${table} where deleted_at is null
      order by md5(id::text) limit ${mostRecords}`);
  const typed = (names: readonly string[]) => {
    const choose = zipf(names);
    return (random: Random) => choose(random).slice(0, 3 + Math.floor(random() * 6));
  };
  const [workspace = ''] = await column('select id::text as it from auth.organization');
  return {
    workspace,
    organisation: zipf(await records('id::text', 'organisations')),
    person: zipf(await records('id::text', 'people')),
    organisationText: typed(await records('name', 'organisations')),
    personText: typed(await records('last_name', 'people')),
    owner: zipf(await column('select "userId"::text as it from auth.member order by 1')),
    category: zipf(
      await column(
        'select category as it from data.organisations where category is not null group by 1 order by 1',
      ),
    ),
  };
}
