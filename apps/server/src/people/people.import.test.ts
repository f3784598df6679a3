import { afterAll, beforeAll, expect, it } from 'vitest';
import { importCsv } from '../testing/send-csv.ts';
import { type Asker, startVif, type TestVif } from '../testing/test-vif.ts';

let vif: TestVif;
let admin: Asker;
beforeAll(async () => {
  vif = await startVif();
  ({ admin } = await vif.workspace('Acme'));
  const { admin: stranger } = await vif.workspace('Other');
  await importCsv(stranger, 'organisations', ['ID,Name', '1,Étrangère', '9,Only there']);
  await importCsv(admin, 'organisations', [
    'ID,Name,Country',
    '1,L’Étoile SARL,BE',
    '2,Twin,FR',
    '3,Twin,FR',
    '4,Binned,FR',
    '5,Étoile,FR',
  ]);
  const { items } = (await admin.ask('/api/v1/organisations?q=binned')).json();
  await admin.ask(`/api/v1/organisations/${items[0].id}`, { method: 'DELETE' });
});
afterAll(() => vif.close());

async function find(q: string): Promise<Record<string, unknown>> {
  const { items } = (await admin.ask(`/api/v1/people?q=${encodeURIComponent(q)}`)).json();
  expect(items, q).toHaveLength(1);
  return (await admin.ask(`/api/v1/people/${items[0].id}`)).json();
}

it('finds the organisation by its external id, else by its name when one is called so', async () => {
  const answer = await importCsv(admin, 'people', [
    'ID,ACCOUNTID,Account Name,FIRSTNAME,LASTNAME,TITLE,EMAIL,PHONE',
    'p1,1,,Anne,Un,Directrice,anne@un.example,02 512 34 56',
    'p2,,l etoile sarl,Bob,Deux,,,02 512 34 56',
    'p3,,Twin,Cleo,Trois,,,',
    'p4,,Unknown,Dan,Quatre,,,01 42 68 53 00',
    'p5,4,,Eve,Cinq,,,',
    'p6,9,Only there,Fay,Six,,,',
    'p7,9,ETOILE,Gus,Sept,,,',
    'p8,,,Hal,Huit,,,',
  ]);
  expect(answer).toMatchObject({ rows: 8, created: 8, rejected: [], warningTotal: 4 });
  expect(answer.warnings.map(({ line, column, code }) => [line, column, code])).toEqual([
    [4, 'Account Name', 'ambiguous_organisation'],
    [5, 'Account Name', 'unknown_organisation'],
    [6, 'ACCOUNTID', 'binned_organisation'],
    [7, 'Account Name', 'unknown_organisation'],
  ]);
  expect(await find('un anne')).toMatchObject({
    firstName: 'Anne',
    lastName: 'Un',
    jobTitle: 'Directrice',
    email: 'anne@un.example',
    organisationName: 'L’Étoile SARL',
    phone: '+3225123456',
    externalId: 'p1',
    ownerId: admin.userId,
  });
  expect(await find('deux')).toMatchObject({ organisationName: 'L’Étoile SARL', phone: '+3225123456' });
  expect(await find('trois')).toMatchObject({ organisationId: null });
  expect(await find('quatre')).toMatchObject({ organisationId: null, phone: '+33142685300' });
  expect(await find('cinq')).toMatchObject({ organisationName: 'Binned', organisationDeleted: true });
  expect(await find('six')).toMatchObject({ organisationId: null });
  expect(await find('sept')).toMatchObject({ organisationName: 'Étoile' });
});

it('keeps the organisation that a row cannot name, and reads a changed phone with its country', async () => {
  await importCsv(admin, 'people', ['ID,ACCOUNTID,Last Name', 'k1,1,Kept']);
  const named = await importCsv(admin, 'people', [
    'ID,Last Name,Company,Phone',
    'k1,Kept,Nowhere,02 512 34 57',
  ]);
  expect(named).toMatchObject({ updated: 1, warningTotal: 1 });
  expect(await find('kept')).toMatchObject({ organisationName: 'L’Étoile SARL', phone: '+3225123457' });
  expect(await importCsv(admin, 'people', ['ID,Last Name', 'k1,Kept'])).toMatchObject({ unchanged: 1 });
  expect(await importCsv(admin, 'people', ['ID,Last Name,Company', 'k1,Kept,'])).toMatchObject({
    updated: 1,
  });
  expect(await find('kept')).toMatchObject({ organisationId: null, organisationName: null });
});

it('leaves a phone that the file does not have when the organisation has moved since', async () => {
  await importCsv(admin, 'organisations', ['ID,Name,Country', 'mo,Moving,BE']);
  await importCsv(admin, 'people', ['ID,Last Name,Account ID,Phone', 'mv,Mover,mo,02 512 34 58']);
  await importCsv(admin, 'organisations', ['ID,Name,Country', 'mo,Moving,FR']);
  const answer = await importCsv(admin, 'people', ['ID,Last Name,Account ID', 'mv,Mover,mo']);
  expect(answer).toMatchObject({ unchanged: 1 });
  expect(await find('mover')).toMatchObject({ phone: '+3225123458', phoneRaw: '02 512 34 58' });
  await importCsv(admin, 'people', ['ID,Last Name,Phone', 'mv,Mover,02 99 12 34 56']);
  expect(await find('mover')).toMatchObject({ phone: '+33299123456' });
});

it('rejects a person without a last name, and updates, restores and creates the others', async () => {
  const head = 'Identifiant;Prénom;Nom;Fonction';
  await importCsv(admin, 'people', [head, 'm1;Ana;Méli;Achats', 'm2;Ben;Mélo;Ventes']);
  const { id } = await find('mélo');
  await admin.ask(`/api/v1/people/${String(id)}`, { method: 'DELETE' });
  const answer = await importCsv(admin, 'people', [
    head,
    'm1;Ana;Méli;Paie',
    'm2;Ben;Mélo;Ventes',
    'm3;;;',
    'm4;;Mélu;',
  ]);
  expect(answer).toMatchObject({ rows: 4, created: 1, updated: 1, restored: 1, unchanged: 0 });
  expect(answer.rejected).toMatchObject([
    { line: 4, column: 'Nom', code: 'required', reason: 'Fill this in' },
  ]);
  expect(await find('méli')).toMatchObject({ jobTitle: 'Paie' });
  expect(await find('mélo')).toMatchObject({ id, deletedAt: null });
});
