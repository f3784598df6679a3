import { randomUUID } from 'node:crypto';
import { type AuthorityLeaseOptions, AuthorityTaken, waitUntilTaken } from '@vif/cache-postgres';
import type pg from 'pg';
import { describe, expect, it, vi } from 'vitest';
import { LeaseScene } from '../testing/lease-scene.ts';
import { PretendedRedis } from '../testing/pretended-redis.ts';

const scene = new LeaseScene();
const tag = '*:auth.verification:any';
/** A write of a process that died before its bump. */
const marked = { options: '-c vif_cache.connection=gone' };
const write = (client: pg.Client) =>
  client.query(
    `insert into auth.verification (identifier, value, "expiresAt") values ('${randomUUID()}', 'x', now())`,
  );
const waiting = async () =>
  (await scene.owner.query<{ id: string; tags: string[] }>('select id, tags from vif_cache.outbox')).rows;
const expectEventually = (ask: () => unknown) => expect.poll(ask, { timeout: 10_000, interval: 5 });
const joined = async () =>
  (await scene.owner.query<{ joined: number }>('select joined from vif_cache.authority')).rows[0]?.joined;
const pidOf = async (name: string) =>
  (
    await scene.owner.query<{ pid: number }>('select pid from pg_stat_activity where application_name = $1', [
      name,
    ])
  ).rows[0]?.pid;

/** A process of several. */
async function join(redis: PretendedRedis, options: Partial<AuthorityLeaseOptions> = {}) {
  const link = redis.link();
  const name = randomUUID();
  const opened = await scene.open({
    connection: { ...scene.connection, application_name: name },
    poll: 20,
    ...link.options,
    ...options,
  });
  scene.ends.push(async () => link.goOn());
  const kill = async () => scene.owner.query('select pg_terminate_backend($1)', [await pidOf(name)]);
  return { ...opened, link, kill, name };
}

describe('several processes with one Redis', () => {
  it('all hold the lease; the first makes Redis forget, who joins does not', async () => {
    const redis = new PretendedRedis();
    const processes = [await join(redis), await join(redis), await join(redis)];
    expect(processes.map(({ lease }) => lease.held)).toEqual([true, true, true]);
    expect(redis.forgotten).toBe(1);
    for (const { lease } of processes) expect(lease.lag).toBeLessThan(500);
    expect(await joined()).toBe(3);
  });

  it('forget again when nobody was there in between, and let go in order', async () => {
    const redis = new PretendedRedis();
    const [one, two] = [await join(redis), await join(redis)];
    await one.lease.close();
    expect([two.lease.held, await joined()]).toEqual([true, 1]);
    await two.lease.close();
    expect(await joined()).toBe(0);
    await join(redis);
    expect(redis.forgotten).toBe(2);
  });

  it('one of them takes what psql writes, once', async () => {
    const redis = new PretendedRedis();
    for (let n = 0; n < 3; n++) await join(redis, { poll: 60_000 });
    const before = redis.bumped.length;
    await write(scene.owner);
    await expectEventually(waiting).toEqual([]);
    expect(redis.bumped.slice(before)).toEqual([tag]);
  });

  it('leave a row to the process that is about to bump it, and take it when that does not', async () => {
    const redis = new PretendedRedis();
    let now = 0;
    const clock = () => now;
    const { lease } = await join(redis, { clock });
    const writer = await scene.connected(marked);
    await lease.acknowledge(undefined);
    await write(writer);
    // Looks that found it.
    for (now = 20; now < 400; now += 20) await expectEventually(() => lease.lag).toBe(0);
    expect([redis.bumped, (await waiting()).length]).toEqual([[], 1]);
    now = 420;
    await expectEventually(waiting).toEqual([]);
    expect(redis.bumped).toEqual([tag]);
  });

  it('take at once what a writer here waits for', async () => {
    const redis = new PretendedRedis();
    const { lease } = await join(redis, { poll: 60_000 });
    await lease.acknowledge(undefined); // then it rests
    await write(await scene.connected(marked));
    await lease.acknowledge(undefined);
    expect(redis.bumped).toEqual([tag]);
  });

  it('take what was left behind before they hold the lease', async () => {
    const redis = new PretendedRedis();
    await join(redis);
    await write(await scene.connected(marked));
    await join(redis);
    expect(redis.bumped).toEqual([tag]);
  });

  it('go on when the one that takes what is left dies', async () => {
    const redis = new PretendedRedis();
    const [one, two] = [await join(redis), await join(redis)];
    one.link.stop(); // so that it does not come back
    await one.kill();
    await expectEventually(() => one.lease.held).toBe(false);
    await write(scene.owner);
    await expectEventually(() => two.link.bumped).toEqual([tag]);
    expect(two.lease.held).toBe(true);
  });

  it('go on when that one stands still with its lock, and it serves nothing meanwhile', async () => {
    const redis = new PretendedRedis();
    const [one, two, three] = [await join(redis), await join(redis), await join(redis)];
    one.link.stop();
    await write(scene.owner);
    await write(await scene.connected(marked));
    await expectEventually(waiting).toEqual([]);
    expect(redis.bumped).toContain(tag);
    await expectEventually(() => one.lease.held).toBe(false);
    expect([two.lease.held, three.lease.held]).toEqual([true, true]);
    one.link.goOn();
    await expectEventually(() => one.lease.held).toBe(true);
  });

  it('a command waits no longer than until one of them took its rows', async () => {
    const redis = new PretendedRedis();
    await join(redis, { poll: 60_000 });
    await join(redis, { poll: 60_000 });
    await write(await scene.connected(marked));
    await waitUntilTaken(await scene.connected(), await waiting(), 60_000);
    expect(redis.bumped).toEqual([tag]);
  });
});

describe('a process that Redis cannot be reached from', () => {
  it('is not held, and its writes wait until the others took them', async () => {
    const redis = new PretendedRedis();
    const [one, two] = [await join(redis), await join(redis)];
    for (const [cut, other] of [
      [one, two],
      [two, one],
    ] as const) {
      cut.link.isCut = true;
      await expectEventually(() => cut.lease.held).toBe(false);
      await write(await scene.connected(marked));
      const rows = await waiting();
      await cut.lease.acknowledge(rows);
      expect(await waiting()).toEqual([]);
      expect(other.link.bumped.splice(0)).toEqual([tag]);
      expect(other.lease.held).toBe(true);
      cut.link.isCut = false;
      await expectEventually(() => cut.lease.held).toBe(true);
    }
  });

  it('or that can be told nothing, is not held while rows wait', async () => {
    const redis = new PretendedRedis();
    const [one, two] = [await join(redis), await join(redis)];
    for (const { link } of [one, two]) link.isFull = true;
    await write(scene.owner);
    await expectEventually(() => [one.lease.held, two.lease.held]).toEqual([false, false]);
    for (const { link } of [one, two]) link.isFull = false;
    await expectEventually(() => [one.lease.held, two.lease.held]).toEqual([true, true]);
    expect(redis.bumped).toContain(tag);
  });

  it('leaves draining to one that can', async () => {
    const redis = new PretendedRedis();
    const [one, two] = [await join(redis), await join(redis)];
    const consumer = async () =>
      (
        await scene.owner.query<{ name: string }>(
          `select a.application_name as name from pg_locks l join pg_stat_activity a using (pid)
           where a.datname = current_database() and l.locktype = 'advisory' and l.objid = 7116970004 % 4294967296`,
        )
      ).rows.map(({ name }) => name);
    expect(await consumer()).toEqual([one.name]);
    one.link.isCut = true;
    await expectEventually(consumer).toEqual([two.name]);
  });

  it('calls the one that drains, though that one rests', async () => {
    const redis = new PretendedRedis();
    await join(redis, { poll: 60_000 });
    const cut = await join(redis);
    cut.link.isCut = true;
    await expectEventually(() => cut.lease.held).toBe(false);
    await write(await scene.connected(marked));
    await cut.lease.acknowledge(await waiting());
    expect([redis.bumped, await waiting()]).toEqual([[tag], []]);
  });

  it('takes what it was called for as soon as it is back', async () => {
    const redis = new PretendedRedis();
    const failed = Promise.withResolvers<void>();
    let isAway = true;
    const { link } = await join(redis, {
      clock: () => 0, // no row ever waits for long enough
      authority: {
        bump: (tags) => {
          if (!isAway) return link.options.authority.bump(tags);
          failed.resolve();
          throw new Error('Redis is away');
        },
      },
    });
    await write(await scene.connected(marked));
    const taken = waitUntilTaken(await scene.connected(), await waiting(), 20_000);
    await failed.promise;
    isAway = false;
    await taken;
    expect([redis.bumped, await waiting()]).toEqual([[tag], []]);
  });

  it('is opened all the same, and held when Redis is back', async () => {
    const redis = new PretendedRedis();
    const link = redis.link();
    link.isCut = true;
    const { lease } = await join(redis, link.options);
    expect(lease.held).toBe(false);
    expect(await joined()).toBe(0);
    const other = await join(redis);
    await write(await scene.connected(marked));
    await lease.acknowledge(await waiting());
    expect(other.link.bumped).toEqual([tag]);
    link.isCut = false;
    await expectEventually(() => lease.held).toBe(true);
  });

  it('serves no more while a row waits that it cannot bump, and nobody else can', async () => {
    const redis = new PretendedRedis();
    const [one, two] = [await join(redis), await join(redis)];
    for (const { link } of [one, two]) link.isCut = true;
    await write(await scene.connected(marked));
    const began = performance.now();
    await one.lease.acknowledge(await waiting());
    expect(performance.now() - began).toBeGreaterThan(990);
    expect([one.lease.held, two.lease.held]).toEqual([false, false]);
    expect(await waiting()).toHaveLength(1);
    two.link.isCut = false;
    await expectEventually(() => two.lease.held).toBe(true);
    expect(redis.bumped).toEqual([tag]);
  });
});

describe('a process that lost the database', () => {
  it('is not held, and joins again without making the others forget', async () => {
    const redis = new PretendedRedis();
    const [, two] = [await join(redis), await join(redis)];
    await two.kill();
    await expectEventually(() => two.lease.held).toBe(false);
    await expectEventually(() => two.lease.held).toBe(true);
    expect(redis.forgotten).toBe(1);
  });
});

describe('triggers that changed', () => {
  it('while one of several looks make Redis forget for all', async () => {
    const redis = new PretendedRedis();
    const processes = [await join(redis, { driftEvery: 0 }), await join(redis, { driftEvery: 0 })];
    await scene.owner.query('truncate vif_cache.outbox restart identity');
    await expectEventually(() => redis.forgotten).toBeGreaterThan(1);
    await expectEventually(() => processes.map(({ lease }) => lease.held)).toEqual([true, true]);
  });

  it('while those who are there stand still are found by who joins', async () => {
    const redis = new PretendedRedis();
    const one = await join(redis);
    one.link.stop();
    await scene.owner.query('truncate vif_cache.outbox restart identity');
    expect((await join(redis)).lease.held).toBe(true);
    expect(redis.forgotten).toBe(2);
  });

  it('are not served past by anybody who joined while they were off', async () => {
    const redis = new PretendedRedis();
    const one = await join(redis, { driftEvery: 0 });
    await scene.owner.query('alter table data.people disable trigger vif_cache_update');
    await expectEventually(() => one.lease.held).toBe(false);
    const two = await join(redis, { driftEvery: 0 });
    expect(two.lease.held).toBe(false);
    await scene.owner.query('alter table data.people enable always trigger vif_cache_update');
    await expectEventually(() => [one.lease.held, two.lease.held]).toEqual([true, true]);
    expect(redis.forgotten).toBeGreaterThan(1);
  });
});

describe('rows that a subscription applies', () => {
  it('fire no trigger: what was held meanwhile is forgotten, though the triggers are what they were', async () => {
    const redis = new PretendedRedis();
    const { lease } = await join(redis, { driftEvery: 0 });
    await scene.owner.query(
      `insert into pg_subscription_rel (srsubid, srrelid, srsubstate) values (1, 'data.people'::regclass, 'r')`,
    );
    await expectEventually(() => lease.held).toBe(false);
    await scene.owner.query('delete from pg_subscription_rel');
    await expectEventually(() => lease.held).toBe(true);
    expect(redis.forgotten).toBe(2);
  });
});

describe('who may not share a database', () => {
  it('is a process without Redis beside those with one, either way round', async () => {
    const { lease } = await join(new PretendedRedis());
    await expect(scene.open()).rejects.toThrow(/give each the same .*REDIS_URL/);
    await lease.close();
    const alone = await scene.open();
    await expect(join(new PretendedRedis())).rejects.toThrow(/without this Redis/);
    const link = new PretendedRedis().link();
    link.isCut = true;
    await expect(scene.open(link.options)).rejects.toThrow(AuthorityTaken);
    expect(alone.lease.held).toBe(true);
  });

  it('is one with another Redis', async () => {
    const { lease } = await join(new PretendedRedis());
    const other = new PretendedRedis();
    await expect(join(other)).rejects.toThrow(/with another Redis/);
    other.called = 'another';
    await expect(join(other)).rejects.toThrow(/with another Redis/);
    expect([lease.held, await joined()]).toEqual([true, 1]);
  });

  it('is one whose Redis becomes another, which it neither serves from nor drains into', async () => {
    const redis = new PretendedRedis();
    const [one, two] = [await join(redis), await join(redis)];
    const other = new PretendedRedis();
    other.called = 'another';
    one.link.redis = other;
    await expectEventually(() => one.said).toEqual([expect.stringContaining('another Redis')]);
    expect(one.lease.held).toBe(false);
    await write(scene.owner);
    await expectEventually(() => two.link.bumped).toEqual([tag]);
    expect(other.bumped).toEqual([]);
    one.link.redis = redis;
    await expectEventually(() => one.lease.held).toBe(true);
  });

  it('is not held from before it lets go of the lock, which others then need not wait for', async () => {
    // So that only letting go can end it.
    vi.useFakeTimers({ toFake: ['Date'] });
    scene.ends.push(async () => void vi.useRealTimers());
    const redis = new PretendedRedis();
    const { lease, link, name } = await join(redis, { clock: () => 0 });
    const locker = await scene.connected();
    await locker.query('begin; lock table vif_cache.authority in share row exclusive mode');
    link.redis = new PretendedRedis();
    link.redis.called = 'another';
    const lettingGo = async () =>
      (
        await scene.owner.query(
          `select from pg_stat_activity where application_name = $1 and wait_event_type = 'Lock' and query like '%joined - 1%'`,
          [name],
        )
      ).rowCount;
    await expectEventually(lettingGo).toBe(1);
    expect(lease.held).toBe(false);
    await locker.query('commit');
    await expectEventually(joined).toBe(0);
  });

  it('gives a Redis that forgot everything its name back', async () => {
    const redis = new PretendedRedis();
    const { lease } = await join(redis);
    const { called } = redis;
    redis.called = undefined;
    const other = await join(redis, { patience: 10_000 });
    expect(redis.called).toBe(called);
    expect([lease.held, other.lease.held]).toEqual([true, true]);
  });

  it('waits for the bound where one with another authority was killed, and not where it had the same', async () => {
    let now = 0;
    const clock = () => now;
    const redis = new PretendedRedis();
    redis.called = 'same';
    await scene.owner.query(`update vif_cache.authority set joined = 1, kept_by = 'other'`);
    const one = await join(redis, { clock, poll: 5 });
    // It is not yet shared: nobody else may bump here what may be served from there.
    await expect(join(redis)).rejects.toThrow(AuthorityTaken);
    expect(one.lease.held).toBe(false);
    now = 500;
    await expectEventually(() => one.lease.held).toBe(true);
    await one.lease.close();
    await scene.owner.query(`update vif_cache.authority set joined = 1, kept_by = 'same'`);
    expect((await join(redis)).lease.held).toBe(true);
  });
});
