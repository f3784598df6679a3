import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { whyNoRedis } from '@vif/cache/testing';
import type { Benchmark } from '../benchmark.ts';
import { machine } from '../report/machine.ts';
import { startChild } from '../vif/child.ts';

const program = join(import.meta.dirname, '../../apps/server/src/testing/servers/main.ts');

/** The test of several servers (`apps/server/src/servers.slow.test.ts`), for as long as it takes to check many reads. */
export const stormServersBenchmark: Benchmark = {
  about:
    'stale reads of four Vifs over one PostgreSQL and Redis, all of which are killed, stopped and cut off',
  async run(args, signal) {
    const { minutes, reads } = options(args);
    const missing = await whyNoRedis();
    if (missing) throw new Error(`The storm needs a Redis: ${missing}.`);
    const given = ['--minutes', String(minutes), '--reads', String(reads)];
    const child = startChild(process.execPath, [program, ...given], { showsErrors: true });
    // It stops what it started itself.
    signal.addEventListener('abort', () => child.process.kill('SIGTERM'), { once: true });
    await child.ends(AbortSignal.any([]));
    console.log(`${new Date().toISOString().slice(0, 10)}; ${machine()}.\n\n${child.said().trim()}`);
  },
};

function options(args: readonly string[]): { minutes: number; reads: number } {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string', default: '20' },
      reads: { type: 'string', default: '1000000' },
    },
  });
  const [minutes, reads] = [Number(values.minutes), Number(values.reads)];
  if (minutes > 0 && reads > 0) return { minutes, reads };
  throw new Error('npm run bench -- storm-servers [--minutes 20] [--reads 1000000]');
}
