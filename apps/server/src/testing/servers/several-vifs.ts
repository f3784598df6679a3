import { join } from 'node:path';
import { freePort, RedisServer } from '@vif/cache/testing';
import { setUp } from '../spawn-vif.ts';
import { Gate } from './gate.ts';
import { OneVif } from './one-vif.ts';
import { OwnPostgres } from './own-postgres.ts';

/** Servers of one database as they run on several machines, each with its own way to the Redis that they share. */
export interface SeveralVifs {
  readonly vifs: readonly OneVif[];
  /** By server. */
  readonly gates: readonly Gate[];
  readonly redis: RedisServer;
  readonly postgres: OwnPostgres;
  /** The administrator's. */
  readonly cookie: string;
  /** Waits until all say that they are well. */
  recovered(): Promise<void>;
  remove(): Promise<void>;
}

/** Starts everything and sets Vif up. */
export async function startSeveralVifs(count: number): Promise<SeveralVifs> {
  const [postgres, redis] = await Promise.all([OwnPostgres.start(), RedisServer.start()]);
  const gates: Gate[] = [];
  const vifs: OneVif[] = [];
  for (let number = 1; number <= count; number++) {
    const gate = await Gate.before(redis.port);
    gates.push(gate);
    vifs.push(
      new OneVif(`server ${number}`, await freePort(), {
        VIF_DATA: join(postgres.folder, `server-${number}`),
        DATABASE_URL: postgres.url,
        REDIS_URL: `redis://127.0.0.1:${gate.port}`,
        CACHE_MEMORY: '16',
        DATABASE_POOL: '4',
      }),
    );
  }
  const remove = async () => {
    await Promise.all(vifs.map((vif) => vif.signal('SIGKILL')));
    for (const gate of gates) gate.close();
    await redis.stop();
    await postgres.remove();
  };
  try {
    const [first, ...others] = vifs;
    if (!first) throw new Error('There is to be one at least');
    const { cookie } = await setUp(await first.start());
    for (const other of others) await other.start();
    const recovered = async () => void (await Promise.all(vifs.map((vif) => vif.recovered())));
    return { vifs, gates, redis, postgres, cookie, recovered, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
