import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { tick } from '../tick.ts';
import { turns } from '../turns.ts';

const joiners = 10;

/** Readers begin after a write was acknowledged, while a load that read the row before it is still under way. */
export function lateJoiner(where: Scenario['where'], by: Scenario['by'], rounds: number): Scenario {
  return { name: `joining a load from before, by ${by}`, where, by, rounds, run };
}

async function run(stage: Stage): Promise<void> {
  const cache = await stage.open();
  const ask = stage.opening.layers === 'memory' ? undefined : () => stage.redis.client.ping();
  for (const key of stage.keys()) {
    const loaded = Promise.withResolvers<void>();
    const joined = Promise.withResolvers<void>();
    const reading = stage.read(cache, key, async () => {
      const row = stage.database.row(key);
      loaded.resolve();
      await joined.promise;
      return row;
    });
    await loaded.promise;
    await stage.write(cache, key);
    await tick();
    const joining = Array.from({ length: joiners }, () => stage.check(cache, key));
    await turns(ask);
    joined.resolve();
    await Promise.all([reading, ...joining]);
  }
}
