import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

export interface TestDatabase {
  /** The owner's connection to a database of this test file's own. */
  readonly connection: pg.ClientConfig;
  /** A connection of the owner, to look behind Vif's back. */
  readonly owner: pg.Client;
  drop(): Promise<void>;
}

/** Clones the migrated template into a new database; rows are never deleted by hand. */
export function cloneDatabase(): Promise<TestDatabase> {
  return makeDatabase(inject('template'));
}

/** A database that no Vif has seen yet. */
export function emptyDatabase(): Promise<TestDatabase> {
  return makeDatabase('template1');
}

async function makeDatabase(template: string): Promise<TestDatabase> {
  const server = inject('postgres');
  const database = `test_${randomUUID().replaceAll('-', '')}`;
  await withClient(server, (client) => client.query(`create database ${database} template ${template}`));
  const connection = { ...server, database };
  const owner = new pg.Client(connection);
  await owner.connect();
  return {
    connection,
    owner,
    async drop() {
      await owner.end();
      await withClient(server, (client) => client.query(`drop database ${database} with (force)`));
    },
  };
}

async function withClient(connection: pg.ClientConfig, work: (client: pg.Client) => Promise<unknown>) {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
