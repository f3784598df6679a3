import type { Chooser } from './chooser.ts';
import { kinds, storedValue } from './kinds.ts';
import { ident, type Plan, type PlannedRelation } from './plan.ts';

/** Statements of one write: one alone, or of a transaction. */
export type Write = readonly string[];

/** A random write of one or some statements. */
export function writeOf(choose: Chooser, plan: Plan): Write {
  const one = () => statementOf(choose, choose.one(plan.relations.filter(({ writable }) => writable)), plan);
  return choose.weighted<() => Write>([
    [10, () => [one()]],
    [1, () => ['begin', one(), one(), 'commit']],
    [0.3, () => ['begin', one(), 'rollback']],
    [0.5, () => ['begin', one(), 'savepoint s', one(), 'rollback to s', 'commit']],
    [0.3, () => ['begin', one(), 'savepoint s', one(), 'release s', one(), 'commit']],
  ])();
}

/** One statement that fills a table. */
export function insertOf(choose: Chooser, relation: PlannedRelation, rows: number): string {
  const columns = relation.columns.map(({ name }) => ident(name)).join(', ');
  const values = Array.from(
    { length: rows },
    () => `(${relation.columns.map((one) => valueOf(choose, relation, one)).join(', ')})`,
  );
  return `insert into ${relation.name} (${columns}) values ${values.join(', ')}`;
}

function valueOf(
  choose: Chooser,
  relation: PlannedRelation,
  { name, kind }: PlannedRelation['columns'][number],
): string {
  if (relation.key.includes(name) && kinds[kind].group === 'number')
    return choose.one(['-1', '0', '1', '42', '2', '3']);
  return storedValue(choose, kind, relation.key.includes(name) || name === 'w' ? 0 : undefined);
}

function statementOf(choose: Chooser, relation: PlannedRelation, plan: Plan): string {
  const { name, columns, key, isView } = relation;
  // Values that are equal and yet not the same are written on purpose.
  const loose = columns.filter(({ kind }) => kind === 'citext' || kind === 'loose' || kind === 'numeric');
  const pick = choose.one(loose.length > 0 && choose.chance(0.4) ? loose : columns);
  const where = (alias = '') => {
    const one = choose.one(columns);
    return choose.weighted([
      [5, ` where ${alias}${ident(one.name)} = ${storedValue(choose, one.kind, 0)}`],
      [1, ''],
      [1, ` where ${alias}${ident(one.name)} is null`],
      [1, ` where ${alias}${ident(one.name)} <> ${storedValue(choose, one.kind, 0)}`],
    ]);
  };
  const setOf = (one = pick) => {
    const column = ident(one.name);
    const { group } = kinds[one.kind];
    return choose.weighted([
      [5, `${column} = ${valueOf(choose, relation, one)}`],
      [0.5, `${column} = ${column}`],
      [group === 'number' ? 0.5 : 0, `${column} = 1 - ${column}`],
      [
        one.kind === 'citext' || one.kind === 'loose' || one.kind === 'char' || one.kind === 'text' ? 5 : 0,
        `${column} = upper(${column})`,
      ],
      [one.kind === 'numeric' ? 5 : 0, `${column} = ${column} * 1.0`],
    ]);
  };
  const insert = insertOf(choose, relation, choose.between(1, 3));
  const conflict = key.length > 0 && !isView ? ` (${key.map(ident).join(', ')})` : '';
  const set = () =>
    [
      ...new Map(
        (choose.chance(0.5) ? [pick] : [pick, choose.one(columns)]).map((one) => [one.name, setOf(one)]),
      ).values(),
    ].join(', ');
  const update = () => `update ${name} set ${set()}${where()}`;
  const remove = () => `delete from ${name}${where()}`;
  return choose.weighted<() => string>([
    [4, () => `${insert} on conflict do nothing`],
    [1, () => insert],
    [
      conflict ? 2 : 0,
      () => `${insertOf(choose, relation, 1)} on conflict${conflict} do update set ${set()}`,
    ],
    [6, update],
    [3, remove],
    [isView ? 0 : 0.4, () => `truncate ${name} cascade`],
    [
      isView || key.length === 0 ? 0 : 0.8,
      () =>
        `merge into ${name} t using (select ${columns.map((one) => `(${valueOf(choose, relation, one)})::${kinds[one.kind].type.replace(' collate loose', '')} as ${ident(one.name)}`).join(', ')}) s on ${key.map((one) => `t.${ident(one)} = s.${ident(one)}`).join(' and ')} when matched then ${choose.chance(0.3) ? 'delete' : `update set ${ident(pick.name)} = s.${ident(pick.name)}`} when not matched then insert (${columns.map((one) => ident(one.name)).join(', ')}) values (${columns.map((one) => `s.${ident(one.name)}`).join(', ')})`,
    ],
    [
      0.8,
      () => `with u as (${update()} returning 1) ${choose.chance(0.5) ? `select count(*) from u` : remove()}`,
    ],
    [
      0.5,
      () => {
        const other = choose.one(plan.relations.filter(({ writable }) => writable));
        return `with d as (${remove()} returning 1) ${insertOf(choose, other, 1)} on conflict do nothing`;
      },
    ],
  ])();
}
