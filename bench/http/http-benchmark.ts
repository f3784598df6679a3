import type { Benchmark } from '../benchmark.ts';
import { machine } from '../report/machine.ts';
import { organisations, people, seededFolder } from '../vif/data-folder.ts';
import { startVif } from '../vif/start-vif.ts';
import { casesNamed } from './cases.ts';
import { chooseLoad } from './choose-load.ts';
import { connections } from './load.ts';
import { type CaseResult, measureCase } from './measure-case.ts';
import { readOptions } from './options.ts';
import { writeReadme } from './readme.ts';
import { resultTable } from './result-table.ts';
import { findSubjects } from './subjects.ts';

/** Vif beside a bare Fastify that gives the same bytes; bench/README.md says what that tells. */
export const httpBenchmark: Benchmark = {
  about: 'Vif’s answers beside a bare Fastify that gives the same bytes',
  async run(args, signal) {
    const options = readOptions(args);
    const cases = casesNamed(options.cases);
    const load = chooseLoad(options.autocannon);
    const folder = await seededFolder(signal);
    const results: CaseResult[] = [];
    for (const uncached of [false, true]) {
      const chosen = cases.filter((one) => (one.uncached ?? false) === uncached);
      if (chosen.length === 0) continue;
      await using vif = await startVif(folder, uncached ? { CACHE_MEMORY: '0' } : {}, signal);
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
