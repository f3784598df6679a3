import { namesOf, withQueries } from './names.ts';
import { readExpression } from './read-expression.ts';
import { readFrom } from './read-from.ts';
import type { Reading } from './reading.ts';
import { refuse } from './refusal.ts';
import { type Around, derived, type Scope } from './scope.ts';
import { conjuncts, type Node, partsOf, type SelectStmt } from './syntax.ts';

/**
 * Reads a query: the tables it sees, each with what holds for the rows of it that count.
 * @throws {Refusal} when that cannot be known
 */
export function readQuery(reading: Reading, select: SelectStmt, { outer, queries: around }: Around): void {
  if (select.lockingClause) refuse('it locks rows');
  if (select.intoClause) refuse('it makes a table');
  const { queries, each } = withQueries(select, reading.catalogue, around);
  for (const { query, queries: known } of each) readQuery(reading, query, { outer, queries: known });
  if (select.larg && select.rarg) {
    for (const arm of [select.larg, select.rarg]) readQuery(reading, arm, { outer, queries });
    const nowhere: Scope = {
      catalogue: reading.catalogue,
      sources: [derived('', undefined)],
      merged: new Set(),
      outer,
      queries,
    };
    for (const part of [select.sortClause, select.limitCount, select.limitOffset])
      readExpression(reading, part, nowhere);
    return;
  }
  const conditions = conjuncts(select.whereClause);
  const { scope, readNested } = readFrom(reading, select.fromClause ?? [], { outer, queries }, conditions);
  readNested();
  const { targetList, whereClause, havingClause, windowClause, limitCount, limitOffset, valuesLists } =
    select;
  for (const part of [
    targetList,
    whereClause,
    havingClause,
    windowClause,
    limitCount,
    limitOffset,
    valuesLists,
  ])
    readExpression(reading, part, scope);
  const outputs = namesOf(select, reading.catalogue, queries) ?? namedOutputs(select);
  for (const part of [select.sortClause, select.groupClause, select.distinctClause])
    readExpression(reading, withoutOutputs(part, outputs), scope);
}

/** Names that are given to columns of a query, even where not all of them are known. */
function namedOutputs({ targetList = [] }: SelectStmt): string[] {
  return targetList.flatMap((target) => ('ResTarget' in target && target.ResTarget.name) || []);
}

/** ORDER BY, GROUP BY and DISTINCT ON without what is only the name of a column of the result. */
function withoutOutputs(nodes: readonly Node[] | undefined, outputs: readonly string[]): Node[] {
  return (nodes ?? []).filter((node) => {
    if ('SortBy' in node && node.SortBy.useOp) return true;
    const sorted = 'SortBy' in node ? node.SortBy.node : node;
    if (!sorted || !('ColumnRef' in sorted)) return true;
    const parts = partsOf(sorted.ColumnRef.fields);
    return parts.length > 1 || !outputs.includes(parts[0] ?? '');
  });
}
