import type { Opening } from '../peers/peer.ts';
import type { Row } from './database.ts';

/** What a process with a cache is told when it starts. */
export interface Start {
  readonly peer: string;
  readonly opening: Opening;
  /** How far its clock is ahead, in milliseconds. */
  readonly clock: number;
}

/** In which order a writer commits and invalidates. */
export type Order = 'commit first' | 'invalidate first';

/** What a process with a cache is asked; each is answered under its number. */
export type Question =
  | { readonly ask: 'read'; readonly key: string; readonly tags: readonly string[] | undefined }
  | { readonly ask: 'deleteKey'; readonly key: string }
  | { readonly ask: 'invalidateTags'; readonly tags: readonly string[] }
  | {
      readonly ask: 'write';
      readonly keys: readonly string[];
      readonly tags: readonly string[];
      readonly order: Order;
    }
  | { readonly ask: 'close' };

export type ToProcess =
  | { readonly kind: 'start'; readonly start: Start }
  | { readonly kind: 'question'; readonly number: number; readonly question: Question }
  /** The row that a load asked for. */
  | { readonly kind: 'loaded'; readonly number: number; readonly row: Row };

export type FromProcess =
  | { readonly kind: 'started' }
  | { readonly kind: 'answer'; readonly number: number; readonly row?: Row; readonly error?: string }
  /** The read with this number wants its row from the database. */
  | { readonly kind: 'load'; readonly number: number }
  /** A writer sends its COMMIT. */
  | { readonly kind: 'commit' };
