import { randomUUID } from 'node:crypto';
import { Catalogues } from '@vif/cache-postgres';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startVif, type TestVif } from '../testing/test-vif.ts';
import { Database, type Db } from './database.ts';
import { ensureRoles } from './roles.ts';

let vif: TestVif;
let scope: { workspaceId: string };
let ownerId: string;
beforeAll(async () => {
  vif = await startVif();
  const { id, admin } = await vif.workspace('Acme');
  scope = { workspaceId: id };
  ownerId = admin.userId;
  await vif.database.owner.query(`
    create function public.kill_at_commit() returns trigger language plpgsql security definer as $$
    begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$;
    create constraint trigger kill_at_commit after insert on data.organisations deferrable initially deferred
      for each row when (new.name = 'killed at commit') execute function public.kill_at_commit();
    create function public.fail_at_commit() returns trigger language plpgsql as $$
    begin raise exception 'canary' using errcode = '23514'; end $$;
    create constraint trigger fail_at_commit after insert on data.organisations deferrable initially deferred
      for each row when (new.name = 'refused at commit') execute function public.fail_at_commit();`);
});
afterAll(() => vif.close());

const insert = (db: Db, name: string) =>
  sql`insert into app.organisations (name, owner_id, search_text, name_key) values (${name}, ${ownerId}, '', '')`.execute(
    db,
  );
const named = async (name: string) =>
  (await vif.database.owner.query('select from data.organisations where name = $1', [name])).rowCount;

describe('reading', () => {
  it('sees one moment, whatever is written between its statements', async () => {
    const [before, after] = await vif.house.database.read(scope, async (db) => {
      const count = () =>
        db
          .selectFrom('app.organisations')
          .select((eb) => eb.fn.countAll<number>().as('n'))
          .executeTakeFirstOrThrow();
      const first = await count();
      await vif.house.database.write(scope, (other) => insert(other, 'meanwhile'));
      return [first, await count()];
    });
    expect(after).toEqual(before);
    expect(await named('meanwhile')).toBe(1);
  });

  it('writes nothing', async () => {
    await expect(vif.house.database.read(scope, (db) => insert(db, 'by a read'))).rejects.toMatchObject({
      code: '25006',
    });
    expect(await named('by a read')).toBe(0);
  });

  it('gives no row where the workspace could not be set', async () => {
    for (const workspaceId of ['\u0000', '', 'nonsense', `${scope.workspaceId}x`]) {
      const rows = vif.house.database.read({ workspaceId }, (db) =>
        db.selectFrom('app.organisations').select('id').execute(),
      );
      await expect(rows, JSON.stringify(workspaceId)).rejects.toThrow(
        /transaction is aborted|invalid input syntax|invalid_encoding|invalid byte/,
      );
    }
    // The connection that this happened on serves the next one as it should.
    const { rows } = await vif.house.database.read(scope, (db) =>
      sql<{ n: number }>`select 1 as n`.execute(db),
    );
    expect(rows).toEqual([{ n: 1 }]);
  });

  it('gives no row where the transaction did not begin, though the loader asks nothing of it', async () => {
    await expect(
      vif.house.database.read({ workspaceId: '\u0000' }, async () => 'believed'),
    ).rejects.toMatchObject({ code: 'invalid_encoding' });
  });

  it('gives its connection back, however it ends', async () => {
    const failing = Array.from({ length: 40 }, () =>
      vif.house.database.read(scope, (db) => sql`select 1 / 0`.execute(db)).catch(() => 'failed'),
    );
    expect(new Set(await Promise.all(failing))).toEqual(new Set(['failed']));
    const throwing = Array.from({ length: 40 }, () =>
      vif.house.database.read(scope, async () => Promise.reject(new Error('ours'))).catch(() => 'failed'),
    );
    await Promise.all(throwing);
    const { rows } = await vif.house.database.read(scope, (db) =>
      sql<{ n: number }>`select 2 as n`.execute(db),
    );
    expect(rows).toEqual([{ n: 2 }]);
  });
});

describe('writing', () => {
  it('does all of it or nothing', async () => {
    const failing = vif.house.database.write(scope, async (db) => {
      await insert(db, 'half done');
      throw new Error('the other half');
    });
    await expect(failing).rejects.toThrow('the other half');
    expect(await named('half done')).toBe(0);
  });

  it('is no success where a failed statement was swallowed: COMMIT then answers ROLLBACK', async () => {
    const swallowing = vif.house.database.write(scope, async (db) => {
      await insert(db, 'swallowed');
      await sql`select 1 / 0`.execute(db).catch(() => undefined);
      return 'done';
    });
    await expect(swallowing).rejects.toMatchObject({ code: 'internal' });
    expect(await named('swallowed')).toBe(0);
  });

  it('that is refused at its COMMIT is no success', async () => {
    await expect(
      vif.house.database.write(scope, (db) => insert(db, 'refused at commit')),
    ).rejects.toMatchObject({ code: '23514' });
    expect(await named('refused at commit')).toBe(0);
  });

  it('does not know its outcome where the connection is lost at its COMMIT, and is not tried again', async () => {
    let tries = 0;
    const lost = vif.house.database.write(scope, (db) => {
      tries++;
      return insert(db, 'killed at commit');
    });
    await expect(lost).rejects.toMatchObject({ code: 'outcome_unknown' });
    expect(tries).toBe(1);
    await vif.house.database.write(scope, (db) => insert(db, 'after the loss'));
    expect(await named('after the loss')).toBe(1);
  });

  it('knows that nothing was done where the connection is lost before', async () => {
    const lost = vif.house.database.write(scope, async (db) => {
      await insert(db, 'lost before');
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db);
      await vif.database.owner.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
      await insert(db, 'lost before');
    });
    await expect(lost).rejects.toMatchObject({ code: 'database_unavailable' });
    expect(await named('lost before')).toBe(0);
  });

  it('is done again after a deadlock, so that both of two succeed', async () => {
    await vif.house.database.write(scope, async (db) => {
      await insert(db, 'lock a');
      await insert(db, 'lock b');
    });
    const firstLocks = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const tries = [0, 0];
    const lockBoth = (mine: 0 | 1, order: readonly [string, string]) =>
      vif.house.database.write(scope, async (db) => {
        tries[mine] = (tries[mine] ?? 0) + 1;
        await sql`update app.organisations set city = ${`${mine}`} where name = ${order[0]}`.execute(db);
        firstLocks[mine]?.resolve();
        await firstLocks[1 - mine]?.promise;
        await sql`update app.organisations set city = ${`${mine}`} where name = ${order[1]}`.execute(db);
      });
    await Promise.all([lockBoth(0, ['lock a', 'lock b']), lockBoth(1, ['lock b', 'lock a'])]);
    expect((tries[0] ?? 0) + (tries[1] ?? 0)).toBeGreaterThan(2);
    const { rows } = await vif.database.owner.query(
      `select distinct city from data.organisations where name like 'lock _'`,
    );
    expect(rows).toHaveLength(1);
  });

  it('is done again after a serialization failure, and given up after five tries', async () => {
    const failUntil = (success: number) => {
      let tries = 0;
      return vif.house.database.write(scope, async (db) => {
        if (++tries < success)
          await sql`do $$begin raise exception 'again' using errcode = '40001'; end$$`.execute(db);
        return tries;
      });
    };
    expect(await failUntil(3)).toBe(3);
    await expect(failUntil(99)).rejects.toMatchObject({ code: '40001' });
  });
});

describe('connections', () => {
  it('that the server ends while they are idle are replaced unnoticed, or the answer is "not available"', async () => {
    await vif.database.owner.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename like 'vif_app_%'`,
    );
    const reads = Array.from({ length: 20 }, () =>
      vif.house.database
        .read(scope, (db) => sql<{ n: number }>`select 1 as n`.execute(db))
        .then(
          ({ rows }) => rows[0]?.n,
          (error: { code?: string }) => error.code,
        ),
    );
    for (const outcome of await Promise.all(reads)) expect([1, 'database_unavailable']).toContain(outcome);
    const { rows } = await vif.house.database.read(scope, (db) =>
      sql<{ n: number }>`select 1 as n`.execute(db),
    );
    expect(rows).toEqual([{ n: 1 }]);
  });

  it('that are all in use are waited for, but not for ever', async () => {
    const { app } = await ensureRoles(vif.database.owner, undefined);
    const small = new Database({
      connection: { ...vif.database.connection, ...app, connectionTimeoutMillis: 300 },
      poolSize: 1,
      onError: () => undefined,
      acknowledge: () => undefined,
      catalogues: new Catalogues(),
    });
    const release = Promise.withResolvers<void>();
    const holding = small.read(scope, () => release.promise);
    await expect(small.read(scope, async () => 'never')).rejects.toMatchObject({
      code: 'database_unavailable',
    });
    const waiting = small.read(scope, async () => 'in time');
    release.resolve();
    await holding;
    expect(await waiting).toBe('in time');
    await small.close();
  });

  it('that cannot be made are a database that is not available, in the reader’s words', async () => {
    const nowhere = new Database({
      connection: { host: '127.0.0.1', port: 1, user: randomUUID(), password: 'x' },
      poolSize: 1,
      onError: () => undefined,
      acknowledge: () => undefined,
      catalogues: new Catalogues(),
    });
    await expect(nowhere.read(scope, async () => 'never')).rejects.toMatchObject({
      code: 'database_unavailable',
      status: 503,
    });
    await nowhere.close();
  });
});
