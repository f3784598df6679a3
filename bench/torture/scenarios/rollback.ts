import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';

/** A transaction writes, says so to the cache, somebody reads, and the transaction rolls back. */
export function rolledBack(where: Scenario['where'], by: Scenario['by'], rounds: number): Scenario {
  return { name: `write rolled back after its invalidation, by ${by}`, where, by, rounds, run: rollBack };
}

async function rollBack(stage: Stage): Promise<void> {
  const cache = await stage.open();
  for (const key of stage.keys()) {
    await stage.write(cache, key);
    await stage.check(cache, key);
    await stage.invalidate(cache, key);
    await stage.check(cache, key);
    await stage.invalidate(cache, key); // as after every write, whatever became of it
    await stage.checkTimes(5, cache, key);
  }
}

/** A transaction with a write reads through the cache, which loads what it sees, and rolls back. */
export function readInTransaction(where: Scenario['where'], by: Scenario['by'], rounds: number): Scenario {
  return { name: `read inside a write that rolls back, by ${by}`, where, by, rounds, run: readInside };
}

async function readInside(stage: Stage): Promise<void> {
  const cache = await stage.open();
  for (const key of stage.keys()) {
    const load = async () => stage.database.uncommitted(key);
    const tags = stage.tagsOf(key);
    const reading = cache.readInTransaction?.(key, load, tags) ?? cache.read(key, load, tags);
    await reading.catch(() => stage.tally.failed++);
    await stage.checkTimes(10, cache, key);
  }
}
