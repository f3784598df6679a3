import { parseArgs } from 'node:util';
import { StaleRun } from '../stale/run.ts';
import { complaintsOfLog } from './complaints-of-log.ts';
import { startSeveralVifs } from './several-vifs.ts';
import { stormServers } from './storm-servers.ts';

/** More than in the test, so that more reads are checked in the same time: a hit costs a tenth of a miss. */
const readsPerWrite = 240;
const readsBetween = 3_000;

/** Four servers under a storm, outside of the test suite and for as long as one likes; what the test asserts ends it with 1. */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '20' },
    reads: { type: 'string', default: '1000000' },
    only: { type: 'string', default: '' },
  },
});
const end = performance.now() + Number(values.minutes) * 60_000;
const run = new StaleRun();
let stopped = false;
process.once('SIGTERM', () => {
  stopped = true;
});
const several = await startSeveralVifs(4);
const began = performance.now();
try {
  await stormServers(run, several, {
    calmChanges: values.only === '' ? 30 : 0,
    only: values.only,
    readsPerWrite,
    readsBetween,
    more: (round) =>
      !stopped && (round <= 1 || (performance.now() < end && run.figures.readCount < Number(values.reads))),
    say: (line) => console.error(line),
  });
} finally {
  await several.remove();
}
const { figures } = run;
const complaints = several.vifs.flatMap((vif) => complaintsOfLog(vif.said()));
const wrong = [...figures.stale, ...figures.faults, ...complaints];
for (const one of wrong.slice(0, 10)) console.error(one);
const seconds = Math.round((performance.now() - began) / 1000);
console.log(figures.line(`Four servers, ${seconds} s`));
if (wrong.length > 0) {
  console.error(
    `${figures.stale.length} stale, ${figures.faults.length} faults, ${complaints.length} complaints in logs`,
  );
  process.exitCode = 1;
}
