import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TrackedDatabase } from './testing/tracked-database.ts';

let database: TrackedDatabase;
beforeAll(async () => {
  database = await TrackedDatabase.startEmpty();
});
afterAll(() => database.stop());

/** What an example prints, on a database of its own. */
async function printed(name: string): Promise<string[]> {
  const { host, port } = database.owner;
  await database.superuser.query(`create database "${name}" owner shop`);
  const program = join(import.meta.dirname, '../examples', `${name}.ts`);
  const url = `postgres://shop@${host}:${port}/${name}`;
  const { stdout } = await promisify(execFile)(process.execPath, [program, url]);
  return stdout.trimEnd().split('\n');
}

it('raw-pg does what it says', async () => {
  expect(await printed('raw-pg')).toEqual([
    '1 from load',
    '1 from memory',
    '1 from memory',
    '2 from load',
    'INSERT shop.orders',
  ]);
});

it('drizzle does what it says', async () => {
  expect(await printed('drizzle')).toEqual([
    'Ada: tea (from load)',
    'Ada: tea (from memory)',
    'Ada: tea (from memory)',
    'Ada L.: tea (from load)',
  ]);
});
