import { setTimeout as pause } from 'node:timers/promises';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';

const keysARound = 20;

/** Milliseconds in which a message arrives. */
const messageTime = 50;

/** Redis dies and comes back empty while a process holds values in its memory; then another process writes, and messages have time. */
export function redisRestarted(by: Scenario['by'], rounds: number): Scenario {
  const name = `Redis restarted empty, then a write, by ${by}`;
  return { name, where: 'redis', by, rounds, run };
}

async function run(stage: Stage): Promise<void> {
  const reader = await stage.open();
  const other = await stage.open();
  const writer = await stage.open();
  for (const round of stage.keys()) {
    const keys = Array.from({ length: keysARound }, (_, at) => `${round}:${at}`);
    for (const key of keys) {
      await stage.write(other, key);
      await stage.read(reader, key);
    }
    await stage.redis.restartEmpty();
    for (const key of keys) await stage.write(writer, key);
    await pause(messageTime);
    for (const key of keys) await stage.checkTimes(2, reader, key);
  }
}
