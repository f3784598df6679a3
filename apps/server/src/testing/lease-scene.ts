import { AuthorityLease, type AuthorityLeaseOptions } from '@vif/cache-postgres';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { ensureRoles } from '../db/roles.ts';
import { cloneDatabase, type TestDatabase } from './test-database.ts';

/** A database for the leases of one test file, and what its tests open on it, closed behind each. */
export class LeaseScene {
  #database: TestDatabase | undefined;
  #connection: pg.ClientConfig = {};
  /** Run behind the test, last first. */
  readonly ends: (() => Promise<unknown>)[] = [];

  constructor() {
    beforeAll(async () => {
      this.#database = await cloneDatabase();
      const { app } = await ensureRoles(this.owner, undefined);
      this.#connection = { ...this.database.connection, ...app };
    });
    afterAll(() => this.database.drop());
    beforeEach(async () => {
      await this.owner.query('truncate vif_cache.outbox; update vif_cache.authority set joined = 0');
    });
    afterEach(async () => {
      for (const end of this.ends.splice(0).toReversed()) await end();
    });
  }

  get database(): TestDatabase {
    if (!this.#database) throw new Error('there is a database within tests only');
    return this.#database;
  }

  get owner(): pg.Client {
    return this.database.owner;
  }

  /** The server's role, whose rights must be enough. */
  get connection(): pg.ClientConfig {
    return this.#connection;
  }

  /** Opens a lease that notes what it was told and did. */
  async open(options: Partial<AuthorityLeaseOptions> = {}) {
    const bumped: string[] = [];
    const said: string[] = [];
    /** In order: `bump`, `forget`. */
    const happened: string[] = [];
    const lease = await AuthorityLease.open({
      connection: this.connection,
      authority: {
        bump: (tags) => {
          happened.push('bump');
          bumped.push(...tags);
        },
      },
      forget: () => void happened.push('forget'),
      onChange: (sentence) => said.push(sentence),
      patience: 0,
      ...options,
    });
    happened.length = 0; // what an authority that begins has to forget is nothing
    this.ends.push(() => lease.close());
    return { lease, bumped, said, happened };
  }

  async connected(config: pg.ClientConfig = {}): Promise<pg.Client> {
    const client = new pg.Client({ ...this.database.connection, ...config });
    client.on('error', () => undefined);
    await client.connect();
    this.ends.push(() => client.end());
    return client;
  }
}
