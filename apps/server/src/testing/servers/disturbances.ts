import { setTimeout as pause } from 'node:timers/promises';
import type { StaleRun } from '../stale/run.ts';
import type { Gate } from './gate.ts';
import { type OneVif, usualMost } from './one-vif.ts';
import type { SeveralVifs } from './several-vifs.ts';

export interface Disturbance {
  readonly name: string;
  /** Does it and undoes it. */
  readonly work: () => Promise<unknown>;
}

/** Reads, made by all together, for which something stays disturbed: so many writes fall into it. */
const extent = 300;
/** Requests that wait at a server as it goes on; each was sent when others had long written. */
const late = 12;

/** All that is done to servers, Redis and PostgreSQL, one behind the other. */
export function disturbancesOf(run: StaleRun, several: SeveralVifs): Disturbance[] {
  const { vifs, gates, redis, postgres } = several;
  const [first, second, third] = [serverAt(vifs, 0), serverAt(vifs, 1), serverAt(vifs, 2)];
  const gate = gateAt(gates, 2);
  const meanwhile = () => run.afterReads(extent);
  const cut =
    (state: 'shut' | 'silent' | 'slow', cutOff = [gate]) =>
    async () => {
      for (const one of cutOff) one.set(state);
      await meanwhile();
      for (const one of cutOff) one.set('open');
    };
  /** Redis goes, and comes back otherwise. */
  const gone = (go: () => Promise<unknown>, from: 'what it saved' | 'nothing') => async () => {
    await go();
    await meanwhile();
    await redis.restart(from);
  };
  return [
    { name: `${second.name}: kill -9, started again`, work: () => killed(run, second) },
    { name: `${first.name}: SIGSTOP for 0.3 s`, work: () => stopped(run, first, 300) },
    { name: 'Redis: FLUSHALL', work: () => redis.tell('FLUSHALL') },
    { name: `${third.name}: its way to Redis refuses`, work: cut('shut') },
    { name: 'Redis: kill -9, started again empty', work: gone(() => redis.kill(), 'nothing') },
    { name: `${second.name}: SIGSTOP for 0.7 s`, work: () => stopped(run, second, 700) },
    { name: 'PostgreSQL: restarted (fast)', work: () => postgres.end('fast') },
    {
      name: 'Redis: kill -9, started again from an old dump',
      work: async () => {
        await redis.tell('SAVE');
        await meanwhile();
        await gone(() => redis.kill(), 'what it saved')();
      },
    },
    { name: `${third.name}: its way to Redis is silent, then late`, work: cut('silent') },
    { name: `${first.name}: kill -9, started again`, work: () => killed(run, first) },
    // It comes back as it was: nothing but the outbox knows what was written meanwhile.
    { name: 'Redis: every way to it refuses', work: cut('shut', [...gates]) },
    { name: 'PostgreSQL: every listener terminated', work: () => terminateListeners(several) },
    { name: `${third.name}: SIGSTOP for 3 s`, work: () => stopped(run, third, 3000) },
    {
      name: 'Redis: SHUTDOWN, started again empty',
      work: gone(() => redis.tell('SHUTDOWN NOSAVE'), 'nothing'),
    },
    { name: 'PostgreSQL: restarted (immediate)', work: () => postgres.end('immediate') },
    { name: `${third.name}: its way to Redis is slow`, work: cut('slow') },
    {
      name: 'Redis: SIGSTOP',
      work: async () => {
        await redis.kill('SIGSTOP');
        await meanwhile();
        await redis.kill('SIGCONT');
      },
    },
  ];
}

async function killed(run: StaleRun, vif: OneVif): Promise<void> {
  await vif.signal('SIGKILL');
  vif.takes = false;
  await run.afterReads(extent);
  await vif.start();
  vif.takes = true;
}

/** Stands still while others write; who asks it then, before it goes on, must be told what they wrote. */
async function stopped(run: StaleRun, vif: OneVif, milliseconds: number): Promise<void> {
  await vif.signal('SIGSTOP');
  vif.takes = false;
  const asked = vif.asked;
  await Promise.all([pause(milliseconds), run.afterReads(extent)]);
  vif.most = asked + late;
  vif.takes = true;
  while (vif.asked < vif.most) await pause(1);
  await vif.signal('SIGCONT');
  vif.most = usualMost;
}

/** The connections that leases stand on: they alone hold advisory locks. */
async function terminateListeners({ postgres, vifs }: SeveralVifs): Promise<void> {
  const { rowCount } = await postgres.owner.query(
    `select pg_terminate_backend(pid) from (select distinct pid from pg_locks
     where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())) l`,
  );
  if (rowCount !== vifs.length) throw new Error(`${rowCount} listeners were found`);
}

function serverAt(vifs: readonly OneVif[], at: number): OneVif {
  const vif = vifs[at];
  if (!vif) throw new Error('There are too few servers');
  return vif;
}

function gateAt(gates: readonly Gate[], at: number): Gate {
  const gate = gates[at];
  if (!gate) throw new Error('There are too few servers');
  return gate;
}
