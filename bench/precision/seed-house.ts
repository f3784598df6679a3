import { readFile } from 'node:fs/promises';
import { installTracking } from '@vif/cache-postgres';
import pg from 'pg';
import { categories, countries, roomForRows, type Workspace, words } from './house.ts';

/**
 * Makes the database that each way of caching then gets a copy of: the same rows at each run.
 * @param connection the superuser's
 * @returns the name to copy from
 */
export async function seedHouse(connection: pg.ClientConfig, house: readonly Workspace[]): Promise<string> {
  const database = 'seeded';
  const first = new pg.Client(connection);
  await first.connect();
  await first.query(`create database ${database}`);
  await first.end();
  const client = new pg.Client({ ...connection, database });
  await client.connect();
  try {
    await client.query(await sqlIn('schema.sql'));
    for (const workspace of house) {
      const values = [workspace.id, workspace.number * roomForRows, words, categories, countries];
      for (const [text, rows] of rowsOf(workspace)) await client.query(text, [...values, rows]);
    }
    await installTracking(client);
    await client.query(await sqlIn('indexes.sql'));
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
  return database;
}

function sqlIn(name: string): Promise<string> {
  return readFile(new URL(name, import.meta.url), 'utf8');
}

/**
 * Statements that make a workspace's rows, and how many each makes: $1 workspace, $2 its first number, $3 words, $4
 * categories, $5 countries, $6 rows. Multiplying by primes scatters what would else lie in order.
 */
function rowsOf({ members, organisations, people, interactions }: Workspace): [text: string, rows: number][] {
  const some = 'with given as (select $3::text[] w, $4::text[] c, $5::text[] k)';
  const word = (by: number) => `w[1 + (i * ${by}) % cardinality(w)]`;
  const owner = (organisation: string) => `data.id_of(2, $2::bigint + ${organisation} % ${members})`;
  return [
    [
      `${some} insert into data.members select data.id_of(2, $2::bigint + i), $1, initcap(${word(389)})
       from given, generate_series(0, $6::bigint - 1) i`,
      members,
    ],
    [
      `${some} insert into data.organisations
       select data.id_of(3, $2::bigint + i), $1, initcap(name), c[1 + (i * 31) % cardinality(c)], i % 10 <> 0,
         'info@' || ${word(7919)} || i || '.example', '+331' || lpad(i::text, 8, '0'), initcap(${word(1013)}),
         k[1 + (i * 17) % cardinality(k)], (i * 7919) % 9000000, ${owner('i')}, repeat(name || '. ', 5),
         timestamptz '2026-01-01' - i * interval '7 minutes', null, ' ' || name
       from given, generate_series(0, $6::bigint - 1) i,
         lateral (select ${word(7919)} || ' ' || ${word(104_729)} || ' ' || i as name) n`,
      organisations,
    ],
    [
      `${some} insert into data.people
       select data.id_of(4, $2::bigint + i), $1, initcap(${word(6007)}), initcap(${word(3001)}), ${word(499)},
         ${word(6007)} || i || '@mail.example', o.id, o.name,
         ${owner(`(i % ${organisations})`)}, timestamptz '2026-01-01' - i * interval '3 minutes', null,
         ' ' || ${word(6007)} || ' ' || ${word(3001)}
       from given, generate_series(0, $6::bigint - 1) i
         join data.organisations o on o.id = data.id_of(3, $2::bigint + i % ${organisations})`,
      people,
    ],
    [
      `${some} insert into data.interactions
       select data.id_of(5, $2::bigint + i), $1, data.id_of(3, $2::bigint + o), data.id_of(4, $2::bigint + o + (i % 2) * ${organisations}),
         ${owner('o')}, (array['call', 'visit', 'mail'])[1 + i % 3], ${word(5011)} || ' ' || ${word(2003)},
         date '2026-11-20' - ((i * 13) % 730)::integer
       from given, generate_series(0, $6::bigint - 1) i, lateral (
         select floor(power(((i * 7919) % ${interactions}) / ${interactions}.0, 2) * ${organisations})::bigint as o) x`,
      interactions,
    ],
  ];
}
