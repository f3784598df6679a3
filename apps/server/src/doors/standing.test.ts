import { afterAll, beforeAll, expect, it } from 'vitest';
import { startVif, type TestVif } from '../testing/test-vif.ts';
import type { RequestContext } from './context.ts';
import { write } from './write.ts';

let vif: TestVif;
beforeAll(async () => {
  vif = await startVif();
});
afterAll(() => vif.close());

it('writes nothing for somebody whose role or membership went since their request began', async () => {
  const { id, manager, user } = await vif.workspace('Acme');
  const contextOf = (userId: string, role: RequestContext['role']): RequestContext => ({
    database: vif.house.database,
    requestId: 'test',
    language: 'en',
    user: { id: userId, name: '', email: '' },
    workspace: { id, name: 'Acme', country: 'FR' },
    role,
    sessionId: '',
  });
  const insert = (ctx: RequestContext) =>
    write(ctx, 'organisations.create', (db) =>
      db
        .insertInto('app.organisations')
        .values({ name: 'Late', owner_id: ctx.user.id, search_text: ' late', name_key: 'late' })
        .returning('id')
        .executeTakeFirstOrThrow(),
    );
  const count = async () => (await vif.database.owner.query('select from data.organisations')).rowCount;

  await expect(insert(contextOf(manager.userId, 'manager'))).resolves.toHaveProperty('id');
  await expect(insert(contextOf(user.userId, 'manager'))).rejects.toMatchObject({ code: 'not_signed_in' });
  await vif.database.owner.query('delete from data.organisations');
  await vif.database.owner.query('delete from auth.member where "userId" = $1', [manager.userId]);
  await expect(insert(contextOf(manager.userId, 'manager'))).rejects.toMatchObject({
    code: 'unknown_reference',
  });
  expect(await count()).toBe(0);
});
