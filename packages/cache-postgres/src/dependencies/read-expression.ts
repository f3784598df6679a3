import { stable } from '../catalogue/reviewed.ts';
import { settingRead } from './constants.ts';
import { mayBeMoment } from './moments.ts';
import type { Reading } from './reading.ts';
import { refuse } from './refusal.ts';
import { findName, findSource, type Scope, type Source } from './scope.ts';
import { type Node, partsOf, selectIn } from './syntax.ts';

/** Parts of expressions that mean nothing but what is in them. */
const transparent = new Set([
  'A_ArrayExpr',
  'A_Indices',
  'Boolean',
  'BooleanTest',
  'BoolExpr',
  'CaseExpr',
  'CaseWhen',
  'CoalesceExpr',
  'CollateClause',
  'Float',
  'GroupingFunc',
  'GroupingSet',
  'Integer',
  'List',
  'MinMaxExpr',
  'NamedArgExpr',
  'NullTest',
  'ParamRef',
  'ResTarget',
  'RowExpr',
  'String',
  'WindowDef',
]);

type Body<Type extends string> = Extract<Node, Record<Type, unknown>>[Type &
  keyof Extract<Node, Record<Type, unknown>>];

/** What an expression may be besides. */
const readers: {
  readonly [type: string]: (reading: Reading, body: never, scope: Scope, node: Node) => void;
} = {
  A_Const(_reading, { sval }: Body<'A_Const'>) {
    if (mayBeMoment(sval?.sval)) refuse(`'${sval?.sval ?? ''}' may be read as a moment that moves`);
  },
  A_Expr(reading, body: Body<'A_Expr'>, scope) {
    checkOperator(reading, body.name);
    readExpression(reading, [body.lexpr ?? [], body.rexpr ?? []], scope);
  },
  A_Indirection(reading, body: Body<'A_Indirection'>, scope) {
    const { arg, indirection = [] } = body;
    if (!indirection.every((one) => 'A_Indices' in one)) refuse('it takes a part of a composite value');
    readExpression(reading, [arg, indirection], scope);
  },
  ColumnDef(reading, { typeName }: Body<'ColumnDef'>, scope) {
    const type = partsOf(typeName?.names).at(-1) ?? '';
    if (reading.catalogue.temporalTypes.has(type))
      refuse(`it reads a ${type} from text, which may be a moment that moves`);
    readExpression(reading, typeName, scope);
  },
  ColumnRef(reading, { fields }: Body<'ColumnRef'>, scope) {
    readColumn(reading, partsOf(fields), scope);
  },
  FuncCall(reading, body: Body<'FuncCall'>, scope, node) {
    const setting = settingRead(node);
    if (setting === undefined) checkFunction(reading, partsOf(body.funcname));
    else reading.settings.add(setting);
    const { args, agg_order, agg_filter, over } = body;
    const [only, ...more] = args ?? [];
    // `date(x)` is `x::date`.
    if (only && more.length === 0 && reading.catalogue.temporalTypes.has(partsOf(body.funcname).at(-1) ?? ''))
      checkMoment(only, scope);
    readExpression(reading, [args, agg_order, agg_filter, over], scope);
  },
  SQLValueFunction() {
    refuse('it contains current_date, current_user or the like');
  },
  SortBy(reading, { node, useOp }: Body<'SortBy'>, scope) {
    if (useOp) refuse('it sorts by an operator');
    readExpression(reading, node, scope);
  },
  SubLink(reading, { testexpr, subselect, operName }: Body<'SubLink'>, scope) {
    checkOperator(reading, operName);
    readExpression(reading, testexpr, scope);
    reading.query(reading, selectIn(subselect), { outer: scope, queries: scope.queries });
  },
  TypeCast(reading, { arg, typeName }: Body<'TypeCast'>, scope) {
    if (arg && reading.catalogue.temporalTypes.has(partsOf(typeName?.names).at(-1) ?? ''))
      checkMoment(arg, scope);
    readExpression(reading, [arg, typeName], scope);
  },
};

/**
 * Reads an expression, or several: what is called and read in them.
 * @throws {Refusal}
 */
export function readExpression(reading: Reading, node: unknown, scope: Scope): void {
  if (Array.isArray(node)) {
    for (const one of node) readExpression(reading, one, scope);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  if (isTypeName(node)) return checkType(reading, node);
  for (const [key, value] of Object.entries(node)) {
    const reader = readers[key];
    // A reader takes what stands under its name.
    if (reader) reader(reading, value as never, scope, node as Node);
    else if (/^[a-z]/.test(key) || transparent.has(key)) readExpression(reading, value, scope);
    else refuse(`it contains ${key}`);
  }
}

function readColumn(reading: Reading, parts: readonly string[], scope: Scope): void {
  const name = parts.at(-1) ?? '';
  if (systemColumns.has(name)) refuse(`it reads ${name}, which says where a row lies`);
  if (parts.length > 3) refuse(`${parts.join('.')} is no column that is known`);
  if (name === '*' && parts.length === 1) return scope.sources.forEach((source) => readRow(source));
  if (parts.length === 1) {
    const meaning = findName(scope, name);
    if (!meaning) return refuse(`${name} is no column that is known`);
    for (const source of meaning.sources)
      if (meaning.column === undefined) readRow(source);
      else checkColumn(source, name);
    return;
  }
  const [, qualifier = '', schema] = parts.toReversed();
  const found = findSource(scope, qualifier, schema);
  if (!found) return refuse(`${parts.join('.')} is no column that is known`);
  const { source } = found;
  if (name === '*') return readRow(source);
  // What is no column is a function of the row, in another spelling.
  const isColumn = source.columns ? source.columns.includes(name) : !reading.catalogue.asColumns.has(name);
  if (!isColumn) refuse(`${parts.join('.')} may be a call of a function`);
  checkColumn(source, name);
}

/** Functions of dates and times alone, and operators of theirs. */
const ofTime = new Set([
  'date_trunc',
  'date_bin',
  'make_date',
  'make_timestamp',
  'make_timestamptz',
  'to_date',
  'to_timestamp',
  'timezone',
]);
const sums = new Set(['+', '-']);

/** @throws {Refusal} for what a row may hold as a text: literals and parameters are looked at where they stand */
function checkMoment(node: Node, scope: Scope): void {
  if ('A_Const' in node || 'ParamRef' in node) return;
  if (
    'TypeCast' in node &&
    node.TypeCast.arg &&
    scope.catalogue.temporalTypes.has(partsOf(node.TypeCast.typeName?.names).at(-1) ?? '')
  )
    return;
  if ('FuncCall' in node && ofTime.has(partsOf(node.FuncCall.funcname).at(-1) ?? '')) return;
  if ('A_Expr' in node && sums.has(partsOf(node.A_Expr.name).at(-1) ?? '')) return;
  if ('ColumnRef' in node && isTemporal(partsOf(node.ColumnRef.fields), scope)) return;
  refuse('it reads a date or time from what may be text, and so a moment that moves');
}

function isTemporal(parts: readonly string[], scope: Scope): boolean {
  const [name = '', qualifier, schema] = parts.toReversed();
  const sources =
    qualifier === undefined ? findName(scope, name)?.sources : [findSource(scope, qualifier, schema)?.source];
  return sources?.every((source) => source?.columnOf(name)?.temporal === true) ?? false;
}

const systemColumns = new Set(['ctid', 'xmin', 'xmax', 'cmin', 'cmax', 'tableoid']);

function readRow(source: Source): void {
  for (const name of source.columns ?? []) checkColumn(source, name);
}

function checkColumn(source: Source, name: string): void {
  const refused = source.columnOf(name)?.refused;
  if (refused !== undefined) refuse(refused);
}

/** @throws {Refusal} for an operator that nobody reviewed */
function checkOperator({ catalogue }: Reading, name: readonly Node[] | undefined): void {
  const operator = partsOf(name).at(-1) ?? '';
  if (catalogue.strangeOperators.has(operator)) refuse(`the operator ${operator} is not PostgreSQL's own`);
}

/** @throws {Refusal} for a function whose answer may depend on more than what it is given */
function checkFunction({ catalogue }: Reading, parts: readonly string[]): void {
  const name = parts.at(-1) ?? '';
  const schema = parts.length > 1 ? parts.at(-2) : undefined;
  const { immutable, changing, ownFunctions } = catalogue;
  const own = ownFunctions.get(name);
  if (schema !== 'pg_catalog' && own !== undefined) refuse(`${own} was not reviewed`);
  if (schema === undefined || schema === 'pg_catalog') {
    if (changing.has(name) && !stable.has(name)) refuse(`${name} may answer differently each time`);
    if (changing.has(name) || immutable.has(name)) return;
  }
  if (!ownFunctions.has(name)) refuse(`${parts.join('.')} is no function that is known`);
}

interface TypeName {
  readonly names: readonly Node[];
  readonly setof?: boolean;
  readonly pct_type?: boolean;
}

function isTypeName(node: object): node is TypeName {
  return 'names' in node && 'typemod' in node;
}

/** @throws {Refusal} for a type whose values are read or written by somebody's code, or that names what may change */
function checkType({ catalogue }: Reading, { names, setof, pct_type }: TypeName): void {
  const parts = partsOf(names);
  const name = parts.at(-1) ?? '';
  const schema = parts.length > 1 ? parts.at(-2) : undefined;
  const said = parts.join('.');
  if (setof || pct_type || name.startsWith('reg')) refuse(`it casts to ${said}`);
  if ((schema === undefined || schema === 'pg_catalog') && catalogue.builtinTypes.has(name)) return;
  const where = schema === undefined ? catalogue.searchPath : [schema];
  if (!where.some((one) => catalogue.castable.has(`${one}.${name}`)))
    refuse(`it casts to ${said}, which was not reviewed`);
}
