import { castTypes, kinds, storedValue } from './kinds.ts';
import { ident } from './plan.ts';
import type { Scopes, Writing } from './scope.ts';

/** Several conditions that must all hold. */
export function conditions(writing: Writing, scopes: Scopes, depth: number, most = 3): string {
  // Few, since many leave no rows, and nothing to miss.
  const count = Math.min(
    most,
    writing.choose.weighted([
      [3, 0],
      [6, 1],
      [2, 2],
      [0.5, 3],
    ]),
  );
  const all = Array.from({ length: count }, () => condition(writing, scopes, depth));
  return all.join(' and ');
}

/** One condition on what may be named. */
export function condition(writing: Writing, scopes: Scopes, depth: number): string {
  const { choose } = writing;
  const found = writing.column(scopes);
  if (!found) return choose.one(['true', '1 = 1']);
  const { sql, column } = found;
  const { group } = kinds[column.kind];
  const equal = () => {
    const value = writing.value(group);
    return choose.chance(0.8) ? `${sql} = ${value}` : `${value} = ${sql}`;
  };
  const inList = () => (choose.chance(0.2) && writing.column(scopes, group)?.sql) || writing.value(group);
  const nested = depth > 0;
  return choose.weighted<() => string>([
    [10, equal],
    [
      4,
      () => {
        const other = writing.column(scopes, group);
        return other ? `${sql} = ${other.sql}` : equal();
      },
    ],
    [1.5, () => `${sql} in (${Array.from({ length: choose.between(1, 3) }, () => inList()).join(', ')})`],
    [1, () => `${sql} = any (${writing.array(group)})`],
    [
      0.7,
      () =>
        `${sql} ${choose.one(['<>', 'is distinct from', 'is not distinct from', 'operator(pg_catalog.=)'])} ${writing.value(group)}`,
    ],
    [0.7, () => `${sql} is ${choose.one(['', 'not '])}null`],
    [0.8, () => `(${condition(writing, scopes, depth)} or ${condition(writing, scopes, depth)})`],
    [0.6, () => `not (${sql} = ${writing.value(group)})`],
    [0.4, () => `not (${condition(writing, scopes, depth)} and ${condition(writing, scopes, depth)})`],
    [0.4, () => `coalesce(${sql}, ${storedValue(choose, column.kind, 0)}) = ${writing.value(group)}`],
    [0.3, () => `${sql}::text = ${writing.value('text')}`],
    [
      0.3,
      () =>
        `${writing.value(group)}::${choose.one(castTypes[group])} = ${storedValue(choose, column.kind, 0)}`,
    ],
    [0.3, () => `(${sql}, 1) = (${writing.value(group)}, 1)`],
    [0.4, () => `(${sql} = ${writing.value(group)}) is ${choose.one(['true', 'not true', 'not false'])}`],
    [
      nested ? 1.5 : 0,
      () =>
        `${choose.chance(0.75) ? '' : 'not '}exists (${writing.nested.subquery(writing, scopes, depth - 1, undefined)})`,
    ],
    [
      nested ? 1.2 : 0,
      () =>
        `${sql} ${choose.chance(0.7) ? 'in' : 'not in'} (${writing.nested.subquery(writing, scopes, depth - 1, group)})`,
    ],
    [nested ? 0.7 : 0, () => `${sql} = any (${writing.nested.subquery(writing, scopes, depth - 1, group)})`],
    [
      nested ? 0.7 : 0,
      () =>
        `(select count(*) from ${counted(writing, scopes, depth - 1)}) ${choose.one(['>', '=', '<'])} ${choose.between(0, 2)}`,
    ],
  ])();
}

/** A FROM with a condition, to be counted. */
function counted(writing: Writing, scopes: Scopes, depth: number): string {
  const relation = writing.relation();
  const alias = writing.alias();
  const own = [{ alias, columns: relation.columns }];
  const where = [...writing.pins(own), conditions(writing, [own, ...scopes], depth, 2)]
    .filter(Boolean)
    .join(' and ');
  return `${relation.name.split('.').map(ident).join('.')} ${alias}${where ? ` where ${where}` : ''}`;
}
