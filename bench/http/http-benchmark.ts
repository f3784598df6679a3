import type { Benchmark } from '../benchmark.ts';
import { RedisProcess, whyNoRedis } from '../redis/redis-process.ts';
import { machine } from '../report/machine.ts';
import { organisations, people, seededFolder } from '../vif/data-folder.ts';
import { startVif } from '../vif/start-vif.ts';
import { casesNamed, type Running } from './cases.ts';
import { chooseLoad } from './choose-load.ts';
import { connections } from './load.ts';
import { type CaseResult, measureCase } from './measure-case.ts';
import { readOptions } from './options.ts';
import { writeReadme } from './readme.ts';
import { resultTable } from './result-table.ts';
import { findSubjects } from './subjects.ts';

const runnings: readonly (Running | undefined)[] = [undefined, 'over Redis', 'two workers', 'uncached'];

function settingsFor(as: Running | undefined, redisPort = 0): Record<string, string> {
  const redis = { REDIS_URL: `redis://127.0.0.1:${redisPort}` };
  switch (as) {
    case 'uncached':
      return { CACHE_MEMORY: '0' };
    case 'over Redis':
      return redis;
    case 'two workers':
      return { ...redis, VIF_WORKERS: '2' };
    default:
      return {};
  }
}

/** Vif beside a bare Fastify that gives the same bytes; bench/README.md says what that tells. */
export const httpBenchmark: Benchmark = {
  about: 'Vif’s answers beside a bare Fastify that gives the same bytes',
  async run(args, signal) {
    const options = readOptions(args);
    const cases = casesNamed(options.cases);
    const load = chooseLoad(options.autocannon);
    const folder = await seededFolder(signal);
    const results: CaseResult[] = [];
    for (const as of runnings) {
      const chosen = cases.filter((one) => one.as === as);
      if (chosen.length === 0) continue;
      const needsRedis = as === 'over Redis' || as === 'two workers';
      const missing = needsRedis ? await whyNoRedis() : undefined;
      if (missing !== undefined) {
        console.error(`${chosen.map(({ name }) => name).join(', ')}: skipped, ${missing}`);
        continue;
      }
      await using redis = needsRedis ? await RedisProcess.start() : undefined;
      await using vif = await startVif(folder, settingsFor(as, redis?.port), signal);
      const subjects = await findSubjects(vif);
      for (const one of chosen) {
        console.error(`${one.name} …`);
        results.push(await measureCase(one, { vif, subjects, load, ...options }, signal));
      }
    }
    const { seconds, rounds } = options;
    const date = new Date().toISOString().slice(0, 10);
    const count = (number: number) => number.toLocaleString('en');
    const how = `${date}; ${load.name}, ${connections} connections, ${rounds} rounds of ${seconds} s on each server; ${count(organisations)} organisations, ${count(people)} people; ${machine()}.`;
    const table = resultTable(results);
    console.log(`${how}\n\n${table}`);
    if (options.cases.length === 0) await writeReadme(`${how}\n\n${table}`);
  },
};
