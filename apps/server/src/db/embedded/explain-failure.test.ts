import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { explainFailure } from './explain-failure.ts';
import { programsIn } from './postgres-programs.ts';
import { choosePostgresUser } from './postgres-user.ts';
import { temporaryDataFolder } from './testing/temporary-data-folder.ts';
import { usablePrograms } from './usable-programs.ts';

const folder = temporaryDataFolder();

test.each([
  [
    'FATAL:  could not write lock file "postmaster.pid": No space left on device',
    /no space left on the disk/,
  ],
  [
    'could not resize shared memory segment "/PostgreSQL.1" to 8 bytes: No space left on device',
    /shared memory/,
  ],
  ['FATAL:  could not open file "global/pg_control": Permission denied', /belong to another user/],
  ['FATAL:  data directory "/d" has wrong ownership', /belong to another user/],
  ['initdb: error: could not create directory "/d": Read-only file system', /disk is read-only/],
  ['postgres: error while loading shared libraries: libicuuc.so.60', /does not run on this machine/],
  ['LOG:  could not bind IPv4 address "127.0.0.1": Address already in use', /could not listen/],
  ['FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use', /has not ended yet/],
  ['FATAL:  something nobody has seen', /The lines below say why/],
])('%s', (line, sentence) => {
  const refusal = explainFailure('PostgreSQL did not start', line, { logFile: '/data/postgres.log' });
  expect(refusal.code).toBe('database');
  expect(refusal.message).toMatch(sentence);
  expect(refusal.message).toContain(line);
  expect(refusal.message).toContain('/data/postgres.log');
});

test('the password is never in it', () => {
  const { message } = explainFailure('x', 'role password sEcret, again sEcret', { password: 'sEcret' });
  expect(message).not.toContain('sEcret');
});

test('a program that does not run on this machine is said in a sentence', async () => {
  const broken = programsIn(join(folder.parent, 'native'), '18.0.0');
  await mkdir(join(folder.parent, 'native', 'bin'), { recursive: true });
  await writeFile(broken.postgres, 'not a program', { mode: 0o755 });
  const user = await choosePostgresUser('');
  await expect(usablePrograms(broken, user, join(folder.parent, 'places'), () => {})).rejects.toThrow(
    /does not run on this machine: run "npm install" again here, or set DATABASE_URL/,
  );
});
