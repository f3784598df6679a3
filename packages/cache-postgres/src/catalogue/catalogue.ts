/** Columns of one family have values that are equal when their canonical texts are, and only then. */
export type Family = 'integer' | 'uuid' | 'boolean' | 'text';

export interface Column {
  readonly name: string;
  /** Undefined where equal values may be spelt in two ways, as in numeric, citext or a nondeterministic collation. */
  readonly family: Family | undefined;
  /** Whether it is a date or time: then a cast of it to another one reads no words. */
  readonly temporal: boolean;
  /** Why a statement that reads it is not understood, as a type with operators of its owner's. */
  readonly refused: string | undefined;
}

/** How a table tells of its writes: the arguments of its triggers. */
export interface TrackedColumns {
  /** The column that says whose a row is; undefined for a table of everybody's. */
  readonly workspace: string | undefined;
  /** Those by whose values reads may narrow what they depend on. */
  readonly columns: readonly string[];
}

/** A policy of row-level security. */
export interface Policy {
  readonly using: string;
  /** The only one that lets rows through, and for everybody. */
  readonly alone: boolean;
}

export interface Relation {
  readonly schema: string;
  readonly name: string;
  readonly kind:
    | 'table'
    | 'view'
    | 'materialised view'
    | 'foreign table'
    | 'sequence'
    | 'temporary table'
    | 'other';
  /** In the order of `*`. */
  readonly columns: ReadonlyMap<string, Column>;
  readonly tracked: TrackedColumns | undefined;
  /** Of a view, its query. */
  readonly definition: string | undefined;
  /** Of a view, whether it reads as who asks, and not as its owner. */
  readonly invoker: boolean;
  /** Whether row-level security holds for the role of the connection. */
  readonly policed: boolean;
  /** Of everybody, where it is enabled. */
  readonly policies: readonly Policy[];
}

/** What a database's own words mean to one role with one search path. */
export interface Catalogue {
  /** Where an unqualified relation is looked for, first to last. */
  readonly searchPath: readonly string[];
  /** By their `placeOf`. */
  readonly relations: ReadonlyMap<string, Relation>;
  /** Functions of pg_catalog that are immutable in every form. */
  readonly immutable: ReadonlySet<string>;
  /** Those that are not. */
  readonly changing: ReadonlySet<string>;
  /** Functions outside pg_catalog by name: undefined where every one of that name is reviewed, else why it is not. */
  readonly ownFunctions: ReadonlyMap<string, string | undefined>;
  /** Functions that can be written as if they were a column of what they are given, wherever they are. */
  readonly asColumns: ReadonlySet<string>;
  /** Functions whose call makes of many rows one, or of one many. */
  readonly manyRowed: ReadonlySet<string>;
  /** Operators outside pg_catalog on its types, which nobody reviewed. */
  readonly strangeOperators: ReadonlySet<string>;
  /** Why no statement is understood, if that is so. */
  readonly strange: string | undefined;
  /** Types of pg_catalog that are no relation's rows. */
  readonly builtinTypes: ReadonlySet<string>;
  /** Types whose texts may hold words such as `today`: dates, times, ranges, and domains and arrays of them. */
  readonly temporalTypes: ReadonlySet<string>;
  /** Types outside pg_catalog by `schema.name` that may be cast to. */
  readonly castable: ReadonlySet<string>;
}

/** Where a name lies; a dot could be part of either. */
export function placeOf(schema: string, name: string): string {
  return `${schema}\0${name}`;
}

/** The relation that a name means; the first of the search path that has it, where no schema is said. */
export function findRelation(
  { searchPath, relations }: Catalogue,
  schema: string | undefined,
  name: string,
): Relation | undefined {
  for (const one of schema === undefined ? searchPath : [schema]) {
    const found = relations.get(placeOf(one, name));
    if (found) return found;
  }
  return undefined;
}
