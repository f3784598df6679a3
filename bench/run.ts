import type { Benchmark } from './benchmark.ts';
import { cacheBenchmark } from './cache/cache-benchmark.ts';
import { costBenchmark } from './cost/cost-benchmark.ts';
import { dayBenchmark } from './day/day-benchmark.ts';
import { httpBenchmark } from './http/http-benchmark.ts';
import { memoryBenchmark } from './memory/memory-benchmark.ts';
import { precisionBenchmark } from './precision/precision-benchmark.ts';
import { stormBenchmark } from './storm/storm-benchmark.ts';
import { stormServersBenchmark } from './storm-servers/storm-servers-benchmark.ts';
import { tortureBenchmark } from './torture/torture-benchmark.ts';
import { tracesBenchmark } from './traces/traces-benchmark.ts';

const benchmarks: Readonly<Record<string, Benchmark>> = {
  http: httpBenchmark,
  memory: memoryBenchmark,
  day: dayBenchmark,
  traces: tracesBenchmark,
  cache: cacheBenchmark,
  torture: tortureBenchmark,
  storm: stormBenchmark,
  precision: precisionBenchmark,
  cost: costBenchmark,
  'storm-servers': stormServersBenchmark,
};

/** Exit codes of shells for a process that a signal ended. */
const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

/** `npm run bench -- NAME …`: runs one benchmark, or says which there are. */
const [name, ...args] = process.argv.slice(2);
const benchmark = name !== undefined && Object.hasOwn(benchmarks, name) ? benchmarks[name] : undefined;
if (!benchmark) {
  const lines = Object.entries(benchmarks).map(([one, { about }]) => `  npm run bench -- ${one}   ${about}`);
  if (name !== undefined) console.error(`There is no benchmark called ${name}.`);
  console.log(`Benchmarks:\n${lines.join('\n')}`);
  process.exit(name === undefined ? 0 : 1);
}

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopping.signal.aborted) return;
    process.exitCode = exitCodes[signal];
    console.error('Stopping …');
    stopping.abort();
  });
}
try {
  await benchmark.run(args, stopping.signal);
} catch (error) {
  if (!stopping.signal.aborted) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
