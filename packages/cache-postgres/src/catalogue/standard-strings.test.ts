import { expect, it } from 'vitest';
import { understand } from '../dependencies/understand.ts';
import { TrackedDatabase } from '../testing/tracked-database.ts';
import { readCatalogue } from './read-catalogue.ts';

it('nothing is understood where a backslash is not itself', async () => {
  const database = await TrackedDatabase.start('create table t (s text primary key)');
  try {
    await database.owner.query(`select vif_cache.track('t', null, 's')`);
    const read = String.raw`select from t where s = 'a\\b'`;
    expect(understand(read, await readCatalogue(database.owner))).toMatchObject({ kind: 'read' });
    await database.owner.query('set standard_conforming_strings = off');
    expect(understand(read, await readCatalogue(database.owner))).toEqual({
      kind: 'refused',
      reason: 'the connection has standard_conforming_strings off',
    });
  } finally {
    await database.stop();
  }
});
