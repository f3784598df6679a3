import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:http';
import { json } from 'node:stream/consumers';
import { RedisServer, whyNoRedis } from '@vif/cache/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SpawnedVif, setUp, spawnVif } from './testing/spawn-vif.ts';
import { type VifProcesses, vifProcesses } from './testing/vif-processes.ts';

const missing = process.env.CI ? undefined : await whyNoRedis();
const rounds = 1000;

/** What the contract says of an organisation, as far as it is used here. */
interface Organisation {
  readonly id: string;
  readonly name: string;
}

describe.skipIf(missing)(`Vif in two processes${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let redis: RedisServer;
  let processes: VifProcesses;
  let vif: SpawnedVif;
  let address: string;
  let cookie: string;
  const agents: Agent[] = [];

  beforeAll(async () => {
    redis = await RedisServer.start();
    processes = await vifProcesses();
    vif = start();
    ({ address, cookie } = await setUp(vif));
  });
  afterAll(async () => {
    for (const agent of agents) agent.destroy();
    vif.kill('SIGKILL');
    await vif.exit();
    await processes.remove();
    await redis.stop();
  });

  const start = () =>
    spawnVif({
      VIF_DATA: processes.dataFolder,
      REDIS_URL: `redis://127.0.0.1:${redis.port}`,
      VIF_WORKERS: '2',
      LOG_LEVEL: 'info',
    });

  /** A client with one connection, and so with one worker. */
  function connect() {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    agents.push(agent);
    return async (method: string, path: string, body?: object, etag?: string) => {
      const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
      const sent = request(`${address}${path}`, {
        agent,
        method,
        headers: {
          cookie,
          ...(body && { 'content-type': 'application/json' }),
          ...(etag !== undefined && { 'if-match': etag }),
        },
      });
      sent
        .on('response', resolve)
        .on('error', reject)
        .end(body && JSON.stringify(body));
      const answer = await promise;
      return { status: answer.statusCode, headers: answer.headers, body: await json(answer) };
    };
  }

  /** How many requests each worker answered, by its log; and each one's process. */
  const answered = () => {
    const lines = vif
      .said()
      .split('\n')
      .filter((line) => line.includes('"route"'));
    const of = (worker: number) => lines.filter((line) => line.includes(`"worker":${worker},`));
    return [of(1), of(2)] as const;
  };
  const processOf = (worker: 1 | 2) => Number(/"pid":(\d+)/.exec(answered()[worker - 1]?.at(-1) ?? '')?.[1]);

  /** Renames through one worker and reads through the other, in turns; gives what was read that was older. */
  async function readBehind(count: number): Promise<string[]> {
    const clients = [connect(), connect()] as const;
    const [writer] = clients;
    const made = await writer('POST', '/api/v1/organisations', { name: 'Named 0' });
    expect(made.status).toBe(201);
    const { id } = made.body as Organisation; // the contract's
    const path = `/api/v1/organisations/${id}`;
    let { etag } = made.headers;
    const stale: string[] = [];
    for (let round = 1; round <= count; round++) {
      const name = `Named ${round}`;
      const [write, read] = round % 2 === 0 ? clients : [clients[1], clients[0]];
      const written = await write('PATCH', path, { name }, etag);
      expect(written.status, JSON.stringify(written.body)).toBe(200);
      etag = written.headers.etag;
      for (const one of [read, write]) {
        const { body } = await one('GET', path);
        const seen = (body as Organisation).name; // the contract's
        if (seen !== name) stale.push(`${seen} instead of ${name}`);
      }
    }
    return stale;
  }

  it('answers no read with what the other process replaced', async () => {
    const before = answered().map((lines) => lines.length);
    expect(await readBehind(rounds)).toEqual([]);
    const [one = 0, two = 0] = answered().map((lines, at) => lines.length - (before[at] ?? 0));
    console.log(`${rounds} writes, ${2 * rounds} reads: worker 1 answered ${one} requests, worker 2 ${two}`);
    expect(one).toBeGreaterThan(rounds);
    expect(two).toBeGreaterThan(rounds);
    expect(vif.said().match(/Set it up, once/g)).toHaveLength(1);
  });

  it('starts a worker again that was killed, and is right behind it', async () => {
    for (const worker of [1, 2] as const) {
      process.kill(processOf(worker), 'SIGKILL');
      await vif.says(new RegExp(`Worker ${worker} ended \\(SIGKILL\\)`));
      await vif.says(new RegExp(`Worker ${worker} is ready again`));
      expect(await readBehind(20)).toEqual([]);
    }
  });

  it('goes on while a worker stands still', async () => {
    const pid = processOf(1);
    process.kill(pid, 'SIGSTOP');
    const owner = await processes.owner();
    // What psql writes is taken by the other, though this one has the consumer's lock perhaps.
    await owner.query(`update data.organisations set notes = 'by hand'`);
    await expect
      .poll(async () => (await owner.query('select from vif_cache.outbox')).rowCount, { timeout: 5000 })
      .toBe(0);
    process.kill(pid, 'SIGCONT');
    expect(await readBehind(20)).toEqual([]);
  });

  it('stops in order, and starts again with as many', async () => {
    const pids = [processOf(1), processOf(2)];
    vif.kill('SIGTERM');
    expect(await vif.exit()).toBe(0);
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    vif = start();
    address = await vif.ready();
    expect(await readBehind(4)).toEqual([]);
  });
});
