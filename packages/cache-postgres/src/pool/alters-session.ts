import { ParserAway } from '../dependencies/parser.ts';
import { Refusal } from '../dependencies/refusal.ts';
import { parse, partsOf } from '../dependencies/syntax.ts';

/** Most statements have none of these words. */
const perhaps = /\b(?:set|set_config|set_limit|reset|discard|temp|temporary|pg_temp|do|call)\b/i;
/** Of a text that is too long to be read: batches, whose values may hold these words too. */
const probably = /\b(?:set_config|discard|temp|temporary|pg_temp)\b|(?:^|;)\s*(?:set|reset|do|call|--|\/\*)/i;
/** Characters; reading longer ones would take longer than sending them. */
const longest = 4_000;

const known = new Map<string, boolean>();
const mostKnown = 1_000;

/**
 * Whether a statement may leave its session with other settings, or with tables that only it sees: then the same
 * statement may mean something else there than on another connection. What functions of the database's own do is not seen.
 */
export function altersSession(text: string): boolean {
  if (!perhaps.test(text)) return false;
  if (text.length > longest) return probably.test(text);
  let answer = known.get(text);
  if (answer === undefined) {
    try {
      answer = parse(text).some(alters);
    } catch (error) {
      if (error instanceof ParserAway) return probably.test(text);
      if (!(error instanceof Refusal)) throw error;
      answer = true; // what cannot be read may do anything
    }
    if (known.size === mostKnown) known.clear();
    known.set(text, answer);
  }
  return answer;
}

function alters(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(alters);
  if (typeof node !== 'object' || node === null) return false;
  return Object.entries(node).some(([key, value]) => isAltering(key, value) || alters(value));
}

function isAltering(key: string, value: unknown): boolean {
  switch (key) {
    case 'DiscardStmt':
    case 'DoStmt':
    case 'CallStmt':
      return true;
    case 'UpdateStmt':
      return JSON.stringify(value).includes('"relname":"pg_settings"'); // its rule is set_config
    case 'relpersistence':
      return value === 't';
    case 'schemaname':
      return typeof value === 'string' && value.startsWith('pg_temp');
    case 'VariableSetStmt': {
      const { is_local, kind, name = '' } = value as { is_local?: boolean; kind?: string; name?: string }; // as the parser writes it
      return !is_local && !(kind === 'VAR_SET_MULTI' && name.startsWith('TRANSACTION'));
    }
    case 'FuncCall': {
      const { funcname, args = [] } = value as { funcname?: Parameters<typeof partsOf>[0]; args?: unknown[] }; // likewise
      const name = partsOf(funcname).at(-1);
      return name === 'set_limit' || (name === 'set_config' && !isTrue(args[2]));
    }
    default:
      return false;
  }
}

function isTrue(node: unknown): boolean {
  return JSON.stringify(node)?.includes('"boolval":{"boolval":true}') ?? false;
}
