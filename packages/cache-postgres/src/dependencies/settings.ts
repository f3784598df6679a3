import { termAt, textConstant } from './constants.ts';
import { refuse } from './refusal.ts';
import { type Node, partsOf, type SelectStmt } from './syntax.ts';
import type { Term } from './terms.ts';

/** Settings that a statement makes, of the transaction alone. */
export interface SetHere {
  readonly kind: 'settings';
  readonly set: readonly { readonly name: string; readonly to: Term }[];
}

/**
 * PostgreSQL's own settings that a load may make: none of them decides which tables or rows a statement reads, or how it is
 * spelt, as search_path, role, row_security and standard_conforming_strings do.
 */
const harmless: ReadonlySet<string> = new Set([
  'application_name',
  'bytea_output',
  'client_min_messages',
  'cursor_tuple_fraction',
  'datestyle',
  'extra_float_digits',
  'hash_mem_multiplier',
  'idle_in_transaction_session_timeout',
  'intervalstyle',
  'jit',
  'lock_timeout',
  'max_parallel_workers_per_gather',
  'plan_cache_mode',
  'random_page_cost',
  'statement_timeout',
  'timezone',
  'transaction_timeout',
  'work_mem',
]);

/**
 * `select set_config(name, value, true), …`, SET LOCAL or SET TRANSACTION; undefined for anything else.
 * @throws {Refusal} for one that alters more than the values that statements are told by `current_setting`
 */
export function settingsIn(statement: Node): SetHere | undefined {
  if ('VariableSetStmt' in statement) {
    const { kind, name = '', args = [], is_local } = statement.VariableSetStmt;
    // Not SET TRANSACTION SNAPSHOT, which reads what was true before the load began.
    if (kind === 'VAR_SET_MULTI' && name === 'TRANSACTION') return { kind: 'settings', set: [] };
    const to = args[0] && termAt(args[0]);
    if (kind !== 'VAR_SET_VALUE' || !is_local || args.length !== 1 || !to)
      return refuse('it alters the session');
    return { kind: 'settings', set: [{ name: allowed(name), to }] };
  }
  if (!('SelectStmt' in statement) || !isBare(statement.SelectStmt)) return undefined;
  const calls = (statement.SelectStmt.targetList ?? []).map((target) =>
    'ResTarget' in target ? target.ResTarget.val : undefined,
  );
  if (calls.length === 0 || !calls.every((call) => call && isSetting(call))) return undefined;
  return { kind: 'settings', set: calls.map((call) => settingOf(call)) };
}

/** No more than `select …`: with a condition it may set nothing. */
function isBare(select: SelectStmt): boolean {
  return Object.keys(select).every((key) => ['targetList', 'limitOption', 'op'].includes(key));
}

function isSetting(node: Node): boolean {
  if (!('FuncCall' in node)) return false;
  const parts = partsOf(node.FuncCall.funcname);
  return parts.at(-1) === 'set_config' && (parts.length === 1 || parts[0] === 'pg_catalog');
}

function settingOf(node: Node | undefined): { name: string; to: Term } {
  const [name, value, local] = (node && 'FuncCall' in node && node.FuncCall.args) || [];
  const said = name && textConstant(name);
  const to =
    value && 'ParamRef' in value ? { parameter: value.ParamRef.number ?? 0 } : value && termAt(value);
  const isLocal = local && 'A_Const' in local && local.A_Const.boolval?.boolval === true;
  if (said === undefined || !to || !isLocal) return refuse('it alters the session');
  return { name: allowed(said), to };
}

/** @throws {Refusal} for a setting that is neither somebody's own, with a dot in its name, nor harmless */
function allowed(said: string): string {
  const name = said.toLowerCase();
  if (!name.includes('.') && !harmless.has(name))
    refuse(`it sets ${name}, which may give what is read behind it another meaning`);
  return name;
}
