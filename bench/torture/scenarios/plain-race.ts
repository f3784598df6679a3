import { setTimeout as pause } from 'node:timers/promises';
import { randomFrom } from '../../day/random.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';

const readers = 8;
const writers = 2;
const key = 'row';

/** The longest pause anywhere, in milliseconds. */
const longest = 3;

/** Eight readers and two writers of one row, each with short pauses of random length. In Redis they are two processes'. */
export function plainRace(where: Scenario['where'], by: Scenario['by'], rounds: number): Scenario {
  return { name: `plain race, by ${by}`, where, by, rounds, run };
}

async function run(stage: Stage): Promise<void> {
  const random = randomFrom(7);
  const rest = () => pause(Math.floor(random() * (longest + 1)));
  const one = await stage.open();
  const other = stage.opening.layers === 'memory' ? one : await stage.open();
  const reads = stage.keys(); // shared by all readers, who only count by it
  const done = new AbortController();

  async function load() {
    await rest();
    const row = stage.database.row(key);
    await rest();
    return row;
  }
  async function readOn(at: number) {
    for (const _ of reads) {
      await rest();
      await stage.check(at % 2 === 0 ? one : other, key, load);
    }
  }
  async function writeOn(at: number) {
    while (!done.signal.aborted) {
      await rest();
      await pause(longest);
      await stage.write(at % 2 === 0 ? one : other, key);
    }
  }
  const writing = Promise.all(Array.from({ length: writers }, (_, at) => writeOn(at)));
  await Promise.all(Array.from({ length: readers }, (_, at) => readOn(at))).finally(() => done.abort());
  await writing;
}
