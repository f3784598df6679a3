import { median } from '../report/median.ts';
import { megabytes } from '../report/megabytes.ts';
import type { LivedDay } from './live-day.ts';

/** Memory may grow by this share from the middle third of the day to the last. */
const growth = 0.1;
/** Minutes that it takes to say so: in a shorter day the cache still fills in its middle third. */
const longEnough = 6;

/** What was not as it must be, in sentences; none of a good day. */
export function judgeDay(day: LivedDay, minutes: number): string[] {
  const { ledger, rowsLeft, remarks, complaints, exitCode, observations } = day;
  const { middle, last } = thirds(day.resident);
  const unwell = observations.filter(({ health }) => health.status !== 'ok');
  const faults: [boolean, string][] = [
    [
      minutes >= longEnough && !(last <= middle * (1 + growth)),
      `Memory grew from ${megabytes(middle)} MB in the middle of the day to ${megabytes(last)} MB at its end.`,
    ],
    [
      ledger.faultCount > 0,
      `${ledger.faultCount} answers were not as they must be:\n  ${ledger.faults.join('\n  ')}`,
    ],
    [unwell.length > 0, `/health was ${unwell.length} times not ok: ${JSON.stringify(unwell[0]?.health)}`],
    [rowsLeft > 0, `The outbox still had ${rowsLeft} rows a second after the last write.`],
    [complaints !== '', `Vif wrote to standard error: ${beginning(complaints)}`],
    // Which has its complaints in it.
    [complaints === '' && remarks !== '', `Vif said while it worked: ${beginning(remarks)}`],
    [exitCode !== 0, `Vif ended with ${exitCode}.`],
  ];
  return faults.flatMap(([is, sentence]) => (is ? [sentence] : []));
}

/** The first lines, and how many there are. */
function beginning(text: string): string {
  const lines = text.trimEnd().split('\n');
  return `${lines.slice(0, 5).join('\n')}${lines.length > 5 ? `\n… ${lines.length} lines` : ''}`;
}

/** Medians of the second and the last third. */
export function thirds(numbers: readonly number[]): { middle: number; last: number } {
  const third = Math.floor(numbers.length / 3);
  return {
    middle: median(numbers.slice(third, 2 * third)),
    last: median(numbers.slice(2 * third)),
  };
}
