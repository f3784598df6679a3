import { setTimeout as pause } from 'node:timers/promises';
import type { Benchmark } from '../benchmark.ts';
import { machine } from '../report/machine.ts';
import { megabytes } from '../report/megabytes.ts';
import { Client } from '../vif/client.ts';
import { seededFolder, small } from '../vif/data-folder.ts';
import { startVif } from '../vif/start-vif.ts';
import { readMemoryOptions } from './memory-options.ts';
import { namespacesTable, samplesTable } from './memory-tables.ts';
import { connections, readAll } from './read-all.ts';
import { type Sample, Watch } from './watch.ts';

/** Milliseconds after which what was only needed to start, or to answer, has been given back if it ever is. */
const rest = 5000;

/** Bytes that the process may take beside what its cache may hold. */
const allowance = 150e6;

/** Whether Vif's memory stays bounded while no two reads are the same; bench/README.md says more. */
export const memoryBenchmark: Benchmark = {
  about: 'whether Vif’s memory stays bounded through a million reads of which no two are the same',
  async run(args, signal) {
    const { reads, cacheMemory } = readMemoryOptions(args);
    const folder = await seededFolder(signal, small);
    await using vif = await startVif(folder, { CACHE_MEMORY: String(cacheMemory) }, signal);
    using client = new Client(vif.origin, { cookie: vif.cookie }, connections + 1);
    // A started process has an id.
    const watch = new Watch(client, vif.child.process.pid as number);
    await watch.look('started');
    await pause(rest, undefined, { signal });
    await watch.look('idle');
    await watch.during('reading', () => readAll(client, reads, () => watch.reads++, signal));
    await watch.look('at the end');
    await pause(rest, undefined, { signal });
    await watch.look('idle again');

    const { samples } = watch;
    const date = new Date().toISOString().slice(0, 10);
    console.log(`${date}; ${reads.toLocaleString('en')} reads, ${connections} at once; ${machine()}.\n`);
    console.log(`${samplesTable(samples)}\n`);
    const last = samples.at(-1);
    if (last) console.log(`${namespacesTable(last.stats)}\n`);
    judge(samples, cacheMemory * 2 ** 20);
  },
};

/** @throws {Error} when a sample took more than it may */
function judge(samples: readonly Sample[], set: number): void {
  const held = Math.max(...samples.map(({ stats }) => stats.memory_used));
  const resident = Math.max(...samples.map((sample) => sample.resident));
  const most = set + allowance;
  console.log(
    `The cache held at most ${megabytes(held)} of ${megabytes(set)} MB, the process at most ${megabytes(resident)} of ${megabytes(most)} MB.`,
  );
  if (held > set) throw new Error('The cache held more than it was set to.');
  if (resident > most) throw new Error('The process took more memory than it may.');
}
