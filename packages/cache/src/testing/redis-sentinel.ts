import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RedisServer } from './redis-server.ts';

/** How long a server is silent before it counts as dead, in milliseconds. */
const patience = 300;

/** A Sentinel of a test's own that watches a master as `main` and alone decides who follows it. */
export async function startSentinel(
  master: RedisServer,
): Promise<{ port: number; stop: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'vif-sentinel-'));
  const file = join(folder, 'sentinel.conf');
  const lines = [
    `sentinel monitor main 127.0.0.1 ${master.port} 1`,
    `sentinel down-after-milliseconds main ${patience}`,
    'sentinel failover-timeout main 3000',
  ];
  // Sentinel writes into its configuration what it finds out.
  await writeFile(file, `${lines.join('\n')}\n`);
  const server = await RedisServer.start(file, '--sentinel');
  const stop = async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  };
  return { port: server.port, stop };
}
