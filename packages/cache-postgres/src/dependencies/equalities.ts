import type { Family } from '../catalogue/catalogue.ts';
import { termAt } from './constants.ts';
import type { Equality, Operand } from './read-table.ts';
import { findName, findSource, type Scope } from './scope.ts';
import { type Node, partsOf } from './syntax.ts';
import type { Values } from './terms.ts';

/** Of a parameter, where it stands beside a column of a family: what stands elsewhere too may be of another type. */
export type Pinned = Map<number, Map<number, Family>>;

const families: Record<string, Family> = {
  int2: 'integer',
  int4: 'integer',
  int8: 'integer',
  uuid: 'uuid',
  bool: 'boolean',
  text: 'text',
  varchar: 'text',
};

/** A value that may be compared with a column: which, and what it was cast to. */
interface Given {
  readonly terms: Values;
  /** Undefined where it takes the column's own type. */
  readonly family: Family | undefined;
  /** Where its parameters stand. */
  readonly parameters: readonly { readonly number: number; readonly location: number }[];
}

/** Of a cast; a type of somebody's own may be called as one of PostgreSQL's. */
function familyOf(names: readonly Node[] | undefined): Family | undefined {
  const parts = partsOf(names);
  return parts.length === 1 || parts[0] === 'pg_catalog' ? families[parts.at(-1) ?? ''] : undefined;
}

/** What conditions say that must all hold, as far as it is that one thing equals another. */
export function equalitiesIn(conditions: readonly Node[], scope: Scope, pinned: Pinned): Equality[] {
  return conditions.flatMap((node) => equalityIn(node, scope, pinned) ?? []);
}

function equalityIn(node: Node, scope: Scope, pinned: Pinned): Equality | undefined {
  if (!('A_Expr' in node)) return undefined;
  const { kind, name, lexpr, rexpr } = node.A_Expr;
  const operator = partsOf(name);
  if (operator.at(-1) !== '=' || (operator.length === 2 && operator[0] !== 'pg_catalog')) return undefined;
  if (!lexpr || !rexpr) return undefined;
  if (kind === 'AEXPR_IN') return between(columnAt(lexpr, scope), listAt(rexpr), pinned);
  if (kind === 'AEXPR_OP_ANY') return between(columnAt(lexpr, scope), arrayAt(rexpr), pinned);
  if (kind !== 'AEXPR_OP') return undefined;
  const [left, right] = [columnAt(lexpr, scope), columnAt(rexpr, scope)];
  if (left && right) return { left, right };
  return between(left ?? right, givenAt(left ? rexpr : lexpr), pinned);
}

function between(
  column: Operand | undefined,
  given: Given | undefined,
  pinned: Pinned,
): Equality | undefined {
  if (!column || !given || !('table' in column)) return undefined;
  const { family } = column.column;
  if (!family || (given.family !== undefined && given.family !== family)) return undefined;
  for (const { number, location } of given.parameters) {
    const places = pinned.get(number) ?? new Map<number, Family>();
    pinned.set(number, places.set(location, family));
  }
  return { left: column, right: { values: given.terms } };
}

/** A column; of a query around this one what it is there, where that is known. */
function columnAt(node: Node, scope: Scope): Operand | undefined {
  if (!('ColumnRef' in node)) return undefined;
  const parts = partsOf(node.ColumnRef.fields);
  const name = parts.at(-1);
  if (name === undefined || name === '*' || parts.length > 3) return undefined;
  const meaning = parts.length === 1 ? findName(scope, name) : findQualified(scope, parts);
  if (!meaning?.certain) return undefined;
  const [source] = meaning.sources;
  const column = source?.table && source.columnOf(name);
  if (!source?.table || !column?.family) return undefined;
  if (meaning.scope === scope) return { table: source.table, column };
  const values = source.table.constant(column);
  return values && { values };
}

function findQualified(scope: Scope, parts: readonly string[]) {
  const [name = '', qualifier = '', schema] = parts.toReversed();
  const found = findSource(scope, qualifier, schema);
  return found && { sources: [found.source], certain: true, scope: found.scope, column: name };
}

function givenAt(node: Node): Given | undefined {
  if ('TypeCast' in node) {
    const { arg, typeName } = node.TypeCast;
    const family = familyOf(typeName?.names);
    const inner = arg && givenAt(arg);
    const plain = !typeName?.typmods && !typeName?.arrayBounds;
    // Cast twice, it may have been something else in between.
    return inner && inner.family === undefined && family && plain ? { ...inner, family } : undefined;
  }
  if ('ParamRef' in node) {
    const { number = 0, location = -1 } = node.ParamRef;
    return { terms: [{ parameter: number }], family: undefined, parameters: [{ number, location }] };
  }
  const term = termAt(node);
  return term && { terms: [term], family: undefined, parameters: [] };
}

function listAt(node: Node): Given | undefined {
  return 'List' in node ? all(node.List.items ?? []) : undefined;
}

function arrayAt(node: Node): Given | undefined {
  if ('A_ArrayExpr' in node) return all(node.A_ArrayExpr.elements ?? []);
  if ('TypeCast' in node) {
    const { arg, typeName } = node.TypeCast;
    const family = familyOf(typeName?.names);
    const inner = arg && arrayAt(arg);
    const isArray = typeName?.arrayBounds?.length === 1 && !typeName.typmods;
    return inner && inner.family === undefined && family && isArray ? { ...inner, family } : undefined;
  }
  if (!('ParamRef' in node)) return undefined;
  const { number = 0, location = -1 } = node.ParamRef;
  return {
    terms: [{ parameter: number, array: true }],
    family: undefined,
    parameters: [{ number, location }],
  };
}

/** Several values, all of which are known and of one type. */
function all(nodes: readonly Node[]): Given | undefined {
  const given = nodes.map(givenAt);
  const [first] = given;
  if (!first || given.some((one) => one === undefined || one.family !== first.family)) return undefined;
  return {
    terms: given.flatMap((one) => one?.terms ?? []),
    family: first.family,
    parameters: given.flatMap((one) => one?.parameters ?? []),
  };
}
