import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { tick } from '../tick.ts';

/** The row is read, then written and invalidated, and only then the load ends and what it read is stored. */
export function writeDuringLoad(where: Scenario['where'], by: Scenario['by'], rounds: number): Scenario {
  return { name: `write during a load, by ${by}`, where, by, rounds, run };
}

async function run(stage: Stage): Promise<void> {
  const cache = await stage.open();
  for (const key of stage.keys()) {
    const loaded = Promise.withResolvers<void>();
    const written = Promise.withResolvers<void>();
    const reading = stage.read(cache, key, async () => {
      const row = stage.database.row(key);
      loaded.resolve();
      await written.promise;
      return row;
    });
    await loaded.promise;
    await stage.write(cache, key);
    await tick();
    written.resolve();
    await reading;
    await stage.checkTimes(10, cache, key);
  }
}
