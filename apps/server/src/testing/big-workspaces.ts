import type pg from 'pg';

/** How many records each workspace gets; D5. */
const bigWorkspace = { organisations: 100_000, people: 200_000 } as const;

const words =
  'gravity alpha boreal cedre dune ecume fontaine granit horizon indigo jardin kappa lumiere meridien nacre ocean ' +
  'pierre quartz rivage soleil terre ultra vallee wagram xenon yonne zenith atelier banque conseil';
const firstNames =
  'marie jean camille louis lea hugo emma jules chloe gabriel manon arthur ines paul sarah adam zoe lucas anna noe';
const lastNames =
  'martin bernard dubois thomas robert richard petit durand leroy moreau simon laurent lefebvre michel garcia david bertrand ' +
  'roux vincent fournier morel girard andre lefevre mercier dupont lambert bonnet francois martinez';
const cities =
  'Paris Lyon Marseille Toulouse Nice Nantes Montpellier Strasbourg Bordeaux Lille Rennes Reims Toulon Grenoble Dijon Angers';

/** A word of a list, by a number that need not be in it. */
const word = (list: string, number: string) =>
  `(string_to_array('${list}', ' '))[1 + ((${number}) % ${list.split(' ').length})::int]`;
/** Numbers that look drawn and are the same in every run. */
const drawn = (seed: number, of: string) => `(hashint4((${of}) * 7919 + ${seed})::bigint & 2147483647)`;
/** Null in so many of a hundred rows. */
const blank = (percent: number, seed: number, of: string, value: string) =>
  `case when ${drawn(seed, of)} % 100 >= ${percent} then ${value} end`;

/**
 * Fills workspaces with records by SQL alone, in seconds: what the plans are chosen by is the columns' statistics, and
 * those are as in life (blanks, few categories, a common country, unequal owners, a bin).
 */
export async function fillBigWorkspaces(
  owner: pg.Client,
  workspaces: readonly { id: string; owners: readonly string[] }[],
) {
  const indexes = await dropIndexes(owner);
  // No trigger and no foreign key is asked: the rows are right by construction.
  await owner.query(`set session_replication_role = replica; set maintenance_work_mem = '512MB'`);
  for (const { id, owners } of workspaces) {
    const common = {
      workspace: `'${id}'::uuid`,
      owner: `(array['${owners.join("','")}']::uuid[])[1 + (sqrt(${drawn(1, 'n')} % ${owners.length ** 2}))::int % ${owners.length}]`,
    };
    await owner.query(organisations(common));
    await owner.query(people(common, id));
  }
  await owner.query('reset session_replication_role');
  for (const index of indexes) await owner.query(index);
  await owner.query('vacuum (analyze) data.organisations');
  await owner.query('vacuum (analyze) data.people');
}

async function dropIndexes(owner: pg.Client): Promise<string[]> {
  const { rows } = await owner.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
     from pg_index i where i.indrelid in ('data.organisations'::regclass, 'data.people'::regclass) and not i.indisunique`,
  );
  for (const { name } of rows) await owner.query(`drop index ${name}`);
  return rows.map(({ definition }) => definition);
}

interface Common {
  readonly workspace: string;
  readonly owner: string;
}

function organisations({ workspace, owner }: Common): string {
  return `
    insert into data.organisations (workspace_id, name, category, active, email, phone, phone_raw, website, postal_code, city,
      country, siren, annual_revenue, owner_id, external_id, created_at, updated_at, deleted_at, search_text, name_key)
    select ${workspace}, name, ${blank(20, 2, 'n', `'Category ' || ${drawn(3, 'n')} % 40`)}, ${drawn(4, 'n')} % 10 > 0,
      email, phone, phone, website, lpad((${drawn(5, 'n')} % 99000)::text, 5, '0'),
      ${blank(10, 6, 'n', word(cities, drawn(7, 'n')))},
      ${blank(10, 8, 'n', `case when ${drawn(9, 'n')} % 10 < 8 then 'FR' else ${word('BE CH DE ES IT LU', drawn(10, 'n'))} end`)},
      siren, ${blank(40, 11, 'n', `(${drawn(12, 'n')} % 900000000)::numeric / 100`)}, ${owner}, 'ext-' || n,
      now() - n * interval '1 minute', now() - (${drawn(13, 'n')} % 500000) * interval '1 minute',
      case when ${drawn(14, 'n')} % 50 = 0 then now() - (${drawn(15, 'n')} % 29) * interval '1 day' end,
      ' ' || concat_ws(' ', lower(name), translate(email, '@.-', '   '), siren, substr(phone, 2), '0' || substr(phone, 4)),
      lower(name)
    from (
      select n, initcap(${word(words, drawn(20, 'n'))} || ' ' || ${word(words, drawn(21, 'n'))} || ' ' || n) as name,
        ${blank(20, 22, 'n', `'contact@' || ${word(words, drawn(20, 'n'))} || n || '.example'`)} as email,
        ${blank(30, 23, 'n', `'+33' || (100000000 + ${drawn(24, 'n')} % 899999999)`)} as phone,
        ${blank(50, 25, 'n', `'https://' || ${word(words, drawn(20, 'n'))} || n || '.example'`)} as website,
        ${blank(40, 26, 'n', `lpad((${drawn(27, 'n')} % 1000000000)::text, 9, '0')`)} as siren
      from generate_series(1, ${bigWorkspace.organisations}) n
    ) made`;
}

function people({ workspace, owner }: Common, id: string): string {
  return `
    with targets as (
      select id, name, row_number() over (order by id) - 1 as place from data.organisations where workspace_id = '${id}'
    )
    insert into data.people (workspace_id, first_name, last_name, job_title, email, phone, phone_raw, organisation_id,
      organisation_name, owner_id, external_id, created_at, updated_at, deleted_at, search_text, name_key)
    select ${workspace}, first_name, last_name, ${blank(30, 41, 'n', `'Job ' || ${drawn(42, 'n')} % 60`)}, email, phone, phone,
      t.id, t.name, ${owner}, 'ext-' || n, now() - n * interval '1 minute',
      now() - (${drawn(43, 'n')} % 500000) * interval '1 minute',
      case when ${drawn(44, 'n')} % 50 = 0 then now() - (${drawn(45, 'n')} % 29) * interval '1 day' end,
      ' ' || concat_ws(' ', lower(first_name), lower(last_name), translate(email, '@.-', '   '), substr(phone, 2), '0' || substr(phone, 4)),
      lower(concat_ws(' ', first_name, last_name))
    from (
      select n, ${blank(10, 46, 'n', `initcap(${word(firstNames, drawn(47, 'n'))})`)} as first_name,
        initcap(${word(lastNames, drawn(48, 'n'))}) || ' ' || to_hex(${drawn(49, 'n')} % 100000) as last_name,
        ${blank(20, 50, 'n', `${word(lastNames, drawn(48, 'n'))} || n || '@mail.example'`)} as email,
        ${blank(40, 51, 'n', `'+336' || (10000000 + ${drawn(52, 'n')} % 89999999)`)} as phone,
        ${blank(15, 53, 'n', `${drawn(54, 'n')} % ${bigWorkspace.organisations}`)} as place
      from generate_series(1, ${bigWorkspace.people}) n
    ) made left join targets t using (place)`;
}
