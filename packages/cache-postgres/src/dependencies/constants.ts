import { type Node, partsOf } from './syntax.ts';
import type { Term } from './terms.ts';

/** A literal, or a setting's value. */
export function termAt(node: Node): Term | undefined {
  if ('FuncCall' in node) {
    const setting = settingRead(node);
    return setting === undefined ? undefined : { setting };
  }
  if (!('A_Const' in node) || node.A_Const.isnull) return undefined;
  const { ival, fval, sval, boolval } = node.A_Const;
  if (ival) return { literal: String(ival.ival ?? 0) };
  if (fval) return { literal: fval.fval ?? '' };
  if (boolval) return { literal: String(boolval.boolval ?? false) };
  return sval && { literal: sval.sval ?? '' };
}

/** The setting whose value a call of `current_setting` is; undefined where it is no such call, or of no certain one. */
export function settingRead(node: Node): string | undefined {
  if (!('FuncCall' in node)) return undefined;
  const { funcname, args = [] } = node.FuncCall;
  const parts = partsOf(funcname);
  if (parts.at(-1) !== 'current_setting' || (parts.length > 1 && parts[0] !== 'pg_catalog')) return undefined;
  const name = args[0] && (textConstant(args[0]) ?? textConstant(castAway(args[0])));
  return name?.toLowerCase();
}

/** PostgreSQL writes constants out with their type. */
function castAway(node: Node): Node {
  return 'TypeCast' in node && node.TypeCast.arg ? node.TypeCast.arg : node;
}

/** A text that stands there as it is. */
export function textConstant(node: Node): string | undefined {
  return 'A_Const' in node && node.A_Const.sval ? (node.A_Const.sval.sval ?? '') : undefined;
}
