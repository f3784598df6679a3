import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { authorityContract } from '../testing/authority-contract.ts';
import { positionOf } from '../testing/position-of.ts';
import { RedisServer, whyNoRedis } from '../testing/redis-server.ts';
import { RedisStore } from './redis-store.ts';

const missing = process.env.CI ? undefined : await whyNoRedis();

describe.skipIf(missing)(`the authority in Redis${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let server: RedisServer;
  let admin: Redis;
  beforeAll(async () => {
    server = await RedisServer.start();
    admin = new Redis(server.port);
  });
  afterAll(async () => {
    admin.disconnect();
    await server.stop();
  });

  let partitions = 0;
  async function open(capacity: number, partition = `authority ${++partitions}`) {
    const connection = { host: '127.0.0.1', port: server.port };
    const store = new RedisStore({ connection, partition, capacity, timeout: 5000 });
    await store.connected();
    const key = `cache:{${partition}}:a`;
    return {
      authority: store.authority,
      partition,
      key,
      forget: async () => {
        await admin.del(key);
      },
      close: () => store.close(),
    };
  }

  authorityContract(open);

  it('is told of any number of tags, in scripts that Redis ends in time', async () => {
    const { authority, close } = await open(200_000);
    try {
      const before = await positionOf(authority);
      const tags = Array.from({ length: 130_000 }, (_, at) => `t${at}`);
      await admin.config('RESETSTAT');
      expect(await authority.bump(tags)).toBeUndefined();
      expect(await admin.info('commandstats')).toContain('cmdstat_evalsha:calls=26,');
      for (const tag of ['t0', 't5000', 't129999'])
        expect(await authority.check({ ...before, tags: [tag] })).toBe('outdated');
      expect(await authority.check({ ...(await positionOf(authority)), tags })).toBe('current');
    } finally {
      close();
    }
  });

  describe('in its hash', () => {
    let one: Awaited<ReturnType<typeof open>>;
    beforeEach(async () => {
      one = await open(10);
    });
    afterEach(() => one.close());

    const bumpEach = async (count: number, named: (i: number) => string) => {
      for (let i = 0; i < count; i++) await one.authority.bump([named(i)]);
    };
    /** Fields other than epoch, sequence and floor; two for each tag remembered. */
    const fields = async () => (await admin.hlen(one.key)) - 3;

    it('keeps two fields for each tag of the last bumps, as many as its capacity', async () => {
      await one.authority.position();
      await bumpEach(100, (i) => `tag ${i % 3}`);
      expect(await fields()).toBe(6);
      await bumpEach(100, (i) => `tag ${i}`);
      expect(await fields()).toBe(20);
      await one.authority.bump(Array.from({ length: 35 }, (_, i) => `another ${i}`));
      expect(await fields()).toBe(20);
    });

    it('begins an epoch for a bump that nobody has a position before', async () => {
      const behind = await one.authority.bump(['a']);
      expect(behind).toEqual(await one.authority.position());
      expect(behind).toMatchObject({ sequence: 1 });
    });

    it('comes down to a smaller capacity by two tags with each bump', async () => {
      await one.authority.position();
      await bumpEach(10, (i) => `tag ${i}`);
      const smaller = await open(5, one.partition);
      for (const left of [18, 16, 14, 12, 10, 10]) {
        await smaller.authority.bump([`another ${left} ${Math.random()}`]);
        expect(await fields()).toBe(left);
      }
      smaller.close();
    });

    it('numbers bumps exactly beyond what Lua prints', async () => {
      const position = await positionOf(one.authority);
      await admin.hset(one.key, { sequence: '1000000000000000', floor: '999999999999990' });
      await one.authority.bump(['a']);
      await one.authority.bump(['b']);
      const token = { ...position, sequence: 1_000_000_000_000_001 };
      expect(await one.authority.position()).toMatchObject({ sequence: 1_000_000_000_000_002 });
      expect(await one.authority.check({ ...token, tags: ['a'] })).toBe('current');
      expect(await one.authority.check({ ...token, tags: ['b'] })).toBe('outdated');
      expect(await admin.hget(one.key, '#1000000000000002')).toBe('=b');
    });

    it('is shared by all who use its key, and by nobody else', async () => {
      const [same, other] = [await open(10, one.partition), await open(10)];
      const position = await positionOf(same.authority);
      await one.authority.bump(['a']);
      await other.authority.bump(['b']);
      expect(await same.authority.check({ ...position, tags: ['a'] })).toBe('outdated');
      expect(await same.authority.check({ ...position, tags: ['b'] })).toBe('current');
      expect(await other.authority.check({ ...position, tags: ['b'] })).toBe('forgotten');
      same.close();
      other.close();
    });
  });

  it('sends each call in one round trip, and a script’s text once more after SCRIPT FLUSH', async () => {
    const { authority, close } = await open(10);
    const sent = async () => {
      const statistics = await admin.info('commandstats');
      const calls = (name: string) =>
        Number(new RegExp(`cmdstat_${name}:calls=(\\d+)`).exec(statistics)?.[1] ?? 0);
      return { evalsha: calls('evalsha'), eval: calls('eval') };
    };
    const callAll = async () => {
      const position = await positionOf(authority);
      await authority.bump(['a']);
      expect(await authority.check({ ...position, tags: ['a'] })).toBe('outdated');
    };
    await callAll();
    await admin.config('RESETSTAT');
    await callAll();
    expect(await sent()).toEqual({ evalsha: 3, eval: 0 });
    await admin.script('FLUSH');
    await callAll();
    await callAll();
    expect(await sent()).toEqual({ evalsha: 9, eval: 3 });
    close();
  });
});
