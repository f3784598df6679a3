import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { RedisServer, whyNoRedis } from '@vif/cache/testing';
import { Redis } from 'ioredis';
import type { Benchmark } from '../benchmark.ts';
import { machine } from '../report/machine.ts';
import { markdownTable } from '../report/markdown-table.ts';
import { StormLedger } from './storm-ledger.ts';
import type { StormCounts, StormTask } from './storm-messages.ts';

/** Milliseconds between two disturbances. */
const calm = 3000;
/** Milliseconds for which the whole may last. */
const longest = 900_000;

/** Whether several processes that share a Redis ever read what was overwritten, whatever happens to it. */
export const stormBenchmark: Benchmark = {
  about: 'stale reads of four processes over one Redis that is killed, flushed, stopped and short of memory',
  async run(args, signal) {
    const { reads, processes } = options(args);
    const missing = await whyNoRedis();
    if (missing) throw new Error(`The storm needs a Redis: ${missing}.`);
    const [truth, store] = [await RedisServer.start(), await RedisServer.start()];
    const ledger = new StormLedger();
    const children: ChildProcess[] = [];
    const admin = new Redis(store.port, { maxRetriesPerRequest: null });
    admin.on('error', () => undefined); // it is killed below
    const began = performance.now();
    try {
      for (let number = 0; number < processes; number++) children.push(start(truth, store, ledger));
      const enough = () => ledger.total.reads >= reads || performance.now() - began > longest;
      while (!enough()) await disturbInTurn({ ledger, store, admin, enough, signal });
    } finally {
      for (const child of children) child.kill('SIGKILL');
      admin.disconnect();
      await Promise.all([truth.stop(), store.stop()]);
    }
    console.log(`${new Date().toISOString().slice(0, 10)}; ${machine()}.\n`);
    console.log(tableOf(ledger, processes, (performance.now() - began) / 1000));
  },
};

function options(args: readonly string[]): { reads: number; processes: number } {
  const { values } = parseArgs({
    args: [...args],
    options: { reads: { type: 'string' }, processes: { type: 'string' } },
  });
  const [reads, processes] = [Number(values.reads ?? 1_000_000), Number(values.processes ?? 4)];
  if (Number.isInteger(reads) && reads > 0 && Number.isInteger(processes) && processes > 0)
    return { reads, processes };
  throw new Error('npm run bench -- storm [--reads 1000000] [--processes 4]');
}

function start(truth: RedisServer, store: RedisServer, ledger: StormLedger): ChildProcess {
  const task: StormTask = {
    truthPort: truth.port,
    cachePort: store.port,
    rows: 2000,
    readers: 12,
    writers: 2,
  };
  const child = fork(join(import.meta.dirname, 'storm-process.ts'), [JSON.stringify(task)]);
  child.on('message', (counts: StormCounts) => ledger.add(counts));
  return child;
}

interface Storm {
  readonly ledger: StormLedger;
  readonly store: RedisServer;
  readonly admin: Redis;
  readonly enough: () => boolean;
  readonly signal: AbortSignal;
}

async function disturbInTurn({ ledger, store, admin, enough, signal }: Storm): Promise<void> {
  const wait = (time: number) => pause(time, undefined, { signal });
  const disturbances: Record<string, () => Promise<void>> = {
    'killed, and started again empty after 1.5 s': async () => {
      await store.kill();
      await wait(1500);
      await store.restart();
    },
    flushed: async () => void (await admin.flushall()),
    'held at 4 MB with allkeys-random for 4 s': async () => {
      await admin.config('SET', 'maxmemory', '4mb', 'maxmemory-policy', 'allkeys-random');
      await wait(4000);
      await admin.config('SET', 'maxmemory', '0');
    },
    'stopped for 1.5 s': async () => {
      await store.kill('SIGSTOP');
      await wait(1500);
      await store.kill('SIGCONT');
    },
    'every connection cut': async () => {
      await admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    },
  };
  for (const [name, work] of Object.entries(disturbances)) {
    await wait(calm);
    if (enough()) return;
    await ledger.disturb(name, work);
    const { reads, stale, errors } = ledger.total;
    console.error(`${reads} reads, ${stale} stale, ${errors} errors; ${name}`);
  }
  await wait(calm);
}

function tableOf(ledger: StormLedger, processes: number, seconds: number): string {
  const { reads, hits, stale, errors, writes } = ledger.total;
  const share = ((100 * hits) / reads).toFixed(1);
  const sums = `${processes} processes, ${seconds.toFixed(0)} s: ${reads} reads checked, ${share} % hits, ${writes} writes, ${stale} stale, ${errors} errors to readers.`;
  const rows = [...ledger.recoveries()].map(([name, { times, longest: slowest }]) => [
    name,
    String(times),
    (slowest / 1000).toFixed(1),
  ]);
  return `${sums}\n\n${markdownTable(['Redis was', 'times', 'half the hits back within, s'], rows)}`;
}
