import type pg from 'pg';
import { anyOrganisation, somebody, workspace } from './ids.ts';

/** A transaction on the tables of a schema. */
export type Transaction = (pool: pg.Pool, schema: string) => Promise<unknown>;

export const transactions: Readonly<Record<string, Transaction>> = {
  'one UPDATE': (pool, schema) => pool.query(update(schema)),
  'UPDATE and audit entry': async (pool, schema) => {
    const client = await pool.connect();
    try {
      // As Vif's write door: BEGIN goes with the first statement.
      await Promise.all([client.query('begin'), client.query(update(schema))]);
      await client.query({
        name: `audit ${schema}`,
        text: `insert into ${schema}.audit_entries (workspace_id, user_id, operation, subject_id) values ($1, $2, $3, $4)`,
        values: [workspace, somebody, 'organisations.update', anyOrganisation()],
      });
      await client.query('commit');
    } finally {
      client.release();
    }
  },
};

function update(schema: string): pg.QueryConfig {
  return {
    name: `update ${schema}`,
    text: `update ${schema}.organisations set annual_revenue = $2, updated_at = now() where id = $1 and workspace_id = $3`,
    values: [anyOrganisation(), Math.round(Math.random() * 1e6), workspace],
  };
}

/** Transactions a second that so many writers make, each its next when the one before is answered. */
export async function rateOf(
  transaction: Transaction,
  { pool, schema }: { readonly pool: pg.Pool; readonly schema: string },
  { writers, seconds, signal }: { writers: number; seconds: number; signal: AbortSignal },
): Promise<number> {
  const began = performance.now();
  const until = began + 1000 * seconds;
  let made = 0;
  const write = async () => {
    while (performance.now() < until) {
      signal.throwIfAborted();
      await transaction(pool, schema);
      made++;
    }
  };
  await Promise.all(Array.from({ length: writers }, write));
  return (1000 * made) / (performance.now() - began);
}
