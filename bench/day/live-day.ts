import type pg from 'pg';
import { Client } from '../vif/client.ts';
import type { SeededFolder } from '../vif/data-folder.ts';
import { residentMemory } from '../vif/resident-memory.ts';
import { startVif } from '../vif/start-vif.ts';
import { BehindItsBack } from './behind-its-back.ts';
import { type Day, everyNow, externalIdPrefix, pause, thinking } from './day.ts';
import type { DayOptions } from './day-options.ts';
import { importSomething } from './importing.ts';
import { Ledger } from './ledger.ts';
import { type Observed, observe } from './observing.ts';
import { rowsLeftInOutbox } from './outbox.ts';
import { connectOwner } from './owner-client.ts';
import { randomFrom } from './random.ts';
import { readSomething } from './reading.ts';
import { findRecords } from './records.ts';
import { comeAndGo } from './signing-in.ts';
import { writeSomething } from './writing.ts';

const people = 24;
const shareOfWrites = 0.05;
/** Milliseconds between two of each. */
const pauses = { signIn: 61_000, import: 15_000, byHand: 2000 } as const;

/** What came of a day. */
export interface LivedDay extends Observed {
  readonly ledger: Ledger;
  /** The process's memory before the first request of the day, in bytes. */
  readonly atStart: number;
  /** Milliseconds until Vif saw what was changed by hand. */
  readonly seenAfter: readonly number[];
  readonly rowsLeft: number;
  /** Whatever Vif wrote, to standard output or error, after it was ready and before it was told to stop. */
  readonly remarks: string;
  /** Whatever it wrote to standard error, from its start to its end. */
  readonly complaints: string;
  readonly exitCode: number | null;
}

/** Starts Vif, has people work with it for some minutes, and stops it. */
export async function liveDay(
  folder: SeededFolder,
  { minutes, rate }: DayOptions,
  signal: AbortSignal,
): Promise<LivedDay> {
  await using vif = await startVif(folder, {}, signal);
  const { child } = vif;
  // A started process has an id.
  const pid = child.process.pid as number;
  const ready = child.said();
  const atStart = await residentMemory(pid);
  const failed = new AbortController();
  const owner = await connectOwner(folder.vifData);
  try {
    await takeAway(owner);
    using client = new Client(vif.origin, { cookie: vif.cookie }, 2 * people);
    const ledger = new Ledger(client);
    const over = AbortSignal.any([signal, failed.signal, AbortSignal.timeout(minutes * 60_000)]);
    const records = await findRecords(owner);
    const day: Day = { ledger, records, owner, signIn: folder, made: [], binned: [], over };
    const byHand = new BehindItsBack(day, randomFrom(people + 1));
    const observed: Observed = { observations: [], resident: [] };
    await Promise.all([
      ...Array.from({ length: people }, (_, at) => work(day, rate / people, at + 1)),
      everyNow(pauses.signIn, day, () => comeAndGo(day)),
      everyNow(pauses.import, day, (round) => importSomething(day, round)),
      everyNow(pauses.byHand, day, (round) => byHand.change(round)),
      observe({ client, pid, ledger, over }, observed),
    ]);
    signal.throwIfAborted();
    const rowsLeft = await rowsLeftInOutbox(owner);
    await takeAway(owner);
    const remarks = child.said().slice(ready.length);
    await owner.end();
    await vif[Symbol.asyncDispose]();
    return {
      ...observed,
      ledger,
      atStart,
      seenAfter: byHand.seenAfter,
      rowsLeft,
      remarks,
      complaints: child.complained(),
      exitCode: child.process.exitCode,
    };
  } finally {
    failed.abort();
    await owner.end();
  }
}

/** Somebody who reads and writes, with time to think between. */
async function work(day: Day, rate: number, seed: number): Promise<void> {
  const random = randomFrom(seed);
  const seen = new Map<string, string>();
  while (await pause(thinking(rate, random), day)) {
    if (random() < shareOfWrites) await writeSomething(day, random);
    else await readSomething(day, random, seen);
  }
}

/** Takes away what a day made, also an earlier one that did not come to its end. */
async function takeAway(owner: pg.Client): Promise<void> {
  for (const table of ['people', 'organisations']) {
    await owner.query(`delete from data.${table} where external_id like '${externalIdPrefix}%'`);
  }
}
