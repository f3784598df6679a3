import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { turns } from '../turns.ts';

/** The connection on which a process hears of invalidations is away while one is sent, and comes back. */
export function lostMessage(by: Scenario['by'], rounds: number): Scenario {
  return { name: `message between processes lost, by ${by}`, where: 'redis', by, rounds, run };
}

async function run(stage: Stage): Promise<void> {
  const reader = await stage.open();
  const writer = await stage.open();
  const listeners = await stage.redis.listeners();
  for (const key of stage.keys()) {
    await stage.read(writer, key);
    await stage.read(reader, key);
    const written = new AbortController();
    const writing = stage.write(writer, key).finally(() => written.abort());
    // Some are back within a millisecond.
    while (!written.signal.aborted) await stage.redis.cutListeners();
    await writing;
    await stage.checkTimes(5, reader, key);
    await stage.redis.listenedBy(listeners);
    await turns(() => stage.redis.client.ping());
    await stage.checkTimes(5, reader, key);
  }
}
