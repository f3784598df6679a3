import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Verdict } from '../authority.ts';
import { RedisServer, whyNoRedis } from '../testing/redis-server.ts';
import { storedOf } from '../testing/stored-of.ts';
import type { Stored } from '../tier.ts';
import { RedisStore, type RedisStoreOptions } from './redis-store.ts';

const missing = process.env.CI ? undefined : await whyNoRedis();

describe.skipIf(missing)(`the store in Redis${missing ? ` (skipped: ${missing})` : ''}`, () => {
  let server: RedisServer;
  let admin: Redis;
  beforeAll(async () => {
    server = await RedisServer.start('--maxmemory-policy', 'noeviction');
    admin = new Redis(server.port);
  });
  afterAll(async () => {
    admin.disconnect();
    await server.stop();
  });

  const stores: RedisStore<unknown>[] = [];
  let store: RedisStore<unknown>;
  beforeEach(async () => {
    await admin.flushall();
    store = await open({});
  });
  afterEach(() => {
    for (const one of stores.splice(0)) one.close();
  });

  async function open(options: Omit<RedisStoreOptions<unknown>, 'connection'>): Promise<RedisStore<unknown>> {
    const connection = { host: '127.0.0.1', port: server.port };
    const one = new RedisStore({ connection, timeout: 5000, ...options });
    stores.push(one);
    await one.connected();
    return one;
  }

  async function loaded(value: unknown, tags: readonly string[] = []): Promise<Stored<unknown>> {
    const { position } = await store.tier.look('loaded');
    return { ...storedOf(value), token: { ...position, tags } };
  }

  async function calls(work: () => Promise<unknown>): Promise<number> {
    await admin.config('RESETSTAT');
    await work();
    return Number(/cmdstat_evalsha:calls=(\d+)/.exec(await admin.info('commandstats'))?.[1] ?? 0);
  }

  it('is connected to by an address, and in no other database than its own', async () => {
    const problems: string[] = [];
    const onError = ({ message }: Error) => problems.push(message);
    const there = new RedisStore({ connection: `redis://127.0.0.1:${server.port}/3`, partition: 'address' });
    const nowhere = new RedisStore({ connection: `redis://127.0.0.1:${server.port}/99`, onError });
    await there.connected(5000);
    await there.authority.bump(['a']);
    expect(await admin.exists('cache:{address}:a')).toBe(0);
    await expect.poll(() => problems).toContain('ERR DB index is out of range');
    await expect.poll(() => nowhere.authority.bump(['a']).catch(String)).toContain('out of range');
    there.close();
    nowhere.close();
    const nothing = {} as { connection: string }; // as a program without types would
    expect(() => new RedisStore(nothing)).toThrow('Say where Redis is');
  });

  it('has the name that it was called first, which goes with everything else', async () => {
    const beside = await open({});
    expect(await store.name()).toBe(undefined);
    expect(await store.call('one')).toBe('one');
    expect(await beside.call('two')).toBe('one');
    expect(await beside.name()).toBe('one');
    expect(await (await open({ partition: 'other' })).name()).toBe(undefined);
    await admin.flushall();
    expect(await store.name()).toBe(undefined);
    beside.close();
    await expect(beside.name()).rejects.toThrow('There is no connection to Redis');
    await expect(beside.call('three')).rejects.toThrow('There is no connection to Redis');
  });

  it('asks in one round trip for all who ask in one turn', async () => {
    const stored = await loaded(1, ['a']);
    const keys = Array.from({ length: 25 }, (_, at) => `k${at}`);
    await store.tier.settle('k0', stored);
    expect(await calls(() => Promise.all(keys.map((key) => store.tier.look(key))))).toBe(1);
    expect(await calls(() => Promise.all(keys.map((key) => store.tier.settle(key, stored))))).toBe(1);
    const tokens = keys.map((tag) => ({ ...stored.token, tags: [tag] }));
    await store.authority.bump(['k7']);
    let verdicts: readonly Verdict[] = [];
    const checking = async () => {
      verdicts = await Promise.all(tokens.map((token) => store.authority.check(token)));
    };
    expect(await calls(checking)).toBe(1);
    expect(verdicts).toEqual(keys.map((tag) => (tag === 'k7' ? 'outdated' : 'current')));
  });

  it('asks once for all who ask in a turn, and gives each a value of their own', async () => {
    await store.tier.settle('k', await loaded({ a: 1 }));
    const both = async () => Promise.all([store.tier.look('k'), store.tier.look('k')]);
    expect(await calls(both)).toBe(1);
    const [one, other] = await both();
    expect(other).toEqual(one);
    expect(other.stored?.value).not.toBe(one.stored?.value);
  });

  it('loads its scripts again when Redis has them no more', async () => {
    const stored = await loaded(1);
    await admin.script('FLUSH');
    await store.tier.settle('k', stored, 'one');
    await admin.script('FLUSH');
    expect(await store.tier.look('k', 'one')).toMatchObject({ stored: { value: 1 } });
    await admin.script('FLUSH');
    await store.tier.renew('k', 'one');
    await store.tier.release('k', 'one');
  });

  it('gives values that are large together in answers that are small', async () => {
    const stored = await loaded(Buffer.alloc(300_000));
    const keys = Array.from({ length: 20 }, (_, at) => `k${at}`);
    await Promise.all(keys.map((key) => store.tier.settle(key, stored)));
    const looking = async () => {
      for (const { stored: found } of await Promise.all(keys.map((key) => store.tier.look(key))))
        expect(found?.value).toHaveLength(300_000);
    };
    expect(await calls(looking)).toBe(5);
  });

  it('puts an end to every value, after 30 days at the latest', async () => {
    const stored = await loaded(1);
    const ends: number[] = [];
    for (const keptUntil of [Infinity, Date.now() + 1e12, Date.now() + 60_000.5]) {
      await store.tier.settle('k', { ...stored, keptUntil });
      ends.push(await admin.pttl('cache:{all}:v:k'));
      await store.tier.set('k', { ...stored, keptUntil });
      ends.push(await admin.pttl('cache:{all}:v:k'));
    }
    const month = 30 * 24 * 3_600_000;
    for (const [at, end] of ends.entries()) {
      const whole = at < 4 ? month : 60_001;
      expect(end).toBeLessThanOrEqual(whole);
      expect(end).toBeGreaterThan(whole - 10_000);
    }
    await store.tier.settle('k', { ...stored, keptUntil: Number.NaN });
    expect(await store.tier.get('k')).toBeUndefined();
  });

  it('gives nothing beyond the time of the clock it was given', async () => {
    const stored = await loaded(1);
    await store.tier.settle('k', stored);
    const later = await open({ now: () => stored.keptUntil });
    expect(await later.tier.look('k')).toMatchObject({ missed: 'absent' });
    expect(await later.tier.get('k')).toBeUndefined();
    expect(await store.tier.look('k')).toMatchObject({ stored: { value: 1 } });
  });

  it('takes what others put under its keys for nothing, and finds what lies beside it', async () => {
    await store.tier.settle('good', await loaded('good'));
    const whole = await admin.getBuffer('cache:{all}:v:good');
    await admin.set('cache:{all}:v:text', 'some text');
    await admin.set('cache:{all}:v:empty', '');
    await admin.hset('cache:{all}:v:hash', 'field', 'value');
    await admin.hset('cache:{all}:l:hash', 'field', 'value');
    for (const length of [10, 40, 70])
      await admin.set(`cache:{all}:v:${length}`, whole?.subarray(0, length) ?? '');
    const keys = ['text', 'empty', 'hash', '10', '40', '70', 'good'];
    const looks = await Promise.all(keys.map((key) => store.tier.look(key, 'one')));
    expect(looks.map(({ stored }) => stored?.value)).toEqual([...Array(6).fill(undefined), 'good']);
    expect(looks.map(({ holder }) => holder)).toEqual([
      'one',
      'one',
      undefined,
      'one',
      'one',
      'one',
      undefined,
    ]);
  });

  it('forgets a token whose sequence is no number', async () => {
    const { token } = await loaded(1, ['a']);
    await store.authority.bump(['a']);
    const verdicts = [Number.NaN, Infinity, -1].map((sequence) =>
      store.authority.check({ ...token, sequence }),
    );
    expect(await Promise.all(verdicts)).toEqual(['forgotten', 'forgotten', 'forgotten']);
  });

  it('keeps partitions apart, and refuses names that would mix them', async () => {
    const other = store.partition('other');
    await store.tier.settle('k', await loaded(1, ['a']));
    const position = await other.authority.bump(['a']);
    expect(await store.tier.look('k')).toMatchObject({ stored: { value: 1 } });
    expect(await other.tier.look('k')).toMatchObject({ missed: 'absent', position });
    for (const name of ['', 'a}b', '{', '\ud800']) expect(() => store.partition(name)).toThrow(TypeError);
    expect(() => new RedisStore({ connection: {}, prefix: '{a}' })).toThrow('cannot name keys');
  });

  it('packs values and unpacks them', async () => {
    const pack = (value: unknown) => (value instanceof URL ? value.href : undefined);
    const unpack = (packed: unknown) => new URL(String(packed));
    const packing = await open({ pack, unpack });
    await packing.tier.settle('k', await loaded(new URL('http://example.org/a')));
    expect((await packing.tier.look('k')).stored?.value).toEqual(new URL('http://example.org/a'));
    expect((await store.tier.look('k')).stored?.value).toBe('http://example.org/a');
  });

  it.each([
    ['', []],
    ['a', ['b', 'x[y]', 'x*y', 'x?', 'x\\', '\ud800']],
    ['x[y', ['a', 'ab', 'b', 'x*y', 'x?', 'x\\', 'xy', '\ud800']],
    ['x*', ['a', 'ab', 'b', 'x[y]', 'x?', 'x\\', 'xy', '\ud800']],
    ['x?', ['a', 'ab', 'b', 'x[y]', 'x*y', 'x\\', 'xy', '\ud800']],
    ['x\\', ['a', 'ab', 'b', 'x[y]', 'x*y', 'x?', 'xy', '\ud800']],
    ['\ud800', ['a', 'ab', 'b', 'x[y]', 'x*y', 'x?', 'x\\', 'xy']],
  ])('clears what begins with %j and nothing else', async (prefix, left) => {
    const keys = ['a', 'ab', 'b', 'x[y]', 'x*y', 'x?', 'x\\', 'xy', '\ud800'];
    const others = [
      'whatsapp:1',
      'campaign:7',
      'bull:q',
      'cache:{alll}:v:a',
      'cachet',
      'a',
      'cache:{all}:vv:a',
    ];
    for (const name of others) await admin.set(name, 'theirs');
    const elsewhere = [store.partition('other').tier, (await open({ prefix: 'cach?' })).tier];
    const stored = await loaded(1);
    for (const tier of [store.tier, ...elsewhere])
      await Promise.all(keys.map((key) => tier.set(key, stored)));
    await Promise.all(Array.from({ length: 1200 }, (_, at) => store.tier.set(`${prefix}${at}`, stored)));
    await store.tier.clear(prefix);
    const held: string[] = [];
    for (const key of keys) if (await store.tier.get(key)) held.push(key);
    const wanted = prefix === 'a' ? [...left, 'xy'] : left;
    expect(held.toSorted()).toEqual(wanted.toSorted());
    expect(await store.tier.get(`${prefix}7`)).toBeUndefined();
    expect(await admin.mget(others)).toEqual(others.map(() => 'theirs'));
    for (const tier of elsewhere) for (const key of keys) expect(await tier.get(key)).toBeDefined();
  });

  it('reads and lets go of leases while Redis has no memory left, and holds nothing new', async () => {
    const stored = await loaded('held', ['a']);
    await store.tier.settle('k', stored);
    await admin.config('SET', 'maxmemory', '1');
    try {
      expect(await store.tier.look('k')).toMatchObject({ stored: { value: 'held' } });
      expect(await store.tier.look('new', 'one')).toMatchObject({ missed: 'absent', holder: 'one' });
      await store.tier.renew('new', 'one');
      await expect(store.tier.settle('new', stored, 'one')).rejects.toThrow('OOM');
      await expect.poll(async () => (await store.tier.look('new')).holder).toBeUndefined();
      expect(await store.tier.look('new')).toMatchObject({ missed: 'absent' });
      expect(await store.authority.check(stored.token)).toBe('current');
    } finally {
      await admin.config('SET', 'maxmemory', '0');
    }
  });

  it('lets go of a lease for a value that cannot be written', async () => {
    const stored = await loaded(() => 1);
    await store.tier.look('k', 'one');
    await expect(store.tier.settle('k', stored, 'one')).rejects.toThrow(TypeError);
    await expect.poll(async () => (await store.tier.look('k')).holder).toBeUndefined();
  });

  it('has nothing where what lies there cannot be unpacked', async () => {
    const stored = await loaded('packed otherwise, by an older version');
    await store.tier.settle('k', stored);
    const unpack = () => {
      throw new TypeError('something else');
    };
    const { tier } = await open({ unpack });
    expect(await tier.look('k')).toMatchObject({ stored: undefined, missed: 'absent' });
    expect(await tier.get('k')).toBeUndefined();
  });

  it('checks tokens of many tags together', async () => {
    const { position } = await store.tier.look('k');
    const tags = Array.from({ length: 8000 }, (_, at) => at.toString(36));
    const checks = Array.from({ length: 25 }, () => store.authority.check({ ...position, tags }));
    expect(new Set(await Promise.all(checks))).toEqual(new Set(['current']));
  });

  it('says how long Redis takes', async () => {
    expect(await store.ping()).toBeGreaterThan(0);
    store.close();
    await expect(store.ping()).rejects.toBeInstanceOf(Error);
  });
});
