import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Asker, startVif, type TestVif } from '../testing/test-vif.ts';

let vif: TestVif;
let admin: Asker;
beforeAll(async () => {
  vif = await startVif();
  ({ admin } = await vif.workspace('Acme'));
});
afterAll(() => vif.close());

interface Person {
  readonly id: string;
  readonly organisationName: string | null;
  readonly organisationDeleted: boolean;
  readonly updatedAt: string;
  readonly phone: string | null;
  readonly phoneRaw: string | null;
}
const people = '/api/v1/people';
const organisations = '/api/v1/organisations';
const make = async (path: string, body: object) =>
  (await admin.ask(path, { body })).json<{ id: string }>().id;
const person = async (id: string) => (await admin.ask(`${people}/${id}`)).json<Person>();
const change = (path: string, body: object) =>
  admin.ask(path, { method: 'PATCH', body, headers: { 'if-match': '*' } });

describe('a person of an organisation', () => {
  it('stays when it goes into the bin, is marked, and is as before when it comes back', async () => {
    const organisation = await make(organisations, { name: 'Gravity' });
    const id = await make(people, { lastName: 'Ada', organisationId: organisation });
    const before = await person(id);
    await admin.ask(`${organisations}/${organisation}`, { method: 'DELETE' });
    expect(await person(id)).toEqual({ ...before, organisationDeleted: true });
    const { items } = (await admin.ask(`${people}?organisationId=${organisation}`)).json<{
      items: Person[];
    }>();
    expect(items).toMatchObject([{ id, organisationDeleted: true, organisationName: 'Gravity' }]);
    await admin.ask(`${organisations}/${organisation}/restore`, { method: 'POST' });
    expect(await person(id)).toEqual(before);
  });

  it('shows its new name after a rename, without having been edited themselves', async () => {
    const organisation = await make(organisations, { name: 'Before' });
    const [id, binned, other] = [
      await make(people, { lastName: 'Ada', organisationId: organisation }),
      await make(people, { lastName: 'Binned', organisationId: organisation }),
      await make(people, { lastName: 'Other' }),
    ];
    await admin.ask(`${people}/${binned}`, { method: 'DELETE' });
    const before = [await person(id), await person(binned), await person(other)];
    await change(`${organisations}/${organisation}`, { name: 'After' });
    const after = [await person(id), await person(binned), await person(other)];
    expect(after.map(({ organisationName }) => organisationName)).toEqual(['After', 'After', null]);
    expect(after.map(({ updatedAt }) => updatedAt)).toEqual(before.map(({ updatedAt }) => updatedAt));
  });

  it('shows the name of the one they move to, or none', async () => {
    const [first, second] = [
      await make(organisations, { name: 'First' }),
      await make(organisations, { name: 'Second' }),
    ];
    const id = await make(people, { lastName: 'Ada', organisationId: first });
    expect((await person(id)).organisationName).toBe('First');
    await change(`${people}/${id}`, { organisationId: second });
    expect((await person(id)).organisationName).toBe('Second');
    await change(`${people}/${id}`, { organisationId: null });
    expect((await person(id)).organisationName).toBeNull();
  });

  it('made while it is renamed has the name that it ends with', async () => {
    for (let round = 0; round < 10; round++) {
      const organisation = await make(organisations, { name: 'Before' });
      const [, id] = await Promise.all([
        change(`${organisations}/${organisation}`, { name: 'After' }),
        make(people, { lastName: 'Ada', organisationId: organisation }),
      ]);
      expect((await person(id)).organisationName).toBe('After');
    }
  });

  it('has a phone that is read with its country', async () => {
    const organisation = await make(organisations, { name: 'Gravity', country: 'BE' });
    const id = await make(people, { lastName: 'Ada', phone: '02 123 45 67', organisationId: organisation });
    expect(await person(id)).toMatchObject({ phone: '+3221234567', phoneRaw: '02 123 45 67' });
  });
});

describe('a phone', () => {
  it('is read again when the country changes, and kept as typed', async () => {
    const id = await make(organisations, { name: 'Gravity', phone: '020 7946 0958', country: 'GB' });
    const read = async () => (await admin.ask(`${organisations}/${id}`)).json<Person>();
    expect(await read()).toMatchObject({ phone: '+442079460958', phoneRaw: '020 7946 0958' });
    await change(`${organisations}/${id}`, { country: 'FR' });
    expect(await read()).toMatchObject({ phone: null, phoneRaw: '020 7946 0958' });
    await change(`${organisations}/${id}`, { country: 'GB' });
    expect(await read()).toMatchObject({ phone: '+442079460958', phoneRaw: '020 7946 0958' });
  });

  it.each([
    [organisations, 'name'],
    [people, 'lastName'],
  ])(
    'that cannot be one is refused in a form and does not block another field once it is there (%s)',
    async (path, required) => {
      const refused = await admin.ask(path, { body: { [required]: 'x', phone: 'call me' } });
      expect(refused.json()).toMatchObject({
        status: 400,
        errors: [{ path: ['phone'], code: 'invalid_phone' }],
      });
      const id = await make(path, { [required]: 'x' });
      const table = path === people ? 'people' : 'organisations';
      await vif.database.owner.query(`update data.${table} set phone_raw = 'call me' where id = $1`, [id]);
      expect((await change(`${path}/${id}`, { notes: 'edited' })).json()).toMatchObject({
        notes: 'edited',
        phoneRaw: 'call me',
        phone: null,
      });
      expect((await change(`${path}/${id}`, { phone: 'call me' })).json()).toMatchObject({
        errors: [{ code: 'invalid_phone' }],
      });
      expect((await change(`${path}/${id}`, { phone: '' })).json()).toMatchObject({
        phoneRaw: null,
        phone: null,
      });
    },
  );

  it('is found by what was typed even where it cannot be one', async () => {
    const id = await make(organisations, { name: 'Raw' });
    await change(`${organisations}/${id}`, { phone: '01 23 45 67 89' });
    const { items } = (await admin.ask(`${organisations}?q=${encodeURIComponent('23 45 67')}`)).json<{
      items: { id: string }[];
    }>();
    expect(items.map((one) => one.id)).toEqual([id]);
  });
});

describe('a field', () => {
  it('is left as it is when it is not sent, and emptied by null or blanks', async () => {
    const id = await make(organisations, { name: 'Gravity', city: 'Lyon', notes: 'a', email: 'a@b.example' });
    expect((await change(`${organisations}/${id}`, { notes: 'b' })).json()).toMatchObject({
      city: 'Lyon',
      notes: 'b',
      email: 'a@b.example',
    });
    expect(
      (await change(`${organisations}/${id}`, { city: null, notes: '  ', email: '' })).json(),
    ).toMatchObject({ city: null, notes: null, email: null });
    expect((await change(`${organisations}/${id}`, { name: '  ' })).json()).toMatchObject({
      errors: [{ path: ['name'], code: 'required' }],
    });
  });

  it('of nothing changes nothing, not even when it was last edited', async () => {
    const id = await make(organisations, { name: 'Gravity' });
    const before = await admin.ask(`${organisations}/${id}`);
    const after = await change(`${organisations}/${id}`, {});
    expect([after.body, after.headers.etag]).toEqual([before.body, before.headers.etag]);
  });

  it.each([
    0, 0.01, 0.1, 0.07, 1.15, 60_000_000, 1_234_567.89, 8_999_999_999_999.99, 9_999_999_999_999.99, 1e13,
  ])('of revenue holds %d to the cent', async (annualRevenue) => {
    const answer = await admin.ask(organisations, { body: { name: 'x', annualRevenue } });
    expect(answer.json().annualRevenue, answer.body).toBe(annualRevenue);
  });

  it.each([-1, -0.01, 0.001, 1e13 + 1, 1e300, '12', true])('of revenue refuses %j', async (annualRevenue) => {
    const answer = await admin.ask(organisations, { body: { name: 'x', annualRevenue } });
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ path: ['annualRevenue'] }] });
  });
});

describe('what looks like another', () => {
  it('is shown for other spellings of a name, and strangers are not', async () => {
    const names = [
      'Gravity Investments',
      'Gravel Invest',
      'Investments of Lyon',
      'Grand Hotel',
      'Boulangerie Dupont',
      'Dupond & Fils',
    ];
    const ids = new Map<string, string>();
    const fresh = (await vif.workspace('Likeness')).admin;
    for (const name of names)
      ids.set(name, (await fresh.ask(organisations, { body: { name } })).json<{ id: string }>().id);
    const like = async (name: string) =>
      (await fresh.ask(`${organisations}/duplicates?name=${encodeURIComponent(name)}`)).json<{
        items: { name: string; because: string[] }[];
      }>().items;
    for (const name of [
      'Gràvity Investment SARL',
      'GRAVITY INVESTMENTS',
      'gravity  investments S.A.',
      'Gravity Investmnets',
    ]) {
      expect(await like(name), name).toMatchObject([{ name: 'Gravity Investments', because: ['name'] }]);
    }
    for (const name of ['Gravity', 'Hotel du Lac', 'Lyon', 'Quantum', 'SARL', '***'])
      expect(await like(name), name).toEqual([]);
    const { items } = (
      await fresh.ask(
        `${organisations}/duplicates?name=Gravity%20Investments&except=${ids.get('Gravity Investments')}`,
      )
    ).json<{ items: [] }>();
    expect(items).toEqual([]);
  });

  it('is shown for the same e-mail, phone, website or SIREN, however they are typed, those with most in common first', async () => {
    const fresh = (await vif.workspace('Contacts')).admin;
    const body = {
      email: 'Hello@Gravity.example',
      phone: '06 12 34 56 78',
      website: 'gravity.example',
      siren: '732 829 320',
    };
    await fresh.ask(organisations, { body: { name: 'Alpha', ...body } });
    await fresh.ask(organisations, { body: { name: 'Beta', email: 'hello@gravity.example' } });
    const like = async (query: string) =>
      (await fresh.ask(`${organisations}/duplicates?${query}`)).json<{
        items: { name: string; because: string[] }[];
      }>().items;
    expect(await like('email=%20HELLO@gravity.EXAMPLE&phone=%2B33612345678')).toMatchObject([
      { name: 'Alpha', because: ['email', 'phone'] },
      { name: 'Beta', because: ['email'] },
    ]);
    expect(await like('website=HTTPS://Gravity.example/')).toMatchObject([
      { name: 'Alpha', because: ['website'] },
    ]);
    expect(await like('siren=732.829.320')).toMatchObject([{ name: 'Alpha', because: ['siren'] }]);
    expect(await like('siren=732829321&website=nonsense&phone=call%20me&email=x')).toEqual([]);
    expect(await like('')).toEqual([]);
  });

  it('is shown for people whatever the order of their names', async () => {
    await make(people, { firstName: 'Zoé', lastName: 'Müller' });
    const answer = await admin.ask(`${people}/duplicates?firstName=MULLER&lastName=zoe`);
    expect(answer.json()).toMatchObject({
      items: [{ firstName: 'Zoé', lastName: 'Müller', because: ['name'] }],
    });
  });
});
