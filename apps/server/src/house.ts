import type pg from 'pg';
import type { Auth } from './auth/auth.ts';
import type { OpaquePlaces } from './changes/opaque-tags.ts';
import type { Database } from './db/database.ts';
import type { HouseCache } from './house-cache.ts';
import { VifError } from './problems/vif-error.ts';

/** What the server works with once its database is open. */
export interface House {
  readonly database: Database;
  /** Connections of the sign-in library's role: schema `auth`. */
  readonly authPool: pg.Pool;
  readonly auth: Auth;
  readonly cookieSecret: string;
  readonly opaque: OpaquePlaces;
  readonly cache: HouseCache;
}

/**
 * The house while it may still be opening: the server listens at once, and answers 503 until `open` was called.
 * States: starting → open.
 */
export class HouseDoor {
  #house: House | undefined;

  open(house: House): void {
    this.#house = house;
  }

  get isOpen(): boolean {
    return this.#house !== undefined;
  }

  /** @throws {VifError} `starting` while the database is not open */
  get house(): House {
    if (!this.#house) throw new VifError('starting', { retryAfter: 1 });
    return this.#house;
  }
}
