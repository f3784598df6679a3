import type { Node, RangeVar, RawStmt, SelectStmt } from 'libpg-query';
import { parseText } from './parser.ts';
import { refuse } from './refusal.ts';

/**
 * The statements of a text.
 * @throws {Refusal} when it is no SQL that is read
 */
export function parse(text: string): Node[] {
  return (parseText(text).stmts ?? []).flatMap(({ stmt }: RawStmt) => stmt ?? []);
}

/** Reads an expression that PostgreSQL wrote out, as of a policy. */
export function parseExpression(text: string): Node {
  const [statement] = parse(`select ${text}`);
  const [target] = (statement && 'SelectStmt' in statement && statement.SelectStmt.targetList) || [];
  return (target && 'ResTarget' in target && target.ResTarget.val) || refuse(`${text} is no expression`);
}

/** The query inside a node that can be nothing else where it stands. */
export function selectIn(node: Node | undefined): SelectStmt {
  return node && 'SelectStmt' in node ? node.SelectStmt : refuse('it writes, or is no SELECT');
}

/** A name's parts, such as `pg_catalog` and `lower`. */
export function partsOf(nodes: readonly Node[] | undefined): string[] {
  return (nodes ?? []).map((node) => ('String' in node ? (node.String.sval ?? '') : '*'));
}

/** What all of the top-level ANDs of a condition say. */
export function conjuncts(node: Node | undefined): Node[] {
  if (!node) return [];
  return 'BoolExpr' in node && node.BoolExpr.boolop === 'AND_EXPR'
    ? (node.BoolExpr.args ?? []).flatMap(conjuncts)
    : [node];
}

export type { Node, RangeVar, SelectStmt };
