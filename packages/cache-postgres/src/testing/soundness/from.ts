import { conditions } from './condition.ts';
import { kinds } from './kinds.ts';
import { ident, type PlannedColumn } from './plan.ts';
import type { Named, Scopes, Writing } from './scope.ts';

interface Part {
  readonly sql: string;
  readonly named: readonly Named[];
}

/** A FROM of some tables, joined in some way. */
export function fromClause(writing: Writing, outer: Scopes, depth: number): Part {
  const { choose } = writing;
  const count = choose.weighted([
    [writing.focus === 'joins' ? 1 : 7, 1],
    [6, 2],
    [1.5, 3],
    [0.3, 4],
  ]);
  const parts: Part[] = [];
  let left = count;
  while (left > 0) {
    const size = choose.between(1, left);
    parts.push(
      joined(
        writing,
        size,
        outer,
        parts.flatMap(({ named }) => named),
        depth,
      ),
    );
    left -= size;
  }
  return { sql: parts.map(({ sql }) => sql).join(', '), named: parts.flatMap(({ named }) => named) };
}

/** @param before what stands left of it, which LATERAL may name */
function joined(
  writing: Writing,
  size: number,
  outer: Scopes,
  before: readonly Named[],
  depth: number,
): Part {
  const { choose } = writing;
  if (size === 1) return single(writing, outer, before, depth);
  const half = choose.between(1, size - 1);
  const join = choose.weighted([
    [writing.focus === 'joins' ? 2 : 5, 'join'],
    [4, 'left join'],
    [writing.focus === 'joins' ? 3 : 1.5, 'right join'],
    [writing.focus === 'joins' ? 4 : 1.5, 'full join'],
    [0.7, 'cross join'],
  ]);
  const left = joined(writing, half, outer, before, depth);
  const right = joined(
    writing,
    size - half,
    outer,
    join === 'join' || join === 'left join' ? [...before, ...left.named] : [],
    depth,
  );
  const named = [...left.named, ...right.named];
  const wrapped = size - half > 1 ? `(${right.sql})` : right.sql;
  if (join === 'cross join') return { sql: `${left.sql} cross join ${wrapped}`, named };
  const common = inBoth(left.named, right.named);
  if (common.length > 0 && choose.chance(0.12))
    return { sql: `${left.sql} ${join} ${wrapped} using (${ident(choose.one(common))})`, named };
  return {
    sql: `${left.sql} ${join} ${wrapped} on ${onClause(writing, left.named, right.named, outer, join === 'full join', depth)}`,
    named,
  };
}

function onClause(
  writing: Writing,
  left: readonly Named[],
  right: readonly Named[],
  outer: Scopes,
  isFull: boolean,
  depth: number,
): string {
  const { choose } = writing;
  const parts: string[] = [];
  const one = writing.column([left], undefined, right);
  const other = one && writing.column([right], kinds[one.column.kind].group, left);
  if (one && other && (isFull || choose.chance(0.85))) parts.push(`${one.sql} = ${other.sql}`);
  // A full join on anything but an equality is refused by PostgreSQL.
  if (!isFull || choose.chance(0.1)) {
    const more = conditions(writing, [[...left, ...right], ...outer], choose.chance(0.3) ? depth : 0, 2);
    if (more) parts.push(more);
  } else if (choose.chance(0.4)) {
    const found = writing.column([choose.one([left, right])], undefined, [...left, ...right]);
    if (found) parts.push(`${found.sql} = ${writing.value(kinds[found.column.kind].group)}`);
  }
  return parts.join(' and ') || 'true';
}

function single(writing: Writing, outer: Scopes, before: readonly Named[], depth: number): Part {
  const { choose } = writing;
  const alias = writing.alias();
  if (depth > 0 && choose.chance(writing.focus === 'nested' ? 0.4 : 0.12)) {
    const lateral = choose.chance(0.5);
    const { sql, columns } = writing.nested.derived(writing, lateral ? [before, ...outer] : outer, depth - 1);
    return { sql: `${lateral ? 'lateral ' : ''}(${sql}) ${alias}`, named: [{ alias, columns }] };
  }
  const relation = writing.relation();
  const plain = !relation.name.includes('.') && choose.chance(0.1) && before.length === 0;
  if (plain) return { sql: relation.name, named: [{ alias: relation.name, columns: relation.columns }] };
  const only = choose.chance(0.03) && !relation.isView ? 'only ' : '';
  if (choose.chance(0.15)) {
    const columns = swapped(relation.columns, choose.shuffled(relation.columns.map(({ name }) => name)));
    const list = columns.map(({ name }) => ident(name)).join(', ');
    return { sql: `${only}${relation.name} ${alias} (${list})`, named: [{ alias, columns }] };
  }
  return { sql: `${only}${relation.name} ${alias}`, named: [{ alias, columns: relation.columns }] };
}

function swapped(columns: readonly PlannedColumn[], names: readonly string[]): PlannedColumn[] {
  return columns.map(({ kind, name }, at) => ({ kind, name: names[at] ?? name }));
}

function inBoth(left: readonly Named[], right: readonly Named[]): string[] {
  const once = (side: readonly Named[]) => {
    const all = side.flatMap(({ columns }) => columns);
    return all.filter(({ name }) => all.filter((one) => one.name === name).length === 1);
  };
  const others = once(right);
  return once(left)
    .filter(({ name, kind }) =>
      others.some((one) => one.name === name && kinds[one.kind].group === kinds[kind].group),
    )
    .map(({ name }) => name);
}
