import type { Catalogue, Family, TrackedColumns } from '../catalogue/catalogue.ts';
import { ParserAway } from './parser.ts';
import { readQuery } from './read-query.ts';
import type { ReadTable } from './read-table.ts';
import type { Reading } from './reading.ts';
import { Refusal, refuse } from './refusal.ts';
import { type SetHere, settingsIn } from './settings.ts';
import { type Node, parse } from './syntax.ts';
import type { Values } from './terms.ts';

/** What a table's columns must equal for its rows to count. */
export interface Narrowed {
  readonly column: string;
  readonly family: Family;
  readonly values: Values;
}

/** One table that a statement reads. */
export interface TableRead {
  /** With its schema. */
  readonly table: string;
  /** Whose rows; undefined for a table of everybody's. */
  readonly workspace: Narrowed | undefined;
  /** By tracked columns, the first of which is to be preferred. */
  readonly narrowed: readonly Narrowed[];
}

/** What a statement means for what is read by it. */
export type Understood =
  | {
      readonly kind: 'read';
      readonly tables: readonly TableRead[];
      /** Settings that it reads. */
      readonly settings: readonly string[];
    }
  | SetHere
  | Transaction
  | { readonly kind: 'refused'; readonly reason: string };

/** Begins or ends a transaction or a part of one. */
interface Transaction {
  readonly kind: 'transaction';
  readonly does: 'begin' | 'part' | 'end';
  /** Of one that begins. */
  readonly readOnly: boolean;
}

/**
 * Finds out what a statement depends on, whatever its parameters will be.
 * @throws {ParserAway} when it may be understood later
 */
export function understand(text: string, catalogue: Catalogue): Understood {
  try {
    if (catalogue.strange) refuse(catalogue.strange);
    const [statement, ...more] = parse(text);
    if (!statement || more.length > 0) return refuse('it is not one statement');
    if ('TransactionStmt' in statement) return transactionIn(statement);
    return settingsIn(statement) ?? readIn(statement, catalogue);
  } catch (error) {
    if (error instanceof Refusal && !(error instanceof ParserAway))
      return { kind: 'refused', reason: error.message };
    throw error;
  }
}

/** What a statement about transactions does: another text of it may begin with a comment. */
function transactionIn(statement: Extract<Node, { TransactionStmt: unknown }>): Transaction {
  const { kind = '', options = [] } = statement.TransactionStmt;
  if (partial.has(kind)) return { kind: 'transaction', does: 'part', readOnly: false };
  if (kind !== 'TRANS_STMT_BEGIN' && kind !== 'TRANS_STMT_START')
    return { kind: 'transaction', does: 'end', readOnly: false };
  const modes = options.flatMap((one) => ('DefElem' in one ? one.DefElem : []));
  const said = modes.findLast(({ defname }) => defname === 'transaction_read_only')?.arg;
  const readOnly = said && 'A_Const' in said && said.A_Const.ival?.ival === 1;
  return { kind: 'transaction', does: 'begin', readOnly: readOnly === true };
}

const partial: ReadonlySet<string> = new Set([
  'TRANS_STMT_SAVEPOINT',
  'TRANS_STMT_RELEASE',
  'TRANS_STMT_ROLLBACK_TO',
]);

function readIn(statement: Node, catalogue: Catalogue): Understood {
  if (!('SelectStmt' in statement)) return refuse('it is no SELECT');
  const reading: Reading = {
    catalogue,
    tables: [],
    pinned: new Map(),
    settings: new Set(),
    asOwner: false,
    query: readQuery,
  };
  readQuery(reading, statement.SelectStmt, { outer: undefined, queries: new Map() });
  const stands = parametersIn(statement);
  const isOf = (parameter: number, family: Family) => {
    const places = reading.pinned.get(parameter);
    // What stands anywhere else too may have another type there, and so here.
    return [...(stands.get(parameter) ?? [])].every((place) => places?.get(place) === family);
  };
  const tables = reading.tables.map((table) => tableRead(table, isOf));
  return { kind: 'read', tables, settings: [...reading.settings] };
}

/** Of each parameter, where it stands. */
function parametersIn(node: unknown, found = new Map<number, Set<number>>()): Map<number, Set<number>> {
  if (Array.isArray(node)) for (const one of node) parametersIn(one, found);
  else if (typeof node === 'object' && node !== null) {
    for (const [key, value] of Object.entries(node)) {
      if (key !== 'ParamRef') parametersIn(value, found);
      else {
        const { number = 0, location = -1 } = value as { number?: number; location?: number }; // as the parser writes it
        found.set(number, (found.get(number) ?? new Set()).add(location));
      }
    }
  }
  return found;
}

function tableRead(table: ReadTable, isOf: (parameter: number, family: Family) => boolean): TableRead {
  const { schema, name, tracked, columns } = table.relation;
  const narrowedBy = (column: string): Narrowed | undefined => {
    const found = columns.get(column);
    const family = found?.family;
    const values = found && table.constant(found);
    if (!family || !values) return undefined;
    const known = values.every((term) => !('parameter' in term) || isOf(term.parameter, family));
    return known ? { column, family, values } : undefined;
  };
  const { workspace, columns: by } =
    tracked ?? ({ workspace: undefined, columns: [] } satisfies TrackedColumns);
  const whose = workspace === undefined ? undefined : narrowedBy(workspace);
  if (workspace !== undefined && !whose)
    refuse(`it reads ${schema}.${name} of every ${workspace}, and can only be known to depend on one`);
  return {
    table: `${schema}.${name}`,
    workspace: whose,
    narrowed: by.flatMap((column) => narrowedBy(column) ?? []),
  };
}
