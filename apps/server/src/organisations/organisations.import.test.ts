import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importCsv, sendCsv } from '../testing/send-csv.ts';
import { type Asker, startVif, type TestVif } from '../testing/test-vif.ts';

/** A file that nobody here wrote, where somebody put it beside the repository; the next test says the same. */
const sample = resolve(import.meta.dirname, '../../../../..', 'shared/data/accounts.csv');
const absent = 'the folder shared/data is not beside the repository';

let vif: TestVif;
let admin: Asker;
beforeAll(async () => {
  vif = await startVif();
  ({ admin } = await vif.workspace('Acme'));
});
afterAll(() => vif.close());

const path = '/api/v1/organisations';
const list = async (query: string, asker = admin) =>
  (await asker.ask(`${path}?${query}`)).json<{ total: number; items: { id: string; updatedAt: string }[] }>();
async function find(q: string, asker = admin): Promise<Record<string, unknown>> {
  const { items } = await list(`q=${encodeURIComponent(q)}`, asker);
  expect(items, q).toHaveLength(1);
  return (await asker.ask(`${path}/${items[0]?.id}`)).json();
}

describe('a Salesforce export', () => {
  it('of 423 organisations is imported, and again makes none', async ({ skip }) => {
    skip(!existsSync(sample), absent);
    const { manager } = await vif.workspace('Sample');
    const csv = await readFile(sample);
    const first = await importCsv(manager, 'organisations', csv);
    expect(first).toMatchObject({ rows: 423, created: 423, updated: 0, unchanged: 0, rejected: [] });
    expect((await list('', manager)).total).toBe(423);
    expect(await find('gràvity', manager)).toMatchObject({ name: 'Gravity Investments' });
    const again = await importCsv(manager, 'organisations', csv);
    expect(again).toMatchObject({ rows: 423, created: 0, updated: 0, unchanged: 423, rejected: [] });
    expect((await list('', manager)).total).toBe(423);
  });

  it('becomes fields', async () => {
    const lines = [
      '"ID","NAME","BILLINGSTREET","BILLINGCITY","BILLINGSTATE","BILLINGPOSTALCODE","BILLINGCOUNTRY","PHONE","INDUSTRY","ANNUALREVENUE","RATING"',
      '"001x1","Gravity Investments","150 Palmer Drive","FORT COLLINS","CO","80525","USA","(970) 555-1234","Banking","6.0E7","Hot"',
      '"001x2","Étoile","","","","","","","","",""',
    ];
    const answer = await importCsv(admin, 'organisations', lines);
    expect(answer).toMatchObject({ rows: 2, created: 2, separator: ',', rejected: [], warnings: [] });
    expect(answer.columns.filter(({ field }) => field === null)).toEqual([{ column: 'RATING', field: null }]);
    expect(await find('gravity')).toMatchObject({
      name: 'Gravity Investments',
      address: '150 Palmer Drive, CO',
      city: 'FORT COLLINS',
      postalCode: '80525',
      country: 'US',
      phone: '+19705551234',
      phoneRaw: '(970) 555-1234',
      category: 'Banking',
      annualRevenue: 60_000_000,
      externalId: '001x1',
      active: true,
      ownerId: admin.userId,
    });
    expect(await find('etoile')).toMatchObject({ name: 'Étoile', country: null, annualRevenue: null });
  });
});

describe('importing again', () => {
  it('changes only the columns that the file has, and only rows that differ', async () => {
    const head = 'ID;Nom;E-mail;Ville;CA';
    await importCsv(admin, 'organisations', [
      head,
      'a1;Alpha;a@alpha.example;Rennes;1000',
      'a2;Beta;;Brest;',
    ]);
    const alpha = await find('alpha');
    const written = () =>
      vif.database.owner
        .query<{ xmin: string }>(`select xmin from data.organisations where external_id = 'a1'`)
        .then(({ rows }) => rows);
    const before = await written();
    const answer = await importCsv(admin, 'organisations', [
      'ID;Nom;Ville',
      'a1;Alpha;Rennes',
      'a2;Beta;Nantes',
    ]);
    expect(answer).toMatchObject({ created: 0, updated: 1, unchanged: 1 });
    expect(await find('alpha')).toEqual(alpha);
    expect(await written()).toEqual(before);
    expect(await find('beta')).toMatchObject({ city: 'Nantes' });

    const blank = await importCsv(admin, 'organisations', ['ID;Nom;E-mail;CA', 'a1;Alpha;;2000']);
    expect(blank).toMatchObject({ updated: 1 });
    expect(await find('alpha')).toMatchObject({ email: null, city: 'Rennes', annualRevenue: 2000 });
    expect((await list('q=a@alpha.example')).total).toBe(0);
  });

  it('restores what is in the bin', async () => {
    await importCsv(admin, 'organisations', ['ID,Name', 'r1,Restored']);
    const { id } = await find('restored');
    await admin.ask(`${path}/${String(id)}`, { method: 'DELETE' });
    const answer = await importCsv(admin, 'organisations', [
      'ID,Name,City',
      'r1,Restored,Lyon',
      'r2,New,Lyon',
    ]);
    expect(answer).toMatchObject({ rows: 2, created: 1, restored: 1, updated: 0 });
    expect(await find('restored')).toMatchObject({ id, city: 'Lyon', deletedAt: null });
  });

  it('creates rows without an external id each time', async () => {
    for (const total of [1, 2]) {
      expect(await importCsv(admin, 'organisations', ['ID,Name', ',Nameless id'])).toMatchObject({
        created: 1,
      });
      expect((await list('q=nameless')).total).toBe(total);
    }
  });
});

describe('rows', () => {
  it('that cannot be taken are told one by one in the reader’s language, and the others are taken', async () => {
    const lines = [
      'Code client;Raison sociale;Courriel;SIREN;CA;Actif;Notes',
      'b1;Bonne;ok@bonne.example;732 829 320;12,5 M€;non;',
      'b2;;;;;;',
      'b3;Trois;pas un e-mail;123456789;;;',
      'b4;Quatre;;;1,234;;',
      'b5;Cinq;;;-5;peut-être;',
      'b6;Six;;',
      'b7;Sept;;;;;;trop',
      'b1;Encore;;;;;',
      `b8;Huit;;;;;${'x'.repeat(20_001)}`,
    ];
    const answer = await importCsv(admin, 'organisations', lines, { language: 'fr' });
    expect(answer).toMatchObject({ rows: 9, created: 1, separator: ';' });
    expect(answer.rejected.map(({ line, column, code }) => [line, column, code])).toEqual([
      [3, 'Raison sociale', 'required'],
      [4, 'Courriel', 'invalid_email'],
      [5, 'CA', 'ambiguous_number'],
      [6, 'Actif', 'invalid_flag'],
      [7, null, 'too_few_cells'],
      [8, null, 'too_many_cells'],
      [9, 'Code client', 'duplicate_external_id'],
      [10, 'Notes', 'too_big'],
    ]);
    expect(answer.rejected[0]?.reason).toBe('À remplir');
    expect(answer.rejected[1]).toMatchObject({
      reason:
        'Ce n’est pas une adresse e-mail; SIREN: Ce n’est pas un SIREN : neuf chiffres dont la clé est juste',
      cells: ['b3', 'Trois', 'pas un e-mail', '123456789', '', '', ''],
    });
    expect(answer.rejected[3]?.reason).toMatch(/^« peut-être » n’est ni oui ni non; CA: /);
    expect(answer.rejected[6]?.reason).toBe('La ligne 2 a le même identifiant externe, « b1 »');
    expect(await find('bonne')).toMatchObject({
      siren: '732829320',
      annualRevenue: 12_500_000,
      active: false,
    });
  });

  it('are kept with a warning for a phone, a country or an owner that cannot be read', async () => {
    const head = 'ID,Name,Phone,Country,Owner';
    const first = await importCsv(admin, 'organisations', [head, 'w1,Warned,12,Belgium,']);
    expect(first.warnings).toMatchObject([{ line: 2, column: 'Phone', code: 'impossible_phone' }]);
    const answer = await importCsv(admin, 'organisations', [
      head,
      'w1,Warned,n/a,Atlantis,Nobody',
      'w2,Second,02 512 34 56,Belgique,USER OF ACME',
    ]);
    expect(answer).toMatchObject({ rows: 2, created: 1, updated: 1, rejected: [], warningTotal: 3 });
    expect(answer.warnings.map(({ line, column, code, reason }) => [line, column, code, reason])).toEqual([
      [2, 'Country', 'unknown_country', '“Atlantis” is no country that is known; it was left out'],
      [2, 'Owner', 'unknown_owner', '“Nobody” is no member’s name or e-mail; the owner was left as it is'],
      [2, 'Phone', 'impossible_phone', '“n/a” is not a possible phone number; it was kept as it is'],
    ]);
    expect(await find('warned')).toMatchObject({
      phone: null,
      phoneRaw: 'n/a',
      country: 'BE',
      ownerId: admin.userId,
    });
    expect(await find('second')).toMatchObject({
      phone: '+3225123456',
      country: 'BE',
      ownerName: 'user of Acme',
    });
  });
});

it('leaves one audit entry, of the import', async () => {
  const count = async () =>
    (
      await vif.database.owner.query<{ total: string }>(
        `select count(*) as total from data.audit_entries where operation = 'organisations.import'`,
      )
    ).rows[0]?.total;
  const before = Number(await count());
  await importCsv(admin, 'organisations', ['Name', 'Audited 1', 'Audited 2']);
  expect(Number(await count())).toBe(before + 1);
});

it('says what would be a name when no column is', async () => {
  const answer = await sendCsv(admin, 'organisations', ['Foo,Bar', '1,2'], { file: 'comptes.csv' });
  expect(answer.statusCode).toBe(400);
  expect(answer.json()).toMatchObject({ code: 'invalid_csv' });
  expect(answer.json().detail).toMatch(
    /^comptes.csv: No column holds the organisation’s name. Call one of them: Name, .*Raison sociale.* Nothing was imported.$/,
  );
});
