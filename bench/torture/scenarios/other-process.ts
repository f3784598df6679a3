import { ProcessCache } from '../process-cache.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';

/** Nothing goes wrong: one process writes, and another one reads when that was acknowledged. */
export function otherProcess(by: Scenario['by'], rounds: number): Scenario {
  return { name: `read in another process, by ${by}`, where: 'redis', by, rounds, run };
}

async function run(stage: Stage): Promise<void> {
  const [reader, writer] = await ProcessCache.pair(stage, 0);
  for (const key of stage.keys()) {
    await stage.read(reader, key);
    await stage.write(writer, key);
    await stage.checkTimes(3, reader, key);
  }
}
