import { setImmediate as turn } from 'node:timers/promises';
import { median } from '../report/median.ts';

/** What is measured against others: one operation, told how many there were before. */
export interface Subject {
  readonly name: string;
  readonly operate: (at: number) => Promise<unknown>;
}

/** How fast a subject was, the medians of the rounds. */
export interface Rate {
  readonly name: string;
  readonly perSecond: number;
  /** Of the first subject's speed in the same round. */
  readonly ratio: number;
}

export interface RateOptions {
  readonly rounds: number;
  /** How long each subject operates in each round. */
  readonly milliseconds: number;
  readonly inFlight: number;
  readonly signal: AbortSignal;
}

/** Operations between two looks at the clock. */
const stride = 16;

/** How fast subjects are; they take turns, so that a machine that slows down slows all. */
export async function rates(subjects: readonly Subject[], options: RateOptions): Promise<Rate[]> {
  const measured = new Map<string, number[]>(subjects.map(({ name }) => [name, []]));
  const counts = new Map<string, { done: number }>(subjects.map(({ name }) => [name, { done: 0 }]));
  for (let round = 0; round <= options.rounds; round++) {
    for (const subject of subjects) {
      await turn(undefined, { signal: options.signal });
      const count = counts.get(subject.name) ?? { done: 0 };
      const perSecond = await rate(subject, count, options);
      if (round > 0) measured.get(subject.name)?.push(perSecond); // the first round is for the compiler
    }
  }
  const first = measured.get(subjects[0]?.name ?? '') ?? [];
  return [...measured].map(([name, speeds]) => ({
    name,
    perSecond: median(speeds),
    ratio: median(speeds.map((speed, round) => speed / (first[round] ?? Number.NaN))),
  }));
}

async function rate(
  { operate }: Subject,
  count: { done: number },
  { milliseconds, inFlight }: RateOptions,
): Promise<number> {
  const before = count.done;
  const start = performance.now();
  async function work() {
    while (performance.now() - start < milliseconds) {
      for (let step = 0; step < stride; step++) await operate(count.done++);
    }
  }
  await Promise.all(Array.from({ length: inFlight }, work));
  return ((count.done - before) / (performance.now() - start)) * 1000;
}
