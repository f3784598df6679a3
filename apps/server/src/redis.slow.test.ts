import { setTimeout as pause } from 'node:timers/promises';
import { RedisServer, whyNoRedis } from '@vif/cache/testing';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SpawnedVif, setUp, spawnVif } from './testing/spawn-vif.ts';
import { StaleConnection } from './testing/stale/connection.ts';
import { StaleImports } from './testing/stale/imports.ts';
import { StaleNewcomers } from './testing/stale/newcomers.ts';
import { StalePsql } from './testing/stale/psql.ts';
import { type Question, questionsOf } from './testing/stale/questions.ts';
import { StaleReader } from './testing/stale/reader.ts';
import { StaleRun } from './testing/stale/run.ts';
import { type StaleActors, storm } from './testing/stale/storm.ts';
import { makeStaleWorld, type StaleWorld } from './testing/stale/world.ts';
import { StaleWriter } from './testing/stale/writer.ts';
import { type VifProcesses, vifProcesses } from './testing/vif-processes.ts';

const missing = process.env.CI ? undefined : await whyNoRedis();
const writers = 2;
/** Milliseconds. */
const duration = 30_000;

describe.skipIf(missing)(`Vif over Redis${missing ? ` (skipped: ${missing})` : ''}`, () => {
  const run = new StaleRun();
  let redis: RedisServer;
  let admin: Redis;
  let processes: VifProcesses;
  let vif: SpawnedVif;
  let world: StaleWorld;
  let questions: Question[];
  let actors: StaleActors;
  const connections: { close: () => void }[] = [];

  beforeAll(async () => {
    redis = await RedisServer.start('--requirepass', 'a secret of Redis');
    admin = new Redis(redis.port, { password: 'a secret of Redis', maxRetriesPerRequest: null });
    admin.on('error', () => undefined); // it is killed below
    processes = await vifProcesses();
    const REDIS_URL = `redis://:${encodeURIComponent('a secret of Redis')}@127.0.0.1:${redis.port}/3`;
    vif = spawnVif({ VIF_DATA: processes.dataFolder, REDIS_URL });
    const { address, cookie } = await setUp(vif);
    world = await makeStaleWorld(address, cookie, run.ledger);
    questions = questionsOf(world);
    const connect = () => {
      const connection = new StaleConnection(world.address, world.admin);
      connections.push(connection);
      return connection;
    };
    const usher = connect();
    actors = {
      writers: Array.from({ length: writers }, (_, at) => new StaleWriter(run, world, { at, writers })),
      imports: new StaleImports(run, connect(), world),
      newcomers: new StaleNewcomers(run, new StaleReader(run, usher), usher),
      psql: new StalePsql(run, await processes.owner(), world),
    };
    connections.push(actors.psql, ...actors.writers);
  });
  afterAll(async () => {
    for (const connection of connections) connection.close();
    vif.kill('SIGKILL');
    await vif.exit();
    await processes.remove();
    admin.disconnect();
    await redis.stop();
  });

  const health = async () => {
    const answer = await fetch(`${world.address}/health`);
    return (await answer.json()) as { status: string; cache: { available: boolean; latency?: number } }; // the contract's
  };

  it('keeps answers there, in a database of its own and for a bounded time', async () => {
    const reader = new StaleReader(run, new StaleConnection(world.address, world.admin));
    for (const question of questions) await reader.ask(question);
    expect(await health()).toMatchObject({ status: 'ok', cache: { available: true } });
    expect(await admin.dbsize()).toBe(0);
    await admin.select(3);
    const keys = await admin.keys('*');
    expect(keys.filter((key) => /^vif:\{\d+\.\d+\}:v:/.test(key)).length).toBeGreaterThan(5);
    for (const key of keys.filter((one) => one.includes(':v:')))
      expect(await admin.pttl(key)).toBeGreaterThan(0);
  });

  it('answers every read with 200 and none stale while Redis is killed, flushed, stopped and short of memory', async () => {
    const states = new Set<string>();
    const watching = (async () => {
      while (!run.over) {
        states.add((await health()).status);
        await pause(20);
      }
    })();
    const disturb = async () => {
      await pause(2000);
      await redis.kill();
      await pause(4000);
      expect((await health()).status).toBe('degraded');
      await redis.restart();
      await expect.poll(async () => (await health()).status, { timeout: 3000 }).toBe('ok');
      await pause(2000);
      await admin.flushall();
      await pause(2000);
      await redis.kill('SIGSTOP');
      await pause(3000);
      await redis.kill('SIGCONT');
      await expect.poll(async () => (await health()).status, { timeout: 3000 }).toBe('ok');
      await admin.config('SET', 'maxmemory', '2mb', 'maxmemory-policy', 'allkeys-random');
      await pause(3000);
      await admin.config('SET', 'maxmemory-policy', 'noeviction', 'maxmemory', '1mb');
      await pause(2000);
      await admin.config('SET', 'maxmemory', '0');
    };
    run.begin();
    await Promise.all([
      storm(run, { world, questions }, actors, { readers: 10, until: pause(duration) }),
      watching,
      disturb(),
    ]);
    const { figures } = run;
    console.log(figures.line('Over a Redis that is disturbed'));
    expect(figures.stale.slice(0, 10), `${figures.stale.length} stale reads`).toEqual([]);
    expect(figures.faults).toEqual([]);
    expect(figures.readCount).toBeGreaterThan(1000);
    expect([...states].toSorted()).toEqual(['degraded', 'ok']);
    await expect.poll(async () => (await health()).status, { timeout: 5000 }).toBe('ok');
    expect(vif.said()).toMatch(/The cache is off: Redis cannot be asked/);
    expect(vif.said()).toMatch(/The cache is on again: Redis answers/);
    expect(vif.said()).not.toContain('a secret of Redis');
  });
});
