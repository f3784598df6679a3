import type { RouteName } from '@vif/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setUp, type SpawnedVif, spawnVif } from './testing/spawn-vif.ts';
import { accessThroughout } from './testing/stale-access.ts';
import { StaleConnection } from './testing/stale-connection.ts';
import type { StaleStory } from './testing/stale-figures.ts';
import { StaleImports } from './testing/stale-imports.ts';
import { StaleNewcomers } from './testing/stale-newcomers.ts';
import { promised, StalePsql } from './testing/stale-psql.ts';
import { type Question, questionsOf } from './testing/stale-questions.ts';
import { StaleReader } from './testing/stale-reader.ts';
import { StaleRun } from './testing/stale-run.ts';
import { storm } from './testing/stale-storm.ts';
import { joinAs, makeStaleWorld, password, type StaleMember, type StaleWorld } from './testing/stale-world.ts';
import { StaleWriter } from './testing/stale-writer.ts';
import { type VifProcesses, vifProcesses } from './testing/vif-processes.ts';

/** Milliseconds. */
const stormDuration = 30_000;
const readers = 20;
const writers = 2;
/** Changes behind Vif's back, made while nobody writes through it. */
const quietChanges = 20;

let processes: VifProcesses;
let vif: SpawnedVif;
let errors = '';
let world: StaleWorld;
let questions: Question[];
let admin: StaleConnection;
const run = new StaleRun();

beforeAll(async () => {
  processes = await vifProcesses();
  vif = spawnVif({ VIF_DATA: processes.dataFolder });
  vif.process.stderr?.on('data', (text: string) => {
    errors += text;
  });
  const { address, cookie } = await setUp(vif);
  admin = new StaleConnection(address, cookie);
  world = await makeStaleWorld(address, cookie, run.ledger);
  questions = questionsOf(world);
});
afterAll(async () => {
  admin.close();
  vif.kill('SIGKILL');
  await vif.exit();
  await processes.remove();
});

/** The actors of a run on the same world; closed with it. */
async function actorsOf(one: StaleRun) {
  const client = await processes.owner();
  return {
    writers: Array.from({ length: writers }, (_, at) => new StaleWriter(one, world, { at, writers })),
    imports: new StaleImports(one, new StaleConnection(world.address, world.admin), world),
    newcomers: new StaleNewcomers(one, new StaleReader(one, admin), admin),
    psql: new StalePsql(one, client, world),
  };
}

const told = (stories: readonly StaleStory[]) =>
  stories.slice(0, 10).map((story) => JSON.stringify(story, undefined, 1));
