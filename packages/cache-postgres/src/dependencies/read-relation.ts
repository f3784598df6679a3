import { type Column, findRelation, type Relation } from '../catalogue/catalogue.ts';
import { equalitiesIn } from './equalities.ts';
import { namesOf } from './names.ts';
import { readExpression } from './read-expression.ts';
import { ReadTable } from './read-table.ts';
import type { Reading } from './reading.ts';
import { refuse } from './refusal.ts';
import type { Scope, Source } from './scope.ts';
import {
  conjuncts,
  type Node,
  parse,
  parseExpression,
  partsOf,
  type SelectStmt,
  selectIn,
} from './syntax.ts';

/** How a statement calls a relation and its columns. */
type Called = Pick<Source, 'name' | 'schema'> & { readonly columns: readonly string[] };

/**
 * Reads a table, or what a view is made of. A view that is no more than part of one table is that table, with the view's
 * condition: what is said of its columns is said of the table's.
 * @throws {Refusal}
 */
export function readRelation(reading: Reading, relation: Relation, called: Called): Source {
  return relation.kind === 'view'
    ? readView(reading, relation, called)
    : readTable(reading, relation, called);
}

function readTable(reading: Reading, relation: Relation, called: Called): Source {
  if (!relation.tracked) {
    const name = `${relation.schema}.${relation.name}`;
    return refuse(`${name} is not tracked: its writes tell nobody (vif_cache.track)`);
  }
  const table = new ReadTable(relation);
  reading.tables.push(table);
  const source = sourceOf(called, [...relation.columns.values()], table);
  readPolicies(reading, relation, table);
  return source;
}

/** What row-level security reads, and which rows it leaves. */
function readPolicies(reading: Reading, relation: Relation, table: ReadTable): void {
  const names = [...relation.columns.keys()];
  const called = { name: relation.name, schema: relation.schema, columns: names };
  const scope = scopeOf(reading, sourceOf(called, [...relation.columns.values()], table));
  if (!relation.policed && !reading.asOwner) return;
  for (const { using, alone } of relation.policies) {
    const condition = parseExpression(using);
    if (alone && !reading.asOwner) table.hold(equalitiesIn(conjuncts(condition), scope, reading.pinned));
    readExpression(reading, condition, scope);
  }
}

function readView(asked: Reading, relation: Relation, called: Called): Source {
  const reading = { ...asked, asOwner: asked.asOwner || !relation.invoker };
  const name = `${relation.schema}.${relation.name}`;
  const [statement] = parse(relation.definition ?? refuse(`the view ${name} cannot be read`));
  const select = selectIn(statement);
  const part = partOfOne(select, reading);
  if (!part) {
    reading.query(reading, select, { outer: undefined, queries: new Map() });
    return sourceOf(called, [], undefined);
  }
  const { schemaname, relname = '', alias } = part;
  const inner = findRelation(reading.catalogue, schemaname, relname);
  if (!inner || (inner.kind !== 'table' && inner.kind !== 'view')) return refuse(`${name} reads ${relname}`);
  const source = readRelation(reading, inner, {
    name: alias?.aliasname ?? relname,
    schema: alias ? undefined : inner.schema,
    columns: [...inner.columns.keys()],
  });
  const scope = scopeOf(reading, source);
  source.table?.hold(equalitiesIn(conjuncts(select.whereClause), scope, reading.pinned));
  readExpression(reading, select.whereClause, scope);
  readExpression(reading, select.targetList, scope);
  const columns = (select.targetList ?? []).map((target) => columnFor(target, source));
  return sourceOf(called, columns, source.table);
}

/** The one table or view that a query takes rows of as they are; PostgreSQL could write through it. */
function partOfOne(select: SelectStmt, { catalogue }: Reading) {
  const { fromClause = [], targetList = [] } = select;
  const [from] = fromClause;
  if (fromClause.length !== 1 || !from || !('RangeVar' in from) || from.RangeVar.alias?.colnames)
    return undefined;
  const more: (keyof SelectStmt)[] = [
    'distinctClause',
    'groupClause',
    'havingClause',
    'windowClause',
    'larg',
    'limitCount',
    'limitOffset',
    'lockingClause',
    'sortClause',
    'valuesLists',
    'withClause',
  ];
  if (more.some((key) => select[key] !== undefined)) return undefined;
  if (callsAny(targetList, catalogue.manyRowed) || !namesOf(select, catalogue, new Map())) return undefined;
  return from.RangeVar;
}

/** Whether a function of one of these names is called, or any over a window. */
function callsAny(node: unknown, names: ReadonlySet<string>): boolean {
  if (Array.isArray(node)) return node.some((one) => callsAny(one, names));
  if (typeof node !== 'object' || node === null) return false;
  return Object.entries(node).some(([key, value]) => {
    if (key !== 'FuncCall') return callsAny(value, names);
    const call = value as Extract<Node, { FuncCall: unknown }>['FuncCall']; // what stands under that name
    const name = partsOf(call.funcname).at(-1);
    return call.over !== undefined || names.has(name ?? '') || callsAny(call.args, names);
  });
}

function columnFor(target: Node, source: Source): Column | undefined {
  const value = 'ResTarget' in target ? target.ResTarget.val : undefined;
  const name = value && 'ColumnRef' in value ? partsOf(value.ColumnRef.fields).at(-1) : undefined;
  return name === undefined ? undefined : source.columnOf(name);
}

function scopeOf({ catalogue }: Reading, source: Source): Scope {
  return { catalogue, sources: [source], merged: new Set(), outer: undefined, queries: new Map() };
}

/** @param columns in order, what they are in the table; undefined for one that is made of others */
function sourceOf(
  called: Called,
  columns: readonly (Column | undefined)[],
  table: ReadTable | undefined,
): Source {
  const byName = new Map(called.columns.map((name, index) => [name, columns[index]]));
  return { ...called, table, columnOf: (name) => byName.get(name) };
}
