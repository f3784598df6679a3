import type { Benchmark } from '../benchmark.ts';
import { machine } from '../report/machine.ts';
import { median } from '../report/median.ts';
import { megabytes } from '../report/megabytes.ts';
import { seededFolder, small } from '../vif/data-folder.ts';
import { readDayOptions } from './day-options.ts';
import { answersTable, observationsTable } from './day-tables.ts';
import { judgeDay, thirds } from './judge-day.ts';
import { lineChart } from './line-chart.ts';
import { liveDay } from './live-day.ts';
import { percentile } from './percentile.ts';

/** Whether Vif ends a day of mixed work as it began it; bench/README.md says more. */
export const dayBenchmark: Benchmark = {
  about: 'whether Vif ends ten minutes of mixed work with the memory it had, and without a word',
  async run(args, signal) {
    const options = readDayOptions(args);
    const folder = await (options.small ? seededFolder(signal, small) : seededFolder(signal));
    const day = await liveDay(folder, options, signal);
    const date = new Date().toISOString().slice(0, 10);
    const { middle, last } = thirds(day.resident);
    const seen = day.seenAfter.length;
    const texts = [
      `${date}; ${options.minutes} minutes, ${options.rate} requests a second; ${machine()}.`,
      observationsTable(day.observations),
      answersTable(day.ledger),
      `The process, MB:\n${lineChart(day.resident, megabytes)}`,
      `The process took ${megabytes(day.atStart)} MB at the start; medians: ${megabytes(middle)} MB in the middle third, ${megabytes(last)} MB in the last one.`,
      `${seen} changes by hand were seen after ${median(day.seenAfter).toFixed(0)} ms (median), ${percentile(day.seenAfter, 1).toFixed(0)} ms at most.`,
    ];
    console.log(texts.join('\n\n'));
    const faults = judgeDay(day, options.minutes);
    if (faults.length > 0) throw new Error(faults.join('\n'));
  },
};
