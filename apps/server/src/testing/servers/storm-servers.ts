import { StaleConnection } from '../stale/connection.ts';
import { StaleImports } from '../stale/imports.ts';
import { type Owner, StalePsql } from '../stale/psql.ts';
import { questionsOf } from '../stale/questions.ts';
import type { StaleRun } from '../stale/run.ts';
import { storm } from '../stale/storm.ts';
import { joinAs, makeStaleWorld } from '../stale/world.ts';
import { StaleWriter } from '../stale/writer.ts';
import { type Disturbance, disturbancesOf } from './disturbances.ts';
import { RoamingConnection } from './roaming-connection.ts';
import { Sessions } from './sessions.ts';
import type { SeveralVifs } from './several-vifs.ts';
import { Trouble } from './trouble.ts';

const writers = 8;
const readers = 40;
/** How many reads everybody makes for each write. */
const disturbedPace = 20;
/** How many ask at the moment when one of the writers is acknowledged. */
const onlookers = 2;

interface StormServersOptions {
  /** Changes by psql under load, before anything is disturbed. */
  readonly calmChanges: number;
  /** How many reads there are to a write between two disturbances. */
  readonly readsPerWrite?: number;
  /** How many reads there are at least from one disturbance to the next. */
  readonly readsBetween?: number;
  /** Only those whose names hold it. */
  readonly only?: string;
  /** Whether another disturbance is to follow, in the first round of all or in a later one; another change in calm is the round 0. */
  readonly more: (round: number) => boolean;
  /** Told what happens, line by line. */
  readonly say: (line: string) => void;
}

/**
 * Readers and writers at any of several servers while one thing after the other is disturbed, until something stale is
 * read. What they found is in the run's figures.
 * @throws when a server does not recover
 */
export async function stormServers(run: StaleRun, several: SeveralVifs, options: StormServersOptions) {
  const { vifs, postgres, cookie } = several;
  const world = await makeStaleWorld(vifs[0]?.address ?? '', cookie, run.ledger);
  const trouble = new Trouble();
  const connect = (who?: string, some = vifs) => new RoamingConnection(some, trouble, { cookie: who });
  const usher = new StaleConnection(world.address, cookie);
  const member = await joinAs(usher, 'user', 'watched');
  usher.close();
  const admin = connect(cookie);
  const sessions = new Sessions(run, { member, admin, vifs, connect });
  const psql = new StalePsql(run, postgres.owner, world, { addresses: vifs.map(({ address }) => address) });
  const staleWriters = Array.from(
    { length: writers },
    (_, at) => new StaleWriter(run, world, { at, writers }, connect(cookie)),
  );
  const disturb = async () => {
    for (let change = 0; change < options.calmChanges && options.more(0); change++) await psql.step();
    options.say(run.figures.line('In calm'));
    const disturbances = disturbancesOf(run, several).filter(({ name }) => name.includes(options.only ?? ''));
    for (let at = 0; options.more(1 + Math.floor(at / disturbances.length)); at++) {
      if (run.figures.stale.length > 0) return;
      const disturbance = disturbances[at % disturbances.length];
      if (!disturbance) return;
      await disturbOnce(disturbance);
      // Between two disturbances what psql does is seen in time, also where no trigger tells of it.
      await psql.step(at % 4 === 3 ? (write, table) => behindTriggers(several, write, table) : undefined);
      await run.afterReads(options.readsBetween ?? 0);
    }
  };
  const disturbOnce = async ({ name, work }: Disturbance) => {
    const began = performance.now();
    options.say(`${new Date().toISOString()} ${name}`);
    const known = run.figures.faults.length;
    await trouble.during(async () => {
      await work();
      await several.recovered();
    });
    const { readCount, stale, faults } = run.figures;
    for (const fault of faults.slice(known)) options.say(`  ${fault}`);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    options.say(
      `  recovered after ${seconds} s; ${readCount} reads, ${stale.length} stale, ${faults.length} faults`,
    );
  };
  const atSessions = async () => {
    while (!run.over) {
      await run.afterReads(400);
      await sessions.step();
    }
  };
  /** While something is disturbed, what is written counts. */
  const readsPerWrite = () => (trouble.isUnder ? disturbedPace : (options.readsPerWrite ?? disturbedPace));
  run.begin();
  try {
    await Promise.all([
      storm(
        run,
        {
          world,
          questions: questionsOf(world),
          connect: (who, coding) => new RoamingConnection(vifs, trouble, { cookie: who, coding }),
        },
        { writers: staleWriters, imports: new StaleImports(run, admin, world) },
        { readers, onlookers, readsPerWrite, until: disturb() },
      ),
      atSessions(),
    ]);
  } finally {
    for (const one of [admin, psql, ...staleWriters]) one.close();
  }
}

/** In one transaction, so that nobody else writes the table while its triggers are off. */
async function behindTriggers(
  { postgres }: SeveralVifs,
  write: (owner: Owner) => Promise<unknown>,
  table: string,
): Promise<void> {
  const client = await postgres.owner.connect();
  try {
    await client.query(`begin; alter table ${table} disable trigger vif_cache_update`);
    await write(client);
    await client.query(`alter table ${table} enable always trigger vif_cache_update; commit`);
  } finally {
    client.release();
  }
}
