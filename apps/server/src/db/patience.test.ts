import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startVif, type TestVif } from '../testing/test-vif.ts';

let vif: TestVif;
beforeAll(async () => {
  vif = await startVif();
});
afterAll(() => vif.close());

it('answers busy, in the reader’s language, when a record stays locked by something large', async () => {
  const { admin } = await vif.workspace('Acme');
  const made = await admin.ask('/api/v1/organisations', { body: { name: 'Locked' } });
  const { id } = made.json();
  await vif.database.owner.query('begin');
  await vif.database.owner.query('select from data.organisations where id = $1 for update', [id]);
  try {
    const answer = await admin.ask(`/api/v1/organisations/${id}`, {
      method: 'PATCH',
      body: { name: 'Waiting' },
      headers: { 'if-match': made.headers.etag ?? '', 'accept-language': 'fr' },
    });
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({ code: 'busy', title: 'Vif est occupé avec ces fiches' });
    expect(answer.headers['retry-after']).toBe('5');
  } finally {
    await vif.database.owner.query('rollback');
  }
}, 20_000);

it('bounds how long a read may run', async () => {
  const { id } = await vif.workspace('Bounded');
  const timeout = await vif.house.database.read({ workspaceId: id }, async (db) => {
    const { rows } = await sql<{
      value: string;
    }>`select current_setting('statement_timeout') as value`.execute(db);
    return rows[0]?.value;
  });
  expect(timeout).toBe('20s');
});
