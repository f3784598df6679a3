import { readFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { installTracking, openTracked } from '@vif/cache-postgres';
import { PostgresServer } from '@vif/cache-postgres/testing';
import pg from 'pg';
import type { Benchmark } from '../benchmark.ts';
import { machine } from '../report/machine.ts';
import { type CostOptions, readCostOptions } from './cost-options.ts';
import { readingTable, writingTable } from './cost-tables.ts';
import { measureDependencies } from './dependencies.ts';
import { measureReading } from './reading.ts';
import { measureWriting } from './writing.ts';

/** As many as the most writers. */
const connections = 8;
const durable = ['fsync=on', 'synchronous_commit=on', 'full_page_writes=on', 'wal_level=replica'];

/** What it costs that no write is unknown to the cache, and that each read is known by what it depends on. */
export const costBenchmark: Benchmark = {
  about: 'transactions a second with and without tracking, and what recording adds to a statement',
  async run(args, signal) {
    const options = readCostOptions(args);
    const server = await PostgresServer.start(options.durable ? durable : []);
    try {
      await prepare(server.connection);
      await measure(server.connection, options, signal);
    } finally {
      await server.stop();
    }
  },
};

async function prepare(connection: pg.ClientConfig): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    await client.query(await readFile(new URL('schema.sql', import.meta.url), 'utf8'));
    await installTracking(client);
    await client.query(`select vif_cache.track('tracked.organisations', 'workspace_id', 'id', 'owner_id')`);
    await client.query(`select vif_cache.track('tracked.audit_entries', 'workspace_id')`);
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}

async function measure(
  connection: pg.ClientConfig,
  options: CostOptions,
  signal: AbortSignal,
): Promise<void> {
  const settings = { ...connection, pipeline: true, max: connections };
  const tracked = await openTracked({ ...settings, onChange: (sentence) => console.error(sentence) });
  const plain = new pg.Pool(settings);
  // Marked as Vif's own, so that its rows of the outbox ring no bell; the look-out takes them in its turn.
  const triggers = new pg.Pool({ ...settings, options: '-c vif_cache.connection=bench' });
  try {
    const writing = await measureWriting(
      [
        { name: 'untracked', pool: plain, schema: 'plain' },
        { name: 'triggers alone', pool: triggers, schema: 'tracked' },
        { name: 'Vif', pool: tracked.pool, schema: 'tracked' },
        { name: 'as psql writes', pool: plain, schema: 'tracked' },
      ],
      options,
      signal,
    );
    const reading = await measureReading(plain, tracked.pool, 2 * options.rounds, signal);
    const dependencies = await measureDependencies(connection, options.rounds);
    const how = options.durable
      ? 'as it is by default'
      : 'fsync, synchronous_commit and full_page_writes off';
    console.log(
      `${new Date().toISOString().slice(0, 10)}; ${options.rounds} rounds of ${options.seconds} s; PostgreSQL ${how}; ${machine()}; load ${loadavg()[0]?.toFixed(1)}.\n`,
    );
    console.log(`${writingTable(writing)}\n\n${readingTable(reading, dependencies)}`);
  } finally {
    await Promise.all([plain.end(), triggers.end()]);
    await tracked.close();
  }
}
