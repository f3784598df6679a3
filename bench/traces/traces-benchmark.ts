import { setImmediate as turn } from 'node:timers/promises';
import type { Benchmark } from '../benchmark.ts';
import { machine } from '../report/machine.ts';
import { generatedTraces } from './generated-traces.ts';
import { hitRatio } from './hit-ratio.ts';
import { lru } from './lru.ts';
import { plainS3Fifo } from './plain-s3-fifo.ts';
import type { MakePolicy } from './policy.ts';
import { recordedTraces } from './recorded-traces.ts';
import { speeds } from './speed.ts';
import { readTracesOptions } from './traces-options.ts';
import { type Replayed, ratiosTable, speedsTable } from './traces-tables.ts';
import { vifTier } from './vif-tier.ts';

const policies: Readonly<Record<string, MakePolicy>> = {
  Vif: vifTier,
  'lru-cache': lru,
  'S3-FIFO': plainS3Fifo,
};

/** Whether the cache's memory tier keeps what is asked for again; bench/README.md says more. */
export const tracesBenchmark: Benchmark = {
  about: 'how often the cache’s memory tier holds what recorded traces ask for',
  async run(args, signal) {
    const { folder } = readTracesOptions(args);
    const { traces, missing } = await recordedTraces(folder);
    if (missing.length > 0) {
      console.error(
        `${folder} has no ${missing.join(', ')}: left out (--traces FOLDER names another folder).`,
      );
    }
    const replayed: Replayed[] = [];
    for (const trace of [...traces, ...generatedTraces()]) {
      const ratios: Record<string, number> = {};
      for (const [name, make] of Object.entries(policies)) {
        await turn(undefined, { signal });
        ratios[name] = hitRatio(trace, make);
      }
      replayed.push({ trace, ratios });
    }
    await turn(undefined, { signal });
    const date = new Date().toISOString().slice(0, 10);
    console.log(`${date}; ${machine()}.\n`);
    console.log(`${ratiosTable(replayed, Object.keys(policies))}\n`);
    console.log(speedsTable(speeds()));
  },
};
