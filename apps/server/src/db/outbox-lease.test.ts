import { randomUUID } from 'node:crypto';
import { AuthorityTaken, waitUntilTaken } from '@vif/cache-postgres';
import type pg from 'pg';
import { describe, expect, it, vi } from 'vitest';
import { LeaseScene } from '../testing/lease-scene.ts';
import { cloneDatabase } from '../testing/test-database.ts';
import { isConnectionFault } from './connection-faults.ts';

const scene = new LeaseScene();
const open = scene.open.bind(scene);
const connected = scene.connected.bind(scene);

/** A write of a process that died before its bump. */
const marked = { options: '-c vif_cache.connection=gone' };
const write = (client: pg.Client) =>
  client.query(
    `insert into auth.verification (identifier, value, "expiresAt") values ('${randomUUID()}', 'x', now())`,
  );
const tag = '*:auth.verification:any';
const waiting = async () =>
  (await scene.owner.query<{ id: string; tags: string[] }>('select id, tags from vif_cache.outbox')).rows;
const holders = `from pg_locks l join pg_database d on d.oid = l.database
  where l.locktype = 'advisory' and d.datname = current_database()`;
const kill = () => scene.owner.query(`select pg_terminate_backend(l.pid) ${holders}`);
const expectEventually = (ask: () => unknown) => expect.poll(ask, { timeout: 10_000, interval: 5 });
const count = async (from: string) => (await scene.owner.query(`select ${from}`)).rowCount;
const lockOutbox = async () => {
  const locker = await connected();
  await locker.query('begin; lock table vif_cache.outbox in access exclusive mode');
  return () => locker.query('commit');
};
describe('a lease', () => {
  it('is held from its first look, which takes what was left behind', async () => {
    await write(await connected(marked));
    const { lease, bumped, said } = await open();
    expect([lease.held, bumped, said]).toEqual([true, [tag], []]);
    expect(lease.lag).toBeLessThan(500);
    expect(await waiting()).toEqual([]);
  });

  it('takes what psql writes when it is told, without waiting for its turn', async () => {
    const { lease, bumped } = await open({ poll: 60_000 });
    await lease.acknowledge(undefined); // then it rests
    await write(scene.owner);
    await expectEventually(() => bumped).toEqual([tag]);
    await expectEventually(waiting).toEqual([]);
  });

  it('takes in its turn what a process left that died', async () => {
    const { bumped } = await open({ poll: 20 });
    await write(await connected(marked));
    await expectEventually(() => bumped).toEqual([tag]);
    await expectEventually(waiting).toEqual([]);
  });

  it('takes more than it reads at once', async () => {
    await scene.owner.query(
      `insert into vif_cache.outbox (connection, tags) select 'gone', array['*:t:n=' || n] from generate_series(1, 2500) n`,
    );
    const { bumped } = await open();
    expect(bumped).toEqual(Array.from({ length: 2500 }, (_, n) => `*:t:n=${n + 1}`));
    await expectEventually(waiting).toEqual([]);
  });

  it('bumps once what it read before the authority was away', async () => {
    await scene.owner.query(
      `insert into vif_cache.outbox (connection, tags) select 'gone', array['*:t:n=' || n] from generate_series(1, 1500) n`,
    );
    const bumped: string[] = [];
    let calls = 0;
    const bump = (tags: Iterable<string>) => {
      if (++calls === 2) throw new Error('the authority is away');
      bumped.push(...tags);
      return undefined;
    };
    await open({ authority: { bump }, poll: 20 });
    await expectEventually(waiting).toEqual([]);
    expect(bumped).toEqual(Array.from({ length: 1500 }, (_, n) => `*:t:n=${n + 1}`));
  });

  it('bumps a thousand tags at once, however many wait, so that the authority answers in time', async () => {
    await scene.owner.query(
      `insert into vif_cache.outbox (connection, tags)
       select 'gone', (select array_agg('*:t:n=' || n || '.' || m) from generate_series(1, 60) m)
       from generate_series(1, 100) n`,
    );
    const sizes: number[] = [];
    const bump = (tags: Iterable<string>) => void sizes.push([...tags].length);
    const { lease } = await open({ authority: { bump } });
    expect(sizes).toEqual(Array.from({ length: 6 }, () => 1000));
    await lease.acknowledge([{ id: '1', tags: Array.from({ length: 2500 }, (_, n) => `*:t:n=${n}`) }]);
    expect(sizes.slice(6)).toEqual([1000, 1000, 500]);
  });

  it('is one process’s; another is refused in a sentence', async () => {
    const { lease } = await open();
    await expect(open({ patience: 300 })).rejects.toThrow(AuthorityTaken);
    await expect(open()).rejects.toThrow(/Another process serves this database/);
    expect(lease.held).toBe(true);
    expect(await count(holders)).toBe(1);
  });

  it('passes to the process that waits for it when it is let go', async () => {
    const { lease } = await open();
    const next = open({ patience: 10_000 });
    await lease.close();
    expect(lease.held).toBe(false);
    expect((await next).lease.held).toBe(true);
  });

  it('that loses its connection while it waits to be opened says so as a fault that may pass', async () => {
    await open();
    const named = { ...scene.connection, application_name: randomUUID() };
    const next = open({ connection: named, patience: 10_000, poll: 1_000 }).catch((error: unknown) => error);
    const rests = `from pg_stat_activity where application_name = '${named.application_name}'
      and state = 'idle' and query like '%pg_try_advisory_lock%'`;
    await expectEventually(() => count(rests)).toBe(1);
    await scene.owner.query(`select pg_terminate_backend(pid) ${rests}`);
    expect(await next).toSatisfy(isConnectionFault);
  });

  it('is another database’s lease too', async () => {
    await open();
    const other = await cloneDatabase();
    const { lease } = await open({ connection: other.connection });
    expect(lease.held).toBe(true);
    await lease.close();
    await other.drop();
  });

  it('is held only a bound after a process that did not let go, and drains nothing before', async () => {
    let now = 0;
    await scene.owner.query('update vif_cache.authority set joined = 1');
    await write(await connected(marked));
    const { lease, bumped } = await open({ clock: () => now, poll: 5 });
    now = 499;
    const asked = lease.acknowledge(undefined);
    await asked; // twice the bound, which many turns fit into
    expect([lease.held, bumped, (await waiting()).length]).toEqual([false, [], 1]);
    now = 500;
    await expectEventually(() => lease.held).toBe(true);
    expect(bumped).toEqual([tag]);
  });

  it('is not held while its last look is older than the bound', async () => {
    let now = 0;
    const { lease, said } = await open({ clock: () => now, poll: 5 });
    const unlock = await lockOutbox();
    now = 500;
    expect([lease.held, lease.lag]).toEqual([true, 500]);
    now = 501;
    expect(lease.held).toBe(false);
    await unlock();
    await expectEventually(() => lease.held).toBe(true);
    expect(said).toEqual([]);
  });

  it('counts a look from when it was sent', async () => {
    let now = 0;
    const { lease } = await open({ clock: () => now, poll: 60_000 });
    await lease.acknowledge(undefined); // then it rests
    const unlock = await lockOutbox();
    const looked = lease.acknowledge(undefined);
    await expectEventually(() =>
      count(`from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`),
    ).toBe(1);
    now = 900;
    await unlock();
    await looked;
    expect([lease.lag, lease.held]).toEqual([900, false]);
  });

  it('is lost at once, whatever the time', async () => {
    const { lease } = await open({ clock: () => 0, poll: 60_000 });
    await kill();
    await expectEventually(() => lease.held).toBe(false);
  });

  it('is lost with its connection at once, and held again when nothing is remembered', async () => {
    const { lease, said, happened } = await open();
    await kill();
    await expectEventually(() => lease.held).toBe(false);
    expect(said).toEqual([expect.stringContaining('The cache is off')]);
    await write(scene.owner);
    await expectEventually(() => lease.held).toBe(true);
    expect(happened).toEqual(['forget', 'bump']);
    expect(said).toEqual([expect.stringContaining('was lost (terminating'), 'The cache is on again.']);
  });

  it('knocks until the database is there again, and says so once', async () => {
    const { lease, said } = await open();
    const name = scene.connection.database ?? '';
    await scene.owner.query(`alter database ${name} connection limit 0`);
    await kill();
    await expectEventually(() => lease.held).toBe(false);
    await lease.acknowledge(undefined); // a second, time for several attempts
    expect(said).toHaveLength(1);
    await scene.owner.query(`alter database ${name} connection limit -1`);
    await expectEventually(() => lease.held).toBe(true);
    expect(said).toHaveLength(2);
  });

  it('that another process took meanwhile waits for that one, and forgets', async () => {
    const { lease, said, happened, bumped } = await open({ poll: 20 });
    const name = scene.connection.database ?? '';
    await scene.owner.query(`alter database ${name} connection limit 0`);
    await kill();
    await expectEventually(() => lease.held).toBe(false);
    const other = await open({ connection: scene.database.connection });
    await scene.owner.query(`alter database ${name} connection limit -1`);
    await expectEventually(() => said).toHaveLength(2);
    expect(said[1]).toContain('another process');
    // Writers here are answered as soon as that one has taken their rows.
    await expectEventually(() => other.lease.held).toBe(true);
    await write(await connected(marked));
    const rows = await waiting();
    expect(await timed(lease.acknowledge(rows))).toBeLessThan(900);
    expect([other.bumped, bumped]).toEqual([[tag], []]);
    await other.lease.close();
    await expectEventually(() => lease.held).toBe(true);
    expect(happened).toEqual(['forget']);
    expect(said).toHaveLength(3);
  });

  it('is not held after the machine slept, whose clock stood still, until it has looked again', async () => {
    const { lease } = await open();
    vi.useFakeTimers({ toFake: ['Date'] });
    scene.ends.push(async () => void vi.useRealTimers());
    for (const hours of [1, -2]) {
      await expectEventually(() => lease.held).toBe(true);
      vi.setSystemTime(Date.now() + hours * 3_600_000);
      expect(lease.held).toBe(false);
    }
  });

  it('is let go in order by close, and in disorder by a death', async () => {
    const released = () => count('from vif_cache.authority where joined = 0');
    const { lease } = await open();
    expect(await released()).toBe(0);
    await kill();
    await expectEventually(() => lease.held).toBe(false);
    await expectEventually(() => lease.held).toBe(true);
    await Promise.all([lease.close(), lease.close()]);
    expect([await released(), lease.held]).toEqual([1, false]);
    expect(await count(holders)).toBe(0);
  });

  it('is not opened where the database is out of reach', async () => {
    await expect(open({ connection: { host: '127.0.0.1', port: 1 } })).rejects.toThrow('ECONNREFUSED');
  });
});

describe('acknowledging a write', () => {
  it('while held is a bump, and the rows go in the background', async () => {
    const { lease, bumped } = await open({ poll: 20 });
    const writer = await connected(marked);
    const unlock = await lockOutbox();
    const asked = lease.acknowledge([
      { id: '1', tags: [tag, 'a'] },
      { id: '2', tags: [tag] },
    ]);
    await asked; // though the outbox cannot be read
    expect(bumped).toEqual([tag, 'a']);
    await unlock();
    await writer.query('begin');
    await write(writer);
    const { rows } = await writer.query<{ id: string }>('select id from vif_cache.outbox');
    await writer.query('commit'); // a look may take them before this does
    await lease.acknowledge(rows.map(({ id }) => ({ id, tags: ['mine'] })));
    await expectEventually(waiting).toEqual([]);
    expect(bumped.filter((one) => one === 'mine')).toHaveLength(1);
  });

  it('whose rows are unknown waits for a look that began after it', async () => {
    const { lease, bumped } = await open({ poll: 60_000 });
    await write(await connected(marked));
    await lease.acknowledge(undefined);
    expect(bumped).toEqual([tag]);
  });

  it('is not answered by a look that was on its way', async () => {
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let bumps = 0;
    const bump = async () => {
      await gates[bumps++]?.promise;
      return undefined;
    };
    const { lease } = await open({ poll: 60_000, authority: { bump } });
    const writer = await connected(marked);
    const answered: string[] = [];
    await write(writer);
    const first = lease.acknowledge(undefined).then(() => answered.push('first'));
    await expectEventually(() => bumps).toBe(1);
    await write(writer);
    const second = lease.acknowledge(undefined).then(() => answered.push('second'));
    gates[0]?.resolve();
    await first;
    await expectEventually(() => bumps).toBe(2);
    expect(answered).toEqual(['first']);
    gates[1]?.resolve();
    await second;
  });

  it('while the database is away waits twice the bound', async () => {
    const { lease } = await open();
    const name = scene.connection.database ?? '';
    await scene.owner.query(`alter database ${name} connection limit 0`);
    await kill();
    await expectEventually(() => lease.held).toBe(false);
    const took = await timed(
      Promise.all([lease.acknowledge(undefined), lease.acknowledge([{ id: '1', tags: [tag] }])]),
    );
    expect(took).toBeGreaterThan(990);
    expect(took).toBeLessThan(3_000);
    await scene.owner.query(`alter database ${name} connection limit -1`);
  });

  it('that cannot be bumped waits as if the lease were not held', async () => {
    let working = true;
    const { lease } = await open({
      poll: 60_000,
      authority: {
        bump: async () => {
          if (!working) throw new Error('the authority is away');
        },
      },
    });
    working = false;
    await write(await connected(marked));
    expect(await timed(lease.acknowledge(await waiting()))).toBeGreaterThan(990);
    working = true;
    await expectEventually(() => lease.held).toBe(true);
  });
});

describe('a process beside the one that keeps the authority', () => {
  const taking = async (client: pg.Client, patience?: number) => {
    await write(await connected(marked));
    const rows = await waiting();
    const start = performance.now();
    await waitUntilTaken(client, rows, patience);
    return performance.now() - start;
  };

  it('need not wait when there is none', async () => {
    expect(await taking(await connected(), 10_000)).toBeLessThan(5_000);
    expect(await waiting()).toHaveLength(1);
    await waitUntilTaken(await connected(), undefined, 60_000);
  });

  it('waits until its rows were bumped there', async () => {
    const { lease, bumped } = await open({ poll: 60_000 });
    await lease.acknowledge(undefined); // then it rests, and is woken
    expect(await taking(await connected(), 10_000)).toBeLessThan(5_000);
    expect(bumped).toEqual([tag]);
  });

  it('waits twice the bound at most, whatever that one does', async () => {
    let working = true;
    const bump = async (): Promise<undefined> => {
      if (!working) throw new Error('the authority is away');
    };
    await open({ authority: { bump } });
    working = false;
    const client = await connected();
    for (const wait of [() => taking(client), () => timed(waitUntilTaken(client, undefined))]) {
      const took = await wait();
      expect(took).toBeGreaterThan(990);
      expect(took).toBeLessThan(3_000);
    }
    working = true;
  });

  it('waits as long when it did not let go, since it may live', async () => {
    await scene.owner.query('update vif_cache.authority set joined = 1');
    expect(await taking(await connected(), 200)).toBeGreaterThan(190);
  });

  it('waits as long when it cannot ask', async () => {
    const client = await connected();
    await client.end();
    expect(await timed(waitUntilTaken(client, [{ id: '1', tags: [] }], 200))).toBeGreaterThan(190);
  });
});

async function timed(waited: Promise<unknown>): Promise<number> {
  const start = performance.now();
  await waited;
  return performance.now() - start;
}
