import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Pinned } from './equalities.ts';
import type { ReadTable } from './read-table.ts';

/** What is found out of one statement while it is read. */
export interface Reading {
  readonly catalogue: Catalogue;
  readonly tables: ReadTable[];
  readonly pinned: Pinned;
  /** Settings that it reads. */
  readonly settings: Set<string>;
}
