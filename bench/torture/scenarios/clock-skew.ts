import { ProcessCache } from '../process-cache.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';

/** Milliseconds between the clocks. */
const apart = 5000;

/** Two processes whose clocks are seconds apart: what the one loads, the other invalidates. */
export function clockSkew(by: Scenario['by'], rounds: number): Scenario {
  return { name: `clocks ${apart / 1000} s apart, by ${by}`, where: 'redis', by, rounds, run };
}

async function run(stage: Stage): Promise<void> {
  const [right, ahead] = await ProcessCache.pair(stage, apart);
  let turn = 0;
  for (const key of stage.keys()) {
    const [reader, writer] = turn++ % 2 === 0 ? [ahead, right] : [right, ahead];
    await stage.read(reader, key);
    await stage.write(writer, key);
    await stage.checkTimes(3, reader, key);
    await stage.checkTimes(3, writer, key);
  }
}
