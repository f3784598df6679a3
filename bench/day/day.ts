import { setTimeout as timer } from 'node:timers/promises';
import type pg from 'pg';
import type { SeededFolder } from '../vif/data-folder.ts';
import type { Ledger } from './ledger.ts';
import type { Random } from './random.ts';
import type { Records } from './records.ts';

/** What everybody shares who has a part in the day. */
export interface Day {
  readonly ledger: Ledger;
  readonly records: Records;
  readonly owner: pg.Client;
  readonly signIn: Pick<SeededFolder, 'email' | 'password'>;
  /** Ids of organisations that were made today. Who takes one out has it alone. */
  readonly made: string[];
  /** The same, of those in the bin. */
  readonly binned: string[];
  /** Aborted when the day is over. */
  readonly over: AbortSignal;
}

/** External ids of what a day makes, so that it can be taken away again. */
export const externalIdPrefix = 'bench-day-';

/** Waits; false when the day ended meanwhile. */
export async function pause(milliseconds: number, { over }: Day): Promise<boolean> {
  await timer(milliseconds, undefined, { signal: over }).catch(() => undefined);
  return !over.aborted;
}

/** Does `work` again and again, with pauses of so many milliseconds, until the day is over. */
export async function everyNow(
  milliseconds: number,
  day: Day,
  work: (round: number) => Promise<void>,
): Promise<void> {
  for (let round = 0; await pause(milliseconds, day); round++) await work(round);
}

/** How long somebody thinks who does `rate` things a second on average: mostly less, now and then much longer. */
export function thinking(rate: number, random: Random): number {
  return (-Math.log(1 - random()) * 1000) / rate;
}
