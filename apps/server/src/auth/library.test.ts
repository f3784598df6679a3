import { routes } from '@vif/contract';
import { getMigrations } from 'better-auth/db/migration';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startVif, type TestVif } from '../testing/test-vif.ts';

let vif: TestVif;
beforeAll(async () => {
  vif = await startVif();
});
afterAll(() => vif.close());

describe('the sign-in library', () => {
  it('misses no table and no column of its own', async () => {
    const { toBeCreated, toBeAdded } = await getMigrations(vif.house.auth.options);
    expect(toBeCreated).toEqual([]);
    expect(toBeAdded).toEqual([]);
  });

  it('would miss a column that is not there', async () => {
    await vif.database.owner.query('alter table auth.session rename column "userAgent" to "agent"');
    const { toBeAdded } = await getMigrations(vif.house.auth.options);
    expect(toBeAdded.map(({ table }) => table)).toEqual(['session']);
    await vif.database.owner.query('alter table auth.session rename column "agent" to "userAgent"');
  });

  it('is reached by no address but the contract’s own', async () => {
    const { admin } = await vif.workspace('Acme');
    const open = Object.values(routes).map(({ method, path }) => `${method} ${path}`);
    const endpoints = Object.values(vif.house.auth.api).flatMap((endpoint) =>
      'path' in endpoint && typeof endpoint.path === 'string' ? [endpoint.path] : [],
    );
    expect(endpoints.length).toBeGreaterThan(40);
    expect(endpoints).toContain('/sign-up/email');
    const body = { email: 'eve@evil.test', password: 'a long enough password', name: 'Eve' };
    for (const endpoint of [...endpoints, '/error', '/ok', '/', '']) {
      const path = `/api/auth${endpoint.replaceAll(/:\w+/g, 'x')}`;
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const) {
        if (open.includes(`${method} ${path}`)) continue;
        for (const ask of [vif, admin]) {
          const answer = await ask.ask(path, method === 'GET' ? {} : { method, body });
          const expected = open.some((place) => place.endsWith(` ${path}`)) ? 405 : 404;
          expect(answer.statusCode, `${method} ${path}`).toBe(expected);
          expect(answer.cookies).toEqual([]);
        }
      }
    }
    const { rowCount } = await vif.database.owner.query(`select from auth."user" where email like '%evil%'`);
    expect(rowCount).toBe(0);
  });

  it('signs nobody up, even where it is called past our routes', async () => {
    const answer = await vif.house.auth.handler(
      new Request('http://vif.test/api/auth/sign-up/email', {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: 'http://vif.test' },
        body: JSON.stringify({ email: 'eve@evil.test', password: 'a long enough password', name: 'Eve' }),
      }),
    );
    expect(answer.ok).toBe(false);
  });

  it('may not write who is a member of what', async () => {
    for (const table of ['member', 'organization', 'invitation']) {
      for (const statement of [
        `delete from auth.${table}`,
        `update auth.${table} set id = id`,
        `insert into auth.${table} default values`,
      ]) {
        await expect(vif.house.authPool.query(statement)).rejects.toMatchObject({ code: '42501' });
      }
    }
    for (const statement of [
      'select from data.people',
      'select from vif.secrets',
      'delete from vif.setup_tokens',
      'select from app.organisations',
    ]) {
      await expect(vif.house.authPool.query(statement)).rejects.toMatchObject({ code: '42501' });
    }
  });
});
