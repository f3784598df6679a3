import { Chooser } from './chooser.ts';
import { type Group, type Kind, kinds, storedValue } from './kinds.ts';

export interface PlannedColumn {
  readonly name: string;
  readonly kind: Kind;
}

/** A table or view of a random schema. */
export interface PlannedRelation {
  /** As a statement may say it; of another schema with that. */
  readonly name: string;
  readonly columns: readonly PlannedColumn[];
  readonly key: readonly string[];
  readonly isView: boolean;
  /** May be written to: a table, a part of one, or a simple view. */
  readonly writable: boolean;
  /** Has to be read with the setting app.w. */
  readonly workspace: boolean;
}

export interface Plan {
  readonly statements: readonly string[];
  readonly relations: readonly PlannedRelation[];
}

const names = ['k', 'x', 'y', 'z', 'Q q'];

export function ident(name: string): string {
  return /^[a-z_][a-z_0-9]*$/.test(name) ? name : `"${name}"`;
}

/** A random schema in `app`, and `other` behind it in the search path, as statements that make it. */
export function planOf(seed: number): Plan {
  const choose = new Chooser(seed);
  // A schema of few kinds has more that can be compared.
  const mood = choose.chance(0.75)
    ? choose.one<Group>(['text', 'text', 'number', 'bool', 'bool', 'uuid'])
    : undefined;
  const kindOf = new Map<string, Kind>();
  for (const name of names) {
    kindOf.set(
      name,
      mood && choose.chance(0.7)
        ? choose.one(kindsOf(mood))
        : choose.weighted<Kind>([
            [5, 'int4'],
            [2, 'uuid'],
            [1, 'bool'],
            [3, 'text'],
            [0.4, 'numeric'],
            [0.4, 'citext'],
            [0.4, 'loose'],
            [0.4, 'char'],
            [0.2, 'moment'],
          ]),
    );
  }
  const statements: string[] = [];
  const relations: PlannedRelation[] = [];
  const count = choose.between(2, 4);
  for (let at = 0; at < count; at++) {
    // A table of the same name behind another in the search path, so that names hide each other.
    const schema = at > 0 && choose.chance(0.15) ? 'other' : 'app';
    const name = schema === 'other' ? `t${choose.below(at)}` : `t${at}`;
    if (relations.some((one) => one.name === `${schema}.${name}` || (schema === 'app' && one.name === name)))
      continue;
    const made = table(choose, schema, name, kindOf, relations);
    statements.push(...made.statements);
    relations.push(...made.relations);
  }
  for (let at = choose.between(1, 4); at > 0; at--) {
    const view = viewOf(choose, `v${at}`, relations);
    statements.push(view.statement);
    relations.push(view.relation);
  }
  return { statements, relations };
}

/** One that is exactly or nearly as the name's is elsewhere. */
function near(choose: Chooser, kind: Kind): Kind {
  if (choose.chance(0.6)) return kind;
  return choose.one(kindsOf(kinds[kind].group));
}

/** Those that may be narrowed by as often as the others. */
function kindsOf(group: Group): Kind[] {
  const alike = (Object.keys(kinds) as Kind[]).filter((one) => kinds[one].group === group); // its own keys
  return [...alike, ...alike.filter((one) => kinds[one].exact)];
}

/** The workspace that a load is of. */
export function settingAs(kind: Kind): string {
  return `current_setting('app.w')${kind === 'text' ? '' : `::${kinds[kind].type}`}`;
}

function table(
  choose: Chooser,
  schema: string,
  name: string,
  kindOf: ReadonlyMap<string, Kind>,
  before: readonly PlannedRelation[],
): { statements: string[]; relations: PlannedRelation[] } {
  const said = schema === 'app' ? name : `${schema}.${name}`;
  const workspace = choose.chance(0.3);
  const columns: PlannedColumn[] = [{ name: 'id', kind: choose.chance(0.8) ? 'int4' : 'int8' }];
  if (workspace) columns.push({ name: 'w', kind: choose.one(['text', 'uuid', 'int4'] as const) });
  for (const [column, kind] of choose.shuffled([...kindOf]).slice(0, choose.between(1, 4)))
    columns.push({ name: column, kind: near(choose, kind) });
  const composite = choose.chance(0.2) && columns.length > 2;
  const shape = choose.weighted([
    [6, 'plain'],
    [1, 'partitioned'],
    [1, 'parent'],
    [0.7, 'keyless'],
  ]);
  const key = shape === 'keyless' ? [] : composite ? ['id', columns.at(-1)?.name ?? 'id'] : ['id'];
  const parts = columns.map(
    ({ name: column, kind }) => `${ident(column)} ${kinds[kind].type}${column === 'w' ? ' not null' : ''}`,
  );
  if (key.length > 0) parts.push(`primary key (${key.map(ident).join(', ')})`);
  const target = before.find(
    (one) =>
      !one.isView &&
      one.key.length === 1 &&
      one.writable &&
      !one.workspace &&
      one.columns[0]?.kind === 'int4',
  );
  const reference = columns.find((one) => one.kind === 'int4' && !key.includes(one.name) && one.name !== 'w');
  if (shape !== 'parent' && target && reference && choose.chance(0.6))
    parts.push(
      `foreign key (${ident(reference.name)}) references ${target.name} on delete ${choose.one(['cascade', 'set null'])} on update cascade`,
    );
  const full = `${schema}.${name}`;
  const statements = [
    `create table ${full} (${parts.join(', ')})${shape === 'partitioned' ? ' partition by range (id)' : ''}`,
  ];
  const common = { columns, isView: false, writable: true, workspace };
  const relations: PlannedRelation[] = [{ ...common, name: said, key }];
  if (shape === 'partitioned') {
    statements.push(
      `create table ${full}_low partition of ${full} for values from (minvalue) to (1)`,
      `create table ${full}_high partition of ${full} for values from (1) to (maxvalue)`,
    );
    relations.push({ ...common, name: `${said}_low`, key }, { ...common, name: `${said}_high`, key });
  } else if (shape === 'parent') {
    statements.push(`create table ${full}_child (extra int) inherits (${full})`);
    relations.push({
      ...common,
      name: `${said}_child`,
      key: [],
      columns: [...columns, { name: 'extra', kind: 'int4' }],
    });
  }
  const tracked = columns.filter(
    ({ name: column, kind }) => kinds[kind].exact && column !== 'w' && choose.chance(0.7),
  );
  const list = [`'${full}'`, workspace ? "'w'" : 'null', ...tracked.map(({ name: column }) => `'${column}'`)];
  statements.push(`select vif_cache.track(${list.join(', ')})`);
  if (workspace && choose.chance(0.8)) {
    const type = kinds[columns[1]?.kind ?? 'text'].type;
    const using = choose.weighted([
      [3, `w = current_setting('app.w')::${type}`],
      [1, `w = nullif(current_setting('app.w', true), '')::${type}`],
      [1, `w = current_setting('app.w')::${type} and id is not null`],
    ]);
    statements.push(
      `alter table ${full} enable row level security`,
      `create policy p on ${full} using (${using})`,
    );
    const reads = before.find((one) => !one.isView && !one.workspace);
    if (reads && choose.chance(0.5))
      statements.push(
        `create policy r on ${full} as restrictive using (exists (select 1 from ${reads.name} r where r.id <> ${full}.id))`,
      );
    if (choose.chance(0.35)) statements.push(`create policy q on ${full} to reader using (id = 1)`);
  }
  return { statements, relations };
}

function viewOf(choose: Chooser, name: string, before: readonly PlannedRelation[]) {
  const of = choose.one(before);
  const workspace = of.columns.find((one) => one.name === 'w');
  const picked = choose.shuffled(of.columns).slice(0, choose.between(1, of.columns.length));
  const columns =
    workspace && choose.chance(0.9) ? [workspace, ...picked.filter((one) => one !== workspace)] : picked;
  const renamed = columns.map((column) =>
    column.name !== 'w' && choose.chance(0.4) ? { ...column, name: choose.one(names) } : column,
  );
  const unique = renamed.filter((one, at) => renamed.findIndex((other) => other.name === one.name) === at);
  const sources = unique.map((one) => columns[renamed.indexOf(one)] ?? one);
  const list = sources.map((source, at) => {
    const { kind } = source;
    const plain = `r.${ident(source.name)}`;
    const isMade = choose.chance(0.08);
    const value =
      isMade && kinds[kind].group === 'number'
        ? `${plain} + 0`
        : isMade && kind === 'text'
          ? `lower(${plain})`
          : plain;
    return { sql: `${value} as ${ident(unique[at]?.name ?? '')}`, plain };
  });
  const pick = choose.one(of.columns);
  const isPinned = workspace && choose.chance(0.6);
  const where = isPinned
    ? ` where r.w = ${settingAs(workspace.kind)}`
    : choose.chance(0.5)
      ? ` where r.${ident(pick.name)} ${choose.one(['=', '=', '<>'])} ${storedValue(choose, pick.kind, 0)}`
      : '';
  const ordered = of.columns.map((one) => `r.${ident(one.name)}::text collate "C" nulls last`).join(', ');
  const from = ` from ${of.name} r`;
  const select = list.map((one) => one.sql).join(', ');
  const [first] = unique;
  const body = choose.weighted([
    [6, `select ${select}${from}${where}`],
    [
      1.5,
      `select distinct on (r.${ident(pick.name)}::text collate "C") ${select}${from} order by r.${ident(pick.name)}::text collate "C", ${ordered}`,
    ],
    [1.5, `select ${select}${from}${where} order by ${ordered} limit 2`],
    [1.5, `select ${select}, rank() over (order by ${ordered}) as n${name}${from}`],
    [0.7, `select ${select}${from} where (select count(*)${from}) > 2`],
    [
      0.7,
      `select ${select}${from} cross join (select count(*) as n from ${choose.one(before).name}) c where c.n > 1`,
    ],
    [
      0.5,
      `select * from (select ${select}, rank() over (order by ${ordered}) as n${name}${from}) s where n${name} < 3`,
    ],
  ]);
  const isSimple = /^select (?!\*|distinct)/.test(body) && !/limit|rank|cross/.test(body);
  const ranked = body.includes('rank()');
  const invoker = choose.chance(0.4) ? ' with (security_invoker = true)' : '';
  const view: PlannedRelation = {
    name,
    columns: ranked ? [...unique, { name: `n${name}`, kind: 'int8' as const }] : unique,
    key: [],
    isView: true,
    writable: isSimple && first !== undefined,
    workspace: of.workspace,
  };
  return { statement: `create view app.${name}${invoker} as ${body}`, relation: view };
}
