import { randomUUID } from 'node:crypto';
import { acknowledgingClient, type OutboxRow } from '@vif/cache-postgres';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../testing/test-database.ts';

let database: TestDatabase;
/** What was acknowledged, in order, each with what `gate` waited for. */
let acknowledged: (readonly Pick<OutboxRow, 'id' | 'tags'>[] | undefined)[];
/** Acknowledging waits for it. */
let gate: Promise<void>;
const open: (() => Promise<void>)[] = [];

const acknowledge = async (rows: readonly OutboxRow[] | undefined) => {
  acknowledged.push(rows?.map(({ id, tags }) => ({ id, tags })));
  await gate;
};
const Client = acknowledgingClient((rows) => acknowledge(rows));

beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.drop());
beforeEach(() => {
  [acknowledged, gate] = [[], Promise.resolve()];
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((end) => end()));
});

async function connected(config: pg.ClientConfig = {}): Promise<pg.Client> {
  const client = new Client({ ...database.connection, ...config });
  client.on('error', () => undefined);
  open.push(() => client.end());
  await client.connect();
  return client;
}
const insert = () =>
  `insert into auth.verification (identifier, value, "expiresAt") values ('${randomUUID()}', 'x', now())`;
const tags = ['*:auth.verification:any'];
const rows = (count: number): unknown[] =>
  Array.from({ length: count }, (): unknown =>
    expect.objectContaining({ id: expect.stringMatching(/^\d+$/), tags }),
  );

/** Whether a promise is settled before the database has answered another connection a few times. */
async function waits(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  const settle = () => void (settled = true);
  promise.then(settle, settle);
  await expect.poll(() => acknowledged.length, { timeout: 5_000 }).toBeGreaterThan(0);
  for (let i = 0; i < 5; i++) await database.owner.query('select 1');
  return !settled;
}

const count = async (text: string) => (await database.owner.query(text)).rowCount;

/** What the database was asked on this connection while `work` ran. */
async function statements(client: pg.Client, work: () => Promise<unknown>): Promise<string[]> {
  const sent: string[] = [];
  const { stream } = client.connection;
  const write = stream.write.bind(stream);
  stream.write = (chunk: unknown, ...rest: []) => {
    sent.push(String(chunk));
    return write(chunk, ...rest);
  };
  await work();
  stream.write = write;
  return sent;
}

describe.each([{ pipeline: false }, { pipeline: true }])('a client (pipeline: $pipeline)', ({ pipeline }) => {
  describe('answers only when the write was acknowledged', () => {
    const forms: [string, (client: pg.Client) => Promise<unknown>][] = [
      ['an autocommitted statement', (client) => client.query(insert())],
      ['parameters', (client) => client.query('delete from auth.verification where value = $1', ['x'])],
      ['settings', (client) => client.query({ name: 'a', text: insert(), values: [] })],
      ['a callback', (client) => new Promise((resolve) => client.query(insert(), resolve))],
      [
        'values and a callback',
        (client) => new Promise((resolve) => client.query(`${insert()} returning $1::int`, [1], resolve)),
      ],
      ['several statements in one', (client) => client.query(`${insert()}; select 1`)],
      ['a transaction in one', (client) => client.query(`begin; ${insert()}; commit`)],
      ['a function that is selected', (client) => client.query('select public.writing()')],
      ['a procedure that commits', (client) => client.query('call public.committing()')],
      [
        'COMMIT',
        async (client) => {
          await client.query('begin');
          await client.query(insert());
          await client.query('commit');
        },
      ],
      [
        'END in a comment’s company',
        async (client) => {
          await client.query('start transaction');
          await client.query(insert());
          await client.query('/* done */ end');
        },
      ],
      [
        'COMMIT AND CHAIN',
        async (client) => {
          await client.query('begin');
          await client.query(insert());
          await client.query('commit and chain');
        },
      ],
      [
        'everything sent at once',
        (client) => Promise.all(['begin', insert(), 'commit'].map((text) => client.query(text))),
      ],
    ];
    beforeAll(async () => {
      await database.owner.query(`
        create or replace function public.writing() returns int language plpgsql as $$ begin ${insert()}; return 1; end $$;
        create or replace procedure public.committing() language plpgsql as $$ begin ${insert()}; commit; end $$`);
    });

    it.each(forms)('%s', async (_, write) => {
      await database.owner.query(insert());
      const release = Promise.withResolvers<void>();
      gate = release.promise;
      const writing = write(await connected({ pipeline }));
      expect(await waits(writing)).toBe(true);
      release.resolve();
      await writing;
      expect(acknowledged).toHaveLength(1);
    });

    it('the library that makes the statements', async () => {
      const pool = new pg.Pool({ ...database.connection, Client, pipeline, max: 1 });
      const db = new Kysely<{ 'auth.verification': { identifier: string } }>({
        dialect: new PostgresDialect({ pool }),
      });
      open.push(() => db.destroy());
      for (const write of [
        () => db.deleteFrom('auth.verification').execute(),
        () => db.transaction().execute((trx) => sql.raw(insert()).execute(trx)),
        () => pool.query(insert()),
      ]) {
        await database.owner.query(insert());
        acknowledged = [];
        const release = Promise.withResolvers<void>();
        gate = release.promise;
        const writing = write();
        expect(await waits(writing)).toBe(true);
        release.resolve();
        await writing;
        expect(acknowledged).toEqual([rows(1)]);
      }
    });
  });

  it('tells each write once, and nobody else’s', async () => {
    const [one, other] = [await connected({ pipeline }), await connected({ pipeline })];
    await database.owner.query(insert());
    await one.query(insert());
    await other.query('begin');
    await other.query(insert());
    await other.query(insert());
    await one.query('select 1');
    await other.query('commit');
    await other.query('select 1');
    expect(acknowledged).toEqual([rows(1), rows(2)]);
  });

  it('tells a write from what a transaction sent behind it writes', async () => {
    const client = await connected({ pipeline });
    await Promise.all([insert(), 'begin', insert()].map((text) => client.query(text)));
    expect(acknowledged).toEqual([rows(1)]);
    await client.query('commit');
    expect(acknowledged).toEqual([rows(1), rows(1)]);
  });

  it.each([
    [
      'behind COMMIT AND CHAIN',
      ['begin', insert(), 'commit and chain', insert(), 'commit'],
      [undefined, rows(2)],
    ],
    [
      'behind a COMMIT in one text',
      ['begin', insert(), `commit; begin; ${insert()}`, 'commit'],
      [undefined, rows(2)],
    ],
    [
      'behind a text that failed half-way',
      ['begin', `${insert()}; commit; select 1 / 0`, insert()],
      [undefined],
    ],
    [
      'in a transaction that goes on after one',
      ['begin', insert(), 'savepoint s', `${insert()}; select 1 / 0`, 'rollback to s', 'commit'],
      [undefined],
    ],
    [
      'behind a failed statement',
      [insert(), `insert into auth.verification select`, insert()],
      [rows(1), rows(1)],
    ],
  ])('knows what was written %s, or says that it does not', async (_, texts, expected) => {
    const client = await connected({ pipeline });
    for (const text of texts) await client.query(text).catch(() => undefined);
    expect(acknowledged).toEqual(expected);
  });

  it('keeps no more than ten thousand rows of a transaction', async () => {
    const client = await connected({ pipeline });
    const many = (times: number) =>
      client.query(`do $do$ begin for i in 1..${times} loop ${insert()}; end loop; end $do$`);
    await many(10_000);
    await many(10_001);
    await client.query(insert());
    expect(acknowledged.map((written) => written?.length)).toEqual([10_000, undefined, 1]);
  });

  it('says that rows are unknown where the triggers do not tell of them', async () => {
    await database.owner.query('alter function vif_cache.tells rename to told');
    const client = await connected({ pipeline });
    await database.owner.query('alter function vif_cache.told rename to tells');
    await client.query('begin read only');
    await client.query('commit');
    expect(acknowledged).toEqual([]);
    await client.query(insert());
    expect(acknowledged).toEqual([undefined]);
  });

  it('lets other notices through, however loud the connection wants them', async () => {
    const client = await connected({ pipeline, options: '-c client_min_messages=error' });
    const noticed: (string | undefined)[] = [];
    client.on('notice', ({ message }) => noticed.push(message));
    await client.query(`do $$ begin raise info 'vif_cached'; end $$`);
    await client.query(insert());
    expect(acknowledged).toEqual([rows(1)]);
    expect(noticed).toEqual(['vif_cached']);
  });

  it('lends its connection to who acknowledges', async () => {
    const asked: unknown[] = [];
    const Asking = acknowledgingClient(async (written, client) => {
      asked.push(
        written?.map((row) => ({ id: row.id, tags: row.tags })),
        (await client.query('select 1 as one')).rows,
      );
    });
    const client = new Asking({ ...database.connection, pipeline });
    open.push(() => client.end());
    await client.connect();
    await client.query(insert());
    expect(asked).toEqual([rows(1), [{ one: 1 }]]);
  });

  it('answers a transaction’s statements without waiting', async () => {
    gate = new Promise(() => undefined);
    const client = await connected({ pipeline });
    await client.query('begin');
    expect((await client.query(insert())).rowCount).toBe(1);
    await client.query('rollback');
    expect(acknowledged).toEqual([]);
  });

  it('acknowledges nothing when COMMIT answers ROLLBACK', async () => {
    const client = await connected({ pipeline });
    await client.query('begin');
    await client.query(insert());
    await expect(client.query('select 1 / 0')).rejects.toThrow('division by zero');
    expect((await client.query('commit')).command).toBe('ROLLBACK');
    expect(acknowledged).toEqual([]);
  });

  it('passes errors on, whose stack leads to the caller', async () => {
    const client = await connected({ pipeline });
    const error = await client.query('select 1 / 0').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: '22012', stack: expect.stringContaining(import.meta.filename) });
    await client.query('create table public.late (id int unique deferrable initially deferred)');
    await client.query(`begin; insert into public.late values (1), (1)`);
    await expect(client.query('commit')).rejects.toMatchObject({ code: '23505' });
    await client.query('drop table public.late');
    expect(acknowledged).toEqual([]);
  });

  it('fails a write that could not be acknowledged', async () => {
    const Refusing = acknowledgingClient(() => Promise.reject(new Error('not now')));
    const client = new Refusing({ ...database.connection, pipeline });
    open.push(() => client.end());
    await client.connect();
    await expect(client.query(insert())).rejects.toThrow('not now');
  });

  it('fails a COMMIT whose connection goes before it is answered', async () => {
    await database.owner.query(`
      create table public.slow (id int);
      create function public.slowly() returns trigger language plpgsql as $$ begin perform pg_sleep(20); return null; end $$;
      create constraint trigger slowly after insert on public.slow initially deferred for each row execute function public.slowly()`);
    const client = await connected({ pipeline });
    await client.query('begin');
    await client.query(insert());
    await client.query('insert into public.slow values (1)');
    const committing = client.query('commit');
    const fault = committing.catch((reason: unknown) => reason);
    const asleep = `select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep'`;
    await expect.poll(() => count(asleep), { timeout: 5_000 }).toBe(1);
    expect(String(await fault)).toMatch(/terminat/);
    expect(acknowledged).toEqual([]);
    await database.owner.query('drop table public.slow; drop function public.slowly');
  });

  it('asks the database nothing of its own once it is connected', async () => {
    const client = await connected({ pipeline });
    const texts = ['begin', insert(), 'commit', insert(), 'begin read only', 'select 1', 'commit'];
    const sent = await statements(client, async () => {
      for (const text of texts) await client.query(text);
    });
    expect(sent).toHaveLength(texts.length);
    expect(acknowledged).toEqual([rows(1), rows(1)]);
  });

  it.each([
    ['BEGIN READ ONLY fails', ['begin read only isolation level nonsense', insert(), 'commit']],
    ['it becomes READ WRITE', ['begin read only', 'set transaction read write', insert(), 'commit']],
    ['it was open already', ['begin', insert(), 'begin read only', 'commit']],
    ['it ends unnoticed', ['begin read only', '/* x */ commit', '/* x */ begin', insert(), 'commit']],
    ['it ends within', ['begin read only', `commit; begin; ${insert()}`, 'commit']],
    ['it ends with more', ['begin read only', `commit; ${insert()}`]],
  ])('is not deceived when %s', async (_, texts) => {
    const client = await connected({ pipeline });
    await Promise.all(texts.map((text) => client.query(text).catch(() => undefined)));
    expect(acknowledged.filter(Boolean).at(-1)).toEqual(rows(1));
  });

  it('marks its connection in any form of settings', async () => {
    const { host = '', port = 5432, database: name = '', user = '', password } = database.connection;
    const address = new URL(`postgres:///${name}`);
    for (const [key, value] of Object.entries({ host, port, user, password, options: '-c search_path=auth' }))
      address.searchParams.set(key, String(value));
    const asked = `select current_setting('search_path') as path, current_setting('vif_cache.connection') as mark`;
    for (const client of [
      new Client(address.href),
      new Client({ connectionString: address.href, pipeline }),
      new Client({ ...database.connection, options: '-c search_path=auth', pipeline }),
    ]) {
      await client.connect();
      expect((await client.query(asked)).rows).toEqual([{ path: 'auth', mark: 'hears' }]);
      await client.end();
    }
  });

  it('refuses what sends itself where it could write', async () => {
    const client = await connected({ pipeline });
    expect(() => client.query(new pg.Query('select 1'))).toThrow('READ ONLY');
    await client.query('begin');
    expect(() => client.query(new pg.Query('select 1'))).toThrow('READ ONLY');
    await client.query('rollback');
    await client.query('begin read only');
    const query = client.query(new pg.Query<{ one: number }>('select 1 as one'));
    const seen = await new Promise((resolve) => query.on('row', resolve));
    expect(seen).toEqual({ one: 1 });
    await client.query('commit');
    expect(() => client.query(new pg.Query('select 1'))).toThrow('READ ONLY');
    // @ts-expect-error -- as a caller without types would
    expect(() => client.query(undefined)).toThrow('null or undefined query');
  });

  it('leaves the caller’s object as it was', async () => {
    const client = await connected({ pipeline });
    class Template {
      readonly values = [7];
      get text() {
        return 'select $1::int as seven';
      }
    }
    const template = Object.freeze(new Template());
    expect((await client.query(template)).rows).toEqual([{ seven: 7 }]);
    expect((await client.query({ text: 'select $1::int as x', rowMode: 'array' }, [8])).rows).toEqual([[8]]);
  });
});
