import type { Benchmark } from '../benchmark.ts';
import type { Peer } from '../peers/peer.ts';
import { peers, versions } from '../peers/peers.ts';
import { RedisProcess, whyNoRedis } from '../redis/redis-process.ts';
import { machine } from '../report/machine.ts';
import { type Scenario, suits } from './scenario.ts';
import { scenarios } from './scenarios.ts';
import { Stage } from './stage.ts';
import { readTortureOptions } from './torture-options.ts';
import { type Fate, tortureTable } from './torture-table.ts';

/** After so many milliseconds a cache hangs. */
const longest = 180_000;

/** How many stale reads Vif's cache and its peers give when things go wrong; bench/README.md says more. */
export const tortureBenchmark: Benchmark = {
  about: 'stale reads of Vif’s cache and its peers in races, crashes, evictions and outages',
  async run(args, signal) {
    const { share, caches, scenario: wanted } = readTortureOptions(args);
    const noRedis = await whyNoRedis();
    if (noRedis) console.error(`Scenarios with Redis are left out: ${noRedis}.`);
    const compared = peers.filter(({ name }) => caches.includes(name));
    const chosen = scenarios(share).filter(
      ({ name, where }) => name.includes(wanted) && !(noRedis && where === 'redis'),
    );
    const rows: { scenario: Scenario; fates: Fate[] }[] = [];
    for (const scenario of chosen) {
      const fates: Fate[] = [];
      for (const peer of compared) {
        signal.throwIfAborted();
        fates.push(suits(scenario, peer) ? await torture(scenario, peer, signal) : undefined);
      }
      rows.push({ scenario, fates });
      console.error(tortureTable(caches, rows.slice(-1)).split('\n').at(-1));
    }
    const date = new Date().toISOString().slice(0, 10);
    console.log(`${date}; ${versions()}; ${machine()}.\n`);
    console.log(tortureTable(caches, rows));
  },
};

/** Every cache has a Redis of its own, so that none finds what another left. */
async function torture(scenario: Scenario, peer: Peer, signal: AbortSignal): Promise<Fate> {
  const { where, by, rounds, redisSettings = [] } = scenario;
  await using redis = where === 'redis' ? await RedisProcess.start(...redisSettings) : undefined;
  const patience = AbortSignal.any([signal, AbortSignal.timeout(longest)]);
  await using stage = new Stage({ peer, where, by, redis, rounds, signal: patience });
  const hung = Promise.withResolvers<never>();
  const giveUp = () => hung.reject(new Error('It hangs.'));
  patience.addEventListener('abort', giveUp);
  try {
    await Promise.race([scenario.run(stage), hung.promise]);
    return stage.tally;
  } catch (error) {
    signal.throwIfAborted();
    console.error(`${peer.name}, ${scenario.name}:`, error);
    return error instanceof Error ? error : new Error(String(error));
  } finally {
    patience.removeEventListener('abort', giveUp);
  }
}
