import type { Catalogue, Column } from '../catalogue/catalogue.ts';
import type { ReadTable } from './read-table.ts';

/** Something that a FROM names. */
export interface Source {
  /** By which its columns are qualified. */
  readonly name: string;
  /** Of a table without an alias, which may be said too. */
  readonly schema: string | undefined;
  /** Undefined where they are not known, as of a function's result. */
  readonly columns: readonly string[] | undefined;
  /** Of a table, or a view that is no more than part of one. */
  readonly table: ReadTable | undefined;
  /** Of the table, what a column here is; undefined where it is made from others. */
  columnOf(this: void, name: string): Column | undefined;
}

/** The result of a query or function: no table's. */
export function derived(name: string, columns: readonly string[] | undefined): Source {
  return { name, schema: undefined, columns, table: undefined, columnOf: () => undefined };
}

/** Names of WITH, and their columns where they are known. */
export type Queries = ReadonlyMap<string, readonly string[] | undefined>;

/** Where names in an expression are looked for. */
export interface Scope {
  readonly catalogue: Catalogue;
  readonly sources: readonly Source[];
  /** Columns that joins made of two. */
  readonly merged: ReadonlySet<string>;
  readonly outer: Scope | undefined;
  readonly queries: Queries;
}

/** What else is settled where a query stands. */
export interface Around {
  readonly outer: Scope | undefined;
  readonly queries: Queries;
}

/** What a name in an expression means. */
export interface Meaning {
  /** What it may be a column of: one where that is certain. */
  readonly sources: readonly Source[];
  readonly certain: boolean;
  /** The scope that it was found in. */
  readonly scope: Scope;
  /** Undefined for all of the row. */
  readonly column: string | undefined;
}

/** A name without a qualifier: a column of the innermost query that has one, else a whole row. */
export function findName(scope: Scope, name: string): Meaning | undefined {
  for (let at: Scope | undefined = scope; at; at = at.outer) {
    const sources = at.sources.filter(({ columns }) => columns === undefined || columns.includes(name));
    if (sources.length === 0) continue;
    const [{ columns } = { columns: undefined }] = sources;
    const certain = sources.length === 1 && columns !== undefined && !at.merged.has(name);
    return { sources, certain, scope: at, column: name };
  }
  const row = findSource(scope, name);
  return row && { sources: [row.source], certain: true, scope: row.scope, column: undefined };
}

/** The source that a qualifier names. */
export function findSource(
  scope: Scope,
  name: string,
  schema?: string,
): { source: Source; scope: Scope } | undefined {
  for (let at: Scope | undefined = scope; at; at = at.outer) {
    const source = at.sources.find(
      (one) => one.name === name && (schema === undefined || one.schema === schema),
    );
    if (source) return { source, scope: at };
  }
  return undefined;
}

/** The columns of a query that WITH names. */
export function findQuery(
  scope: Scope,
  name: string,
): { columns: readonly string[] | undefined } | undefined {
  for (let at: Scope | undefined = scope; at; at = at.outer)
    if (at.queries.has(name)) return { columns: at.queries.get(name) };
  return undefined;
}
