import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { Catalogues } from '../recording/catalogues.ts';
import { TrackedDatabase } from '../testing/tracked-database.ts';
import { TrackedPool } from './tracked-pool.ts';
import { OutcomeUnknown, RolledBack, snapshot, transaction } from './transaction.ts';

let database: TrackedDatabase;
let pool: TrackedPool;
/** The tags of each acknowledged write. */
let acknowledged: string[][] = [];

beforeAll(async () => {
  database = await TrackedDatabase.start(`
    create table account (id integer primary key, balance integer not null, parent integer references account deferrable initially deferred);
    insert into account values (1, 100), (2, 100)`);
  await database.owner.query("select vif_cache.track('account', null, 'id')");
  pool = new TrackedPool({
    ...database.connection,
    pipeline: true,
    max: 4,
    catalogues: new Catalogues(),
    acknowledge: (rows) => void acknowledged.push((rows ?? []).flatMap(({ tags }) => tags)),
  });
  pool.on('error', () => undefined);
});
afterAll(async () => {
  await pool.end();
  await database.stop();
});
beforeEach(async () => {
  await pool.query('update account set balance = 100, parent = null');
  acknowledged = [];
});

const balances = async () =>
  (await pool.query<{ balance: number }>('select balance from account order by id')).rows.map(
    ({ balance }) => balance,
  );

it('commits, and returns when what it changed was acknowledged', async () => {
  const answer = await transaction(pool, async (client) => {
    await client.query('update account set balance = balance - 10 where id = 1');
    await client.query('update account set balance = balance + 10 where id = 2');
    expect(acknowledged).toEqual([]);
    return 'moved';
  });
  expect(answer).toBe('moved');
  expect(acknowledged.flat()).toEqual(
    expect.arrayContaining(['*:public.account:id=1', '*:public.account:id=2']),
  );
  expect(await balances()).toEqual([90, 110]);
});

it('rolls back what fails, and says why', async () => {
  const failing = transaction(pool, async (client) => {
    await client.query('update account set balance = 0');
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  expect(acknowledged).toEqual([]);
  expect(await balances()).toEqual([100, 100]);
});

it('does not call that committed which COMMIT answered with a rollback', async () => {
  const swallowing = transaction(pool, async (client) => {
    await client.query('update account set balance = 0');
    await client.query('select 1 / 0').catch(() => undefined);
  });
  await expect(swallowing).rejects.toBeInstanceOf(RolledBack);
  expect(acknowledged).toEqual([]);
});

it('fails where a deferred constraint does, at COMMIT', async () => {
  const dangling = transaction(pool, (client) => client.query('update account set parent = 99 where id = 1'));
  await expect(dangling).rejects.toMatchObject({ code: '23503' });
  expect(acknowledged).toEqual([]);
});

it('keeps what a savepoint kept, and tells of all that was written', async () => {
  await transaction(pool, async (client) => {
    await client.query('update account set balance = 1 where id = 1');
    await client.query('savepoint s');
    await client.query('update account set balance = 2 where id = 2');
    await client.query('rollback to s');
  });
  expect(await balances()).toEqual([1, 100]);
  expect(acknowledged.flat()).toContain('*:public.account:id=1');
  expect(acknowledged.flat()).toContain('*:public.account:id=2'); // which does no harm
});

it('runs again after a deadlock', async () => {
  let runs = 0;
  const bothHold = Promise.withResolvers<void>();
  let holding = 0;
  const move = (first: number, second: number) =>
    transaction(pool, async (client) => {
      runs++;
      await client.query('update account set balance = balance + 1 where id = $1', [first]);
      if (++holding === 2) bothHold.resolve();
      await bothHold.promise;
      await client.query('update account set balance = balance + 1 where id = $1', [second]);
    });
  await Promise.all([move(1, 2), move(2, 1)]);
  expect(runs).toBeGreaterThan(2);
  expect(await balances()).toEqual([102, 102]);
});

it('runs again after a serialization failure', async () => {
  let runs = 0;
  const bothRead = Promise.withResolvers<void>();
  let reading = 0;
  const begin = 'begin isolation level serializable';
  const withdraw = (id: number) =>
    transaction(
      pool,
      async (client) => {
        runs++;
        const { rows } = await client.query<{ total: string }>('select sum(balance) as total from account');
        if (++reading === 2) bothRead.resolve();
        await bothRead.promise;
        if (Number(rows[0]?.total) >= 150)
          await client.query('update account set balance = balance - 100 where id = $1', [id]);
      },
      { begin },
    );
  await Promise.all([withdraw(1), withdraw(2)]);
  expect(runs).toBeGreaterThan(2);
  expect((await balances()).toSorted((one, other) => one - other)).toEqual([0, 100]);
});

it('gives up after so many attempts', async () => {
  let runs = 0;
  const failing = transaction(
    pool,
    async (client) => {
      runs++;
      await client.query(`do $$ begin raise exception 'again' using errcode = '40001'; end $$`);
    },
    { attempts: 3 },
  );
  await expect(failing).rejects.toMatchObject({ code: '40001' });
  expect(runs).toBe(3);
});

it('does not know the outcome when the connection is lost while it commits', async () => {
  const committing = transaction(pool, async (client) => {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    // Ends it when COMMIT has come, whose deferred trigger waits for this very lock.
    await client.query(`create function pg_temp.wait() returns trigger language plpgsql as $$
      begin perform pg_advisory_lock(42); return null; end $$`);
    await client.query(`create constraint trigger wait after update on account deferrable initially deferred
      for each row execute function pg_temp.wait()`);
    await database.superuser.query('select pg_advisory_lock(42)');
    await client.query('update account set balance = 8 where id = 2');
    void endWhenWaiting(rows[0]?.pid ?? 0);
  });
  await expect(committing).rejects.toBeInstanceOf(OutcomeUnknown);
  await database.superuser.query('select pg_advisory_unlock(42)');
  expect(await balances()).toEqual([100, 100]);
});

async function endWhenWaiting(pid: number) {
  const waiting = async () =>
    (
      await database.superuser.query(
        "select from pg_locks where pid = $1 and locktype = 'advisory' and not granted",
        [pid],
      )
    ).rowCount;
  await expect.poll(waiting, { timeout: 5_000 }).toBe(1);
  await database.superuser.query('select pg_terminate_backend($1)', [pid]);
}

it('reads one snapshot, whatever is written meanwhile', async () => {
  const seen = await snapshot(pool, async (client) => {
    const first = await client.query<{ balance: number }>('select balance from account where id = 1');
    await pool.query('update account set balance = 55 where id = 1');
    const second = await client.query<{ balance: number }>('select balance from account where id = 1');
    return [first.rows[0]?.balance, second.rows[0]?.balance];
  });
  expect(seen).toEqual([100, 100]);
});

it('gives its connection back, whatever happened', async () => {
  await expect.poll(() => pool.totalCount - pool.idleCount).toBe(0);
});
