import { connect, createServer, type Server } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyDatabase, type TestDatabase } from '../testing/test-database.ts';
import { isConnectionFault } from './connection-faults.ts';
import { reachServer } from './reach-server.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await emptyDatabase();
});
afterAll(() => database.drop());

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server, 0);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function listen(server: Server, port: number): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  server.listen(port, '127.0.0.1', () => {
    const address = server.address();
    resolve(typeof address === 'object' && address !== null ? address.port : 0);
  });
  return promise;
}

/** The real server behind a port of ours, which it can be taken away from. */
function inFront(): Server {
  const { host = '', port = 5432 } = database.connection;
  return createServer((client) => {
    const server = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
    client.pipe(server).pipe(client);
    client.on('error', () => server.destroy());
    server.on('error', () => client.destroy());
  });
}

describe('reaching the database', () => {
  it('tries again until the server is there, and says why once', async () => {
    const port = await freePort();
    const said: string[] = [];
    const tried = Promise.withResolvers<void>();
    const reaching = reachServer({ ...database.connection, host: '127.0.0.1', port }, (sentence) => {
      said.push(sentence);
      tried.resolve();
    });
    await tried.promise;
    const server = inFront();
    await listen(server, port);
    const client = await reaching;
    expect((await client.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/cannot be reached \(.*ECONNREFUSED.*\)/);
    await client.end();
    server.close();
  });

  it('says why also where a name has several addresses and none answers', async () => {
    const port = await freePort();
    const stopped = new AbortController();
    const said: string[] = [];
    const reaching = reachServer(
      { ...database.connection, host: 'localhost', port },
      (sentence) => {
        said.push(sentence);
        stopped.abort();
      },
      stopped.signal,
    );
    await expect(reaching).rejects.toMatchObject({ name: 'AbortError' });
    expect(said[0]).toMatch(/\(.*ECONNREFUSED.*\)/);
  });

  it('stops trying when Vif stops', async () => {
    const stopped = new AbortController();
    const reaching = reachServer(
      { host: '127.0.0.1', port: await freePort() },
      () => stopped.abort(),
      stopped.signal,
    );
    await expect(reaching).rejects.toMatchObject({ name: 'AbortError' });
  });

  it.each([
    [{ password: 'wrong' }, /password authentication failed/],
    [{ user: 'nobody_here' }, /nobody_here/],
    [{ database: 'no_such_database' }, /"no_such_database" does not exist/],
  ])('gives up at once where trying again cannot help: %j', async (change, sentence) => {
    const said: string[] = [];
    const reaching = reachServer({ ...database.connection, ...change }, (one) => void said.push(one));
    await expect(reaching).rejects.toThrow(sentence);
    expect(said).toEqual([]);
  });

  it('refuses a server older than 15', async () => {
    // No such server is at hand: this one is made to say so by a function that comes before PostgreSQL's own.
    await database.owner.query(`
      create schema older;
      create function older.current_setting(text) returns text language sql as $$select '140012'$$;
      alter database ${database.connection.database ?? ''} set search_path = older, pg_catalog`);
    await expect(reachServer(database.connection, () => undefined)).rejects.toThrow(
      'Vif needs PostgreSQL 15 or newer; this one is 14.',
    );
    await database.owner.query(`alter database ${database.connection.database ?? ''} reset search_path`);
  });
});

describe('an error', () => {
  it.each(['57P01', '57P02', '57P03', '53300'])('%s of the server passes', (code) => {
    expect(isConnectionFault(Object.assign(new pg.DatabaseError('x', 1, 'error'), { code }))).toBe(true);
  });
  it.each(['28P01', '3D000', '42501', '0A000'])('%s of the server stays', (code) => {
    expect(isConnectionFault(Object.assign(new pg.DatabaseError('timeout', 1, 'error'), { code }))).toBe(
      false,
    );
  });
  it('of our own stays', () => {
    expect(isConnectionFault(new Error('Migration 0001 failed'))).toBe(false);
    expect(isConnectionFault('nothing')).toBe(false);
  });
});
