import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Asker, startVif, type TestVif } from '../testing/test-vif.ts';

let vif: TestVif;
let admin: Asker;
beforeAll(async () => {
  vif = await startVif();
  ({ admin } = await vif.workspace('Acme'));
});
afterAll(() => vif.close());

const path = '/api/v1/organisations';
const make = async (body: object) => (await admin.ask(path, { body })).json<{ id: string; name: string }>();

describe('organisations', () => {
  it('are found by words without accents or case, and by pieces of a phone number', async () => {
    const { id } = await make({
      name: 'Gràvity Œuvres SARL',
      phone: '06 12 34 56 78',
      email: 'hello@gravity.example',
    });
    for (const q of [
      'GRAVITY',
      'grav oeuv',
      'œuvres',
      'hello@gravity',
      '06 12 34',
      '+33 6 12',
      '0612345678',
      'gr',
    ]) {
      const answer = await admin.ask(`${path}?q=${encodeURIComponent(q)}`);
      const { items } = answer.json<{ items: { id: string }[] }>();
      expect(
        items.map((one) => one.id),
        q,
      ).toEqual([id]);
    }
    expect((await admin.ask(`${path}?q=gravityx`)).json().total).toBe(0);
  });

  it('are changed only from their newest version', async () => {
    const { id } = await make({ name: 'First' });
    const etag = (await admin.ask(`${path}/${id}`)).headers.etag ?? '';
    const change = (name: string, version: string) =>
      admin.ask(`${path}/${id}`, { method: 'PATCH', body: { name }, headers: { 'if-match': version } });
    const first = await change('Second', etag);
    expect(first.statusCode).toBe(200);
    const late = await change('Third', etag);
    expect(late.statusCode).toBe(412);
    expect(late.json()).toMatchObject({ code: 'version_outdated', current: { name: 'Second' } });
    expect(late.headers.etag).toBe(first.headers.etag);
    expect((await change('Third', late.headers.etag ?? '')).statusCode).toBe(200);
    const without = await admin.ask(`${path}/${id}`, { method: 'PATCH', body: { name: 'x' } });
    expect(without.json().code).toBe('version_required');
  });
});
