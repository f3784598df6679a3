import { ProcessCache } from '../process-cache.ts';
import type { Order } from '../process-messages.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';

const keysARound = 20;

/**
 * A writing process is killed when its COMMIT has reached the database: before it invalidates, or, if it invalidates
 * first, after somebody read once more. What another process then gets is stale when it is older than what was committed.
 */
export function crash(order: Order, by: Scenario['by'], rounds: number): Scenario {
  const name = {
    'commit first': `writer killed between COMMIT and invalidation, by ${by}`,
    'invalidate first': `invalidates first, read again, killed at COMMIT, by ${by}`,
  }[order];
  return { name, where: 'redis', by, rounds, run: (stage) => run(stage, order) };
}

async function run(stage: Stage, order: Order): Promise<void> {
  const reader = await stage.open();
  for (const round of stage.keys()) {
    const keys = Array.from({ length: keysARound }, (_, at) => `${round}:${at}`);
    const start = { peer: stage.peer.name, opening: stage.opening, clock: 0 };
    const writer = stage.attend(await ProcessCache.start(start));
    const readAll = async () => {
      for (const key of keys) await stage.read(reader, key);
    };
    await readAll();
    const versions = new Map<string, number>();
    const tags = keys.flatMap((key) => stage.tagsOf(key)?.[0] ?? []);
    await writer.crashAtCommit(keys, tags, order, async () => {
      if (order === 'invalidate first') await readAll();
      for (const key of keys) versions.set(key, stage.database.commit(key));
    });
    if (stage.peer.drainsOutbox) {
      for (const key of stage.database.outbox()) await stage.invalidate(reader, key);
    }
    for (const [key, version] of versions) stage.database.acknowledge(key, version);
    for (const key of keys) await stage.checkTimes(5, reader, key);
  }
}
