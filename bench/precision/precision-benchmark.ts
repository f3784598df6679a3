import { loadavg } from 'node:os';
import type { Recorder } from '@vif/cache';
import { sqlRecorder } from '@vif/cache-postgres';
import { PostgresServer } from '@vif/cache-postgres/testing';
import pg from 'pg';
import type { Benchmark } from '../benchmark.ts';
import { machine } from '../report/machine.ts';
import { houseOf } from './house.ts';
import { mixes } from './mix.ts';
import { play } from './play.ts';
import { readPrecisionOptions } from './precision-options.ts';
import { routesTable, waysTable, writesLine } from './precision-tables.ts';
import { seedHouse } from './seed-house.ts';
import { tableRecorder } from './table-recorder.ts';

/** How often a CRM's reads are answered from the cache when what invalidates them is found out statement by statement. */
export const precisionBenchmark: Benchmark = {
  about: 'hit rate and read statements of a CRM, beside a cache invalidated by table and none',
  async run(args, signal) {
    const { organisations, mix, ...options } = readPrecisionOptions(args);
    const house = houseOf(organisations);
    const server = await PostgresServer.start();
    try {
      console.error('Making the data …');
      const seeded = await seedHouse(server.connection, house);
      const way = async (name: string, recorder?: Recorder) => {
        const connection = await copyOf(server.connection, seeded, name);
        const tally = await play(connection, recorder, { house, ...options, mix: mixes[mix], signal });
        console.error(`${name}: ${tally.seconds.toFixed(0)} s`);
        return tally;
      };
      const none = await way('uncached');
      const tables = await way('by_table', tableRecorder);
      const ours = await way('by_value', sqlRecorder);
      const ways = { none, tables, ours };
      const rows = (what: 'organisations' | 'people' | 'interactions') =>
        house.reduce((sum, one) => sum + one[what], 0).toLocaleString('en');
      console.log(
        `${new Date().toISOString().slice(0, 10)}; ${rows('organisations')} organisations, ${rows('people')} people, ${rows('interactions')} interactions; ${options.requests.toLocaleString('en')} requests of the mix “${mix}”, seed ${options.seed}; ${machine()}; load ${loadavg()[0]?.toFixed(1)}.\n`,
      );
      console.log(`${waysTable(ways)}\n\n${routesTable(ways)}\n\n${writesLine(ours)}`);
      if (tables.stale + ours.stale > 0) throw new Error('A cache gave out what was stale.');
    } finally {
      await server.stop();
    }
  },
};

/** Each way begins with the same rows, and leaves them to none of the others. */
async function copyOf(connection: pg.ClientConfig, from: string, database: string): Promise<pg.ClientConfig> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    await client.query(`create database ${database} template ${from} strategy file_copy`);
  } finally {
    await client.end();
  }
  return { ...connection, database };
}
