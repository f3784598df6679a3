import { afterAll, beforeAll, expect, it } from 'vitest';
import { TrackedDatabase } from '../testing/tracked-database.ts';
import { connectLease } from './lease-connection.ts';

let database: TrackedDatabase;
beforeAll(async () => {
  database = await TrackedDatabase.start('create table orders (id integer primary key)');
});
afterAll(() => database.stop());

it('has nothing compiled where PostgreSQL can: each look would take longer than the bound', async () => {
  const { host, port } = database.owner;
  const client = await connectLease({
    connection: { host, port, user: 'shop', database: 'shop' },
    onNotify: () => undefined,
    onLost: () => undefined,
  });
  try {
    const { rows } = await client.query('select current_setting($1) as jit', ['jit']);
    expect(rows).toEqual([{ jit: 'off' }]);
  } finally {
    await client.end();
  }
});
