import { type Catalogue, findRelation } from '../catalogue/catalogue.ts';
import type { Queries } from './scope.ts';
import { type Node, partsOf, type RangeVar, type SelectStmt, selectIn } from './syntax.ts';

/** Names that the columns of a query have; undefined where one of them is not known. */
export type Names = readonly string[] | undefined;

interface Named {
  readonly name: string;
  readonly names: Names;
}

/** How a query names its columns (parse_target.c, FigureColname). */
export function namesOf(select: SelectStmt, catalogue: Catalogue, around: Queries): Names {
  const { queries } = withQueries(select, catalogue, around);
  if (select.larg) return namesOf(select.larg, catalogue, queries);
  const [row] = select.valuesLists ?? [];
  if (row)
    return 'List' in row ? (row.List.items ?? []).map((_item, index) => `column${index + 1}`) : undefined;
  const names: string[] = [];
  for (const target of select.targetList ?? []) {
    const given = 'ResTarget' in target ? target.ResTarget : {};
    const found = given.name ? [given.name] : given.val && namesFor(given.val, select, catalogue, queries);
    if (!found) return undefined;
    names.push(...found);
  }
  return names;
}

interface With {
  /** Those that are known behind WITH, with those around. */
  readonly queries: Queries;
  /** Each query of it, and those that are known inside. */
  readonly each: readonly { readonly query: SelectStmt; readonly queries: Queries }[];
}

/** The queries that WITH names. Each knows those before it: of its own name it may read a table, unless WITH is RECURSIVE. */
export function withQueries(select: SelectStmt, catalogue: Catalogue, around: Queries): With {
  const { ctes = [], recursive } = select.withClause ?? {};
  const named = ctes.flatMap((node) => ('CommonTableExpr' in node ? node.CommonTableExpr : []));
  let queries = new Map(around);
  if (recursive) for (const { ctename = '' } of named) queries.set(ctename, undefined);
  const each: { query: SelectStmt; queries: Queries }[] = [];
  for (const { ctename = '', aliascolnames, ctequery, search_clause, cycle_clause } of named) {
    const query = selectIn(ctequery);
    each.push({ query, queries });
    const own = search_clause || cycle_clause ? undefined : namesOf(query, catalogue, queries);
    queries = new Map(queries).set(ctename, renamed(own, aliascolnames));
  }
  return { queries, each };
}

/** Names with the first of them given anew. */
export function renamed(names: Names, given: readonly Node[] | undefined): Names {
  const anew = partsOf(given);
  return names && [...anew, ...names.slice(anew.length)];
}

function namesFor(node: Node, select: SelectStmt, catalogue: Catalogue, queries: Queries): Names {
  if ('ColumnRef' in node) {
    const parts = partsOf(node.ColumnRef.fields);
    if (parts.at(-1) !== '*') return parts.slice(-1);
    const sources = (select.fromClause ?? []).flatMap((from) => namedIn(from, catalogue, queries));
    const meant = parts.length === 1 ? sources : sources.filter(({ name }) => name === parts.at(-2));
    if (meant.length === 0 || meant.some(({ names }) => names === undefined)) return undefined;
    return meant.flatMap(({ names }) => names ?? []);
  }
  const name = nameOf(node);
  return name === undefined ? undefined : [name];
}

function nameOf(node: Node): string | undefined {
  return figured(node).name;
}

/** A name, and whether it gives way to that of a cast or CASE around it. */
interface Figured {
  readonly name: string | undefined;
  readonly weak: boolean;
}

const strong = (name: string | undefined): Figured => ({ name, weak: false });
const unnamed: Figured = { name: '?column?', weak: true };

function figured(node: Node): Figured {
  if ('ColumnRef' in node) return strong(partsOf(node.ColumnRef.fields).at(-1));
  if ('FuncCall' in node) return strong(partsOf(node.FuncCall.funcname).at(-1));
  if ('TypeCast' in node) {
    const { arg, typeName } = node.TypeCast;
    const inner = arg ? figured(arg) : unnamed;
    return inner.weak ? { name: partsOf(typeName?.names).at(-1), weak: true } : inner;
  }
  if ('CollateClause' in node) return node.CollateClause.arg ? figured(node.CollateClause.arg) : unnamed;
  if ('CaseExpr' in node) {
    const otherwise = node.CaseExpr.defresult ? figured(node.CaseExpr.defresult) : unnamed;
    return otherwise.weak ? { name: 'case', weak: true } : otherwise;
  }
  if ('A_Expr' in node) return node.A_Expr.kind === 'AEXPR_NULLIF' ? strong('nullif') : unnamed;
  if ('CoalesceExpr' in node) return strong('coalesce');
  if ('GroupingFunc' in node) return strong('grouping');
  if ('MinMaxExpr' in node) return strong(node.MinMaxExpr.op === 'IS_LEAST' ? 'least' : 'greatest');
  if ('A_ArrayExpr' in node) return strong('array');
  if ('RowExpr' in node) return strong('row');
  if ('SubLink' in node) return nameOfSubLink(node.SubLink);
  if ('A_Indirection' in node) return node.A_Indirection.arg ? figured(node.A_Indirection.arg) : unnamed;
  return unnamed;
}

function nameOfSubLink({ subLinkType, subselect }: { subLinkType?: string; subselect?: Node }): Figured {
  if (subLinkType === 'EXISTS_SUBLINK') return strong('exists');
  if (subLinkType === 'ARRAY_SUBLINK') return strong('array');
  if (subLinkType !== 'EXPR_SUBLINK') return unnamed;
  const [target] = selectIn(subselect).targetList ?? [];
  if (!target || !('ResTarget' in target)) return strong(undefined);
  return strong(target.ResTarget.name ?? (target.ResTarget.val && nameOf(target.ResTarget.val)));
}

function namedIn(from: Node, catalogue: Catalogue, queries: Queries): Named[] {
  if ('JoinExpr' in from) {
    const { larg, rarg, usingClause, isNatural, alias } = from.JoinExpr;
    const sides = [larg, rarg].flatMap((side) => (side ? namedIn(side, catalogue, queries) : []));
    // Columns that were joined come once, and first.
    if (usingClause || isNatural || alias) return sides.map(({ name }) => ({ name, names: undefined }));
    return sides;
  }
  if ('RangeSubselect' in from) {
    const { subquery, alias } = from.RangeSubselect;
    const names = renamed(namesOf(selectIn(subquery), catalogue, queries), alias?.colnames);
    return [{ name: alias?.aliasname ?? '', names }];
  }
  if ('RangeVar' in from) return [namedBy(from.RangeVar, catalogue, queries)];
  return [{ name: '', names: undefined }];
}

function namedBy(range: RangeVar, catalogue: Catalogue, queries: Queries): Named {
  const { schemaname, relname = '', alias } = range;
  const name = alias?.aliasname ?? relname;
  if (schemaname === undefined && queries.has(relname))
    return { name, names: renamed(queries.get(relname), alias?.colnames) };
  const relation = findRelation(catalogue, schemaname, relname);
  return { name, names: renamed(relation && [...relation.columns.keys()], alias?.colnames) };
}
