import type { Benchmark } from '../benchmark.ts';
import type { OpenCache } from '../peers/peer.ts';
import { peers, versions } from '../peers/peers.ts';
import { RedisProcess, whyNoRedis } from '../redis/redis-process.ts';
import { machine } from '../report/machine.ts';
import { readCacheOptions } from './cache-options.ts';
import {
  crowdsTable,
  keysTable,
  type Measured,
  memoryTable,
  replaysTable,
  speedsTable,
} from './cache-tables.ts';
import { type Crowd, crowd } from './crowd.ts';
import { keySpeeds } from './key-speeds.ts';
import { memoryTaken } from './memory-taken.ts';
import { type Operation, operations, subjectOf, takesPart } from './operation.ts';
import { type RateOptions, rates, type Subject } from './rates.ts';
import { rawRedis } from './raw-redis.ts';
import { replays } from './replay.ts';
import type { Value } from './value.ts';

/** How fast Vif's cache and its peers are, and what they take; bench/README.md says more. */
export const cacheBenchmark: Benchmark = {
  about: 'speed, single flight, hit ratio and memory of Vif’s cache and its peers',
  async run(args, signal) {
    const { rounds, milliseconds, callers, accesses, entries } = readCacheOptions(args);
    const noRedis = await whyNoRedis();
    if (noRedis) console.error(`Rows with Redis are left out: ${noRedis}.`);
    const date = new Date().toISOString().slice(0, 10);
    console.log(`${date}; ${versions()}; ${machine()}.\n`);

    const options: RateOptions = { rounds, milliseconds, inFlight: 1, signal };
    const rows: Measured[] = [];
    for (const operation of operations) {
      if (noRedis && operation.layers !== 'memory') continue;
      rows.push({ name: operation.name, rates: await measure(operation, options) });
    }
    const names = peers.map(({ name }) => name);
    console.log(`${speedsTable(noRedis ? names : ['ioredis', ...names], rows)}\n`);
    console.log(`${keysTable(await keySpeeds(peers, options))}\n`);

    const crowds: Crowd[] = [];
    for (const layers of ['memory', 'redis'] as const) {
      if (noRedis && layers === 'redis') continue;
      for (const peer of peers.filter((one) => one.layers.includes(layers))) {
        await using redis = layers === 'redis' ? await RedisProcess.start() : undefined;
        crowds.push(await crowd(peer, layers, redis?.port, { callers, rounds, signal }));
      }
    }
    console.log(`${crowdsTable(callers, crowds)}\n`);
    console.log(`${replaysTable(await replays(peers, accesses, signal))}\n`);

    const taken: { name: string; bytes: number }[] = [];
    for (const name of ['Map', ...names]) {
      taken.push({ name, bytes: await memoryTaken(name, entries, signal) });
    }
    console.log(memoryTable(entries, taken));
  },
};

/** All caches that have such an operation, each on a Redis of its own where there is one. */
async function measure(operation: Operation, options: RateOptions) {
  const { layers, inFlight } = operation;
  await using started = new AsyncDisposableStack();
  const start = async () => started.use(await RedisProcess.start());
  const subjects: Subject[] = [];
  if (layers === 'redis') subjects.push(await rawRedis((await start()).client, operation));
  const opened: OpenCache<Value>[] = [];
  for (const peer of peers.filter((one) => takesPart(operation, one))) {
    const redis = layers === 'memory' ? undefined : await start();
    const { subject, cache } = await subjectOf(operation, peer, redis?.port);
    subjects.push(subject);
    opened.push(cache);
  }
  try {
    return await rates(subjects, { ...options, inFlight });
  } finally {
    await Promise.allSettled(opened.map((cache) => cache.close()));
  }
}
