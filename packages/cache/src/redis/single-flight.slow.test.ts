import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RedisServer, whyNoRedis } from '../testing/redis-server.ts';

const missing = process.env.CI ? undefined : await whyNoRedis();
const caller = fileURLToPath(new URL('./cold-caller.ts', import.meta.url));

describe.skipIf(missing)(`a cold key of several processes${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let server: RedisServer;
  let admin: Redis;
  let children: ChildProcess[];
  beforeEach(async () => {
    server = await RedisServer.start();
    admin = new Redis(server.port);
    children = [];
  });
  afterEach(async () => {
    for (const child of children) child.kill('SIGKILL');
    admin.disconnect();
    await server.stop();
  });

  /** Processes that wait to be told to go. */
  async function ready(count: number, callers: number, load: number): Promise<ChildProcess[]> {
    const some = Array.from({ length: count }, () =>
      fork(caller, [server.port, callers, load].map(String), { execArgv: [] }),
    );
    children.push(...some);
    await Promise.all(some.map((child) => once(child, 'message')));
    return some;
  }

  /** The values that the callers of a process got. */
  async function go(child: ChildProcess): Promise<string[]> {
    const answered = once(child, 'message') as Promise<[string[]]>; // as cold-caller.ts sends them
    child.send('go');
    return (await answered)[0];
  }

  it('is loaded once by 4 processes with 1,000 callers each', async () => {
    const processes = await ready(4, 1000, 200);
    const values = (await Promise.all(processes.map(go))).flat();
    expect(await admin.get('loads')).toBe('1');
    expect(new Set(values).size).toBe(1);
    expect(values).toHaveLength(4);
  });

  it('is loaded by another one when the process that loads it is killed', async () => {
    const [first] = await ready(1, 1, 60_000);
    first?.send('go');
    await expect.poll(() => admin.get('loads'), { timeout: 5000 }).toBe('1');
    const others = await ready(2, 100, 50);
    const values = Promise.all(others.map(go));
    first?.kill('SIGKILL');
    expect(new Set((await values).flat()).size).toBe(1);
    expect(await admin.get('loads')).toBe('2');
  });
});
