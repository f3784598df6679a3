import type { Chooser } from './chooser.ts';
import { condition, conditions } from './condition.ts';
import { fromClause } from './from.ts';
import { type Group, kinds } from './kinds.ts';
import { ident, type Plan, type PlannedColumn, type PlannedRelation } from './plan.ts';
import { type Focus, type Named, type Scopes, Writing } from './scope.ts';

/** A random SELECT whose rows follow from the tables' rows, but for their order. */
export interface Query {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** How deep queries may lie in each other. */
const deepest = 2;

export function selectOf(choose: Chooser, plan: Plan, focus: Focus): Query {
  const writing = new Writing(choose, plan, { subquery, derived: derivedQuery }, focus);
  const text = withQueries(writing);
  return { text, values: writing.values };
}

function withQueries(writing: Writing): string {
  const { choose, plan } = writing;
  if (!choose.chance(writing.focus === 'with' ? 0.9 : 0.15)) return body(writing);
  const made: string[] = [];
  const recursive = choose.chance(0.3);
  const known: PlannedRelation[] = [];
  for (let at = choose.between(1, 2); at > 0; at--) {
    // Called as a table is, it hides that one; from those behind it only, unless it is recursive.
    const hidden = choose.one(plan.relations);
    const name = choose.chance(0.6) && !hidden.name.includes('.') ? hidden.name : `c${at}`;
    if (known.some((one) => one.name === name)) continue;
    if (recursive) {
      const relation = choose.one(
        plan.relations.filter((one) => one.name !== name).length > 0
          ? plan.relations.filter((one) => one.name !== name)
          : plan.relations,
      );
      const [column = { name: 'id', kind: 'int4' as const }] = relation.columns;
      if (kinds[column.kind].group === 'number') {
        const own = [{ alias: 's', columns: relation.columns }];
        const where = [...writing.pins(own), conditions(writing, [own], 0, 2)].filter(Boolean).join(' and ');
        made.push(
          `${name} (n) as (select s.${ident(column.name)}::bigint from ${relation.name} s${where ? ` where ${where}` : ''} union select n + 1 from ${name} where n < 3)`,
        );
        known.push(queryNamed(name, [{ name: 'n', kind: 'int8' }]));
        writing.queries = [...known];
      }
      continue;
    }
    const { sql, columns } = derivedQuery(writing, [], 1);
    made.push(`${name} as ${choose.one(['', '', 'materialized ', 'not materialized '])}(${sql})`);
    known.push(queryNamed(name, columns));
    writing.queries = [...known];
  }
  if (made.length === 0) return body(writing);
  return `with ${recursive ? 'recursive ' : ''}${made.join(', ')} ${body(writing)}`;
}

function queryNamed(name: string, columns: readonly PlannedColumn[]): PlannedRelation {
  return { name, columns, key: [], isView: true, writable: false, workspace: false };
}

function body(writing: Writing): string {
  const { choose } = writing;
  if (choose.chance(0.9))
    return derivedQuery(
      writing,
      [],
      choose.weighted([
        [writing.focus === 'nested' ? 0 : 6, 0],
        [3, 1],
        [1, deepest],
      ]),
    ).sql;
  // Arms of one column each, of one group.
  const group = choose.one<Group>(['number', 'text']);
  const arms = [subquery(writing, [], 1, group), subquery(writing, [], 1, group)];
  return arms
    .map((arm) => `(select s.v::text collate "C" as v from (${arm}) s (v))`)
    .join(` ${choose.one(['union', 'union all', 'intersect', 'except'])} `);
}

/** A query of one column of a group, or of anything where none is asked for. */
function subquery(writing: Writing, outer: Scopes, depth: number, group: Group | undefined): string {
  const { choose } = writing;
  const { sql, named } = fromClause(writing, outer, Math.max(0, depth));
  const scopes: Scopes = [named, ...outer];
  const found = group && writing.column([named], group);
  const where = [...writing.pins(named), conditions(writing, scopes, depth, 2)].filter(Boolean).join(' and ');
  const literal = {
    number: '42',
    uuid: 'null::uuid',
    bool: 'true',
    text: `'a'::text`,
    moment: 'null::timestamptz',
  };
  const target = group ? (found?.sql ?? literal[group]) : choose.one(['1', '*', '']);
  return `select ${target} from ${sql}${where ? ` where ${where}` : ''}`;
}

/** A query with columns that are known. */
function derivedQuery(
  writing: Writing,
  outer: Scopes,
  depth: number,
): { sql: string; columns: readonly PlannedColumn[] } {
  const { choose } = writing;
  const { sql: from, named } = fromClause(writing, outer, depth);
  const scopes: Scopes = [named, ...outer];
  const where = [...writing.pins(named), conditions(writing, scopes, depth)].filter(Boolean).join(' and ');
  const clause = ` from ${from}${where ? ` where ${where}` : ''}`;
  const chosen = outputs(writing, named);
  if (chosen.length === 0)
    return { sql: `select 1 as one${clause}`, columns: [{ name: 'one', kind: 'int4' }] };
  const columns = chosen.map(({ column, name }) => ({ kind: column.kind, name }));
  const list = chosen.map(({ sql, name }) => `${sql} as ${ident(name)}`).join(', ');
  const texts = chosen.map(({ sql }) => `${sql}::text collate "C"`);
  const asText = chosen.map(({ name }, at) => `${texts[at] ?? ''} as ${ident(name)}`).join(', ');
  const textColumns = columns.map(({ name }) => ({ name, kind: 'text' as const }));
  const own = choose.weighted<() => { sql: string; columns: readonly PlannedColumn[] }>([
    [9, () => ({ sql: `select ${list}${clause}`, columns })],
    [1, () => ({ sql: `select count(*) as n${clause}`, columns: [{ name: 'n', kind: 'int8' as const }] })],
    [0.7, () => ({ sql: `select distinct ${asText}${clause}`, columns: textColumns })],
    [
      0.8,
      () => ({
        sql: `select ${list}${clause} order by ${texts.join(', ')} limit ${choose.between(0, 2)}${choose.chance(0.3) ? ' offset 1' : ''}`,
        columns,
      }),
    ],
    [
      0.8,
      () => ({
        sql: `select distinct on (${texts[0] ?? '1'}) ${list}${clause} order by ${texts.join(', ')}`,
        columns,
      }),
    ],
    [
      0.8,
      () => ({
        sql: `select ${texts[0] ?? '1'} as g, count(*) as n${clause} group by ${texts[0] ?? '1'}${choose.chance(0.4) ? ` having count(*) ${choose.one(['>', '='])} 1` : ''}`,
        columns: [
          { name: 'g', kind: 'text' as const },
          { name: 'n', kind: 'int8' as const },
        ],
      }),
    ],
    [
      0.5,
      () => ({
        sql: `select ${list}, rank() over (order by ${texts[0] ?? '1'}) as n${clause}`,
        columns: [...columns.filter(({ name }) => name !== 'n'), { name: 'n', kind: 'int8' as const }],
      }),
    ],
    [
      depth > 0 ? 0.8 : 0,
      () => ({
        sql: `select ${list}, (select count(*) from (${subquery(writing, scopes, depth - 1, undefined)}) s) as m${clause}`,
        columns: [...columns, { name: 'm', kind: 'int8' as const }],
      }),
    ],
    [
      0.3,
      () => ({
        sql: `select ${list}, (${condition(writing, scopes, Math.max(0, depth - 1))}) as b${clause}`,
        columns: [...columns, { name: 'b', kind: 'bool' as const }],
      }),
    ],
  ]);
  return own();
}

function outputs(writing: Writing, named: readonly Named[]) {
  const { choose } = writing;
  const all = named.flatMap(({ alias, columns }) =>
    columns.map((column) => ({ sql: `${alias}.${ident(column.name)}`, column })),
  );
  const chosen = choose.shuffled(all).slice(0, choose.between(1, 4));
  const names = new Set<string>();
  return chosen.flatMap(({ sql, column }) => {
    const name = choose.chance(0.85) ? column.name : choose.one(['k', 'x', 'y', 'id']);
    if (names.has(name)) return [];
    names.add(name);
    return { sql, column, name };
  });
}
