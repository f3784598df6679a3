import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Pinned } from './equalities.ts';
import type { ReadTable } from './read-table.ts';
import type { Around } from './scope.ts';
import type { SelectStmt } from './syntax.ts';

/** What is found out of one statement while it is read. */
export interface Reading {
  readonly catalogue: Catalogue;
  readonly tables: ReadTable[];
  readonly pinned: Pinned;
  /** What is read is read by the owner of a view, for whom other policies hold than for who asks. */
  readonly asOwner: boolean;
  /** Settings that it reads. */
  readonly settings: Set<string>;
  /** Reads a query inside it likewise. */
  query(this: void, reading: Reading, select: SelectStmt, around: Around): void;
}
