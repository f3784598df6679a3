import type { Scenario } from './scenario.ts';
import { clockSkew } from './scenarios/clock-skew.ts';
import { crash } from './scenarios/crash.ts';
import { evictedFromMemory, evictedFromRedis } from './scenarios/evicted-metadata.ts';
import { alikeArguments, keyCollision } from './scenarios/key-collision.ts';
import { lateJoiner } from './scenarios/late-joiner.ts';
import { lostMessage } from './scenarios/lost-message.ts';
import { otherProcess } from './scenarios/other-process.ts';
import { plainRace } from './scenarios/plain-race.ts';
import { redisRestarted } from './scenarios/redis-restarted.ts';
import { readInTransaction, rolledBack } from './scenarios/rollback.ts';
import { writeDuringLoad } from './scenarios/write-during-load.ts';

/**
 * All scenarios, in the order of the table.
 * @param share how much of the usual number of rounds, from 0 to 1
 */
export function scenarios(share: number): Scenario[] {
  const rounds = (usual: number) => Math.max(1, Math.round(usual * share));
  const everywhere = (['memory', 'redis'] as const).flatMap((where) =>
    (['key', 'tag'] as const).flatMap((by) => [
      writeDuringLoad(where, by, rounds(500)),
      lateJoiner(where, by, rounds(500)),
      readInTransaction(where, by, rounds(300)),
      rolledBack(where, by, rounds(300)),
      plainRace(where, by, rounds(3000)),
    ]),
  );
  const inRedis = (['key', 'tag'] as const).flatMap((by) => [
    otherProcess(by, rounds(500)),
    redisRestarted(by, rounds(20)),
    lostMessage(by, rounds(50)),
    crash('commit first', by, rounds(10)),
    crash('invalidate first', by, rounds(10)),
    clockSkew(by, rounds(200)),
  ]);
  return [
    ...everywhere,
    evictedFromMemory(rounds(1000)),
    evictedFromRedis(rounds(20)),
    ...inRedis,
    keyCollision(rounds(300_000)),
    alikeArguments(rounds(20)),
  ].toSorted((one, other) => one.where.localeCompare(other.where));
}
