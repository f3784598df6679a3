import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort, RedisServer } from '../testing/redis-server.ts';

const slots = 16_384;

/**
 * A Redis Cluster of a test's own: masters without replicas, each with as many slots.
 * @throws {Error} when they do not find each other in time
 */
export async function startCluster(size: number): Promise<RedisServer[]> {
  const servers: RedisServer[] = [];
  const clients: Redis[] = [];
  try {
    const buses: number[] = [];
    for (let at = 0; at < size; at++) {
      const bus = await freePort(); // ten thousand more than the port may be more than there are
      const settings = ['--cluster-enabled', 'yes', '--cluster-port', String(bus)];
      const server = await RedisServer.start(...settings, '--cluster-node-timeout', '1000');
      const client = new Redis(server.port);
      servers.push(server);
      clients.push(client);
      buses.push(bus);
      const [from, to] = [at, at + 1].map((share) => Math.ceil((share * slots) / size));
      await client.call('CLUSTER', 'ADDSLOTSRANGE', from ?? 0, (to ?? 0) - 1);
      await clients[0]?.call('CLUSTER', 'MEET', '127.0.0.1', server.port, bus);
    }
    for (const client of clients) await untilWhole(client, size);
    return servers;
  } catch (error) {
    await Promise.all(servers.map((server) => server.stop()));
    throw error;
  } finally {
    for (const client of clients) client.disconnect();
  }
}

async function untilWhole(client: Redis, size: number): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt++) {
    const info = String(await client.call('CLUSTER', 'INFO'));
    if (info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${size}\r`)) return;
    await pause(25);
  }
  throw new Error('The Redis Cluster’s nodes did not find each other: start them by hand to see why.');
}
