import type pg from 'pg';
import type { Address } from '../http/address.ts';

/** What the first process tells a worker. */
export type ToWorker =
  | { readonly kind: 'begin'; readonly number: number; readonly address: Address }
  /** The database may be opened; the owner's connection. */
  | { readonly kind: 'open'; readonly connection: pg.ClientConfig };

/** What a worker tells the first process. */
export type FromWorker =
  | { readonly kind: 'here' }
  | { readonly kind: 'ready' }
  /** It cannot go on, in a sentence for the administrator. */
  | { readonly kind: 'failed'; readonly sentence: string };
