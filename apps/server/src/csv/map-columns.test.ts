import { organisationInput } from '@vif/contract/organisations';
import { personInput } from '@vif/contract/people';
import { describe, expect, it } from 'vitest';
import { type ColumnSpellings, mapColumns } from './map-columns.ts';
import { organisationColumns } from './organisation-columns.ts';
import { personColumns } from './person-columns.ts';
import { spellingKey } from './spelling-key.ts';

function fieldsOf<F extends string>(header: readonly string[], columns: ColumnSpellings<F>) {
  return mapColumns(header, columns).columns.map(({ field }) => field);
}

describe('headers of', () => {
  it("Salesforce's accounts", () => {
    const header =
      'ID,NAME,TYPE,BILLINGSTREET,BILLINGCITY,BILLINGSTATE,BILLINGPOSTALCODE,BILLINGCOUNTRY,PHONE,FAX,WEBSITE,' +
      'INDUSTRY,ANNUALREVENUE,NUMBEROFEMPLOYEES,DESCRIPTION,OWNERID,SHIPPINGSTREET,SHIPPINGCITY,SIREN__C';
    expect(mapColumns(header.split(','), organisationColumns).columns).toEqual([
      { column: 'ID', field: 'externalId' },
      { column: 'NAME', field: 'name' },
      { column: 'TYPE', field: null },
      { column: 'BILLINGSTREET', field: 'address' },
      { column: 'BILLINGCITY', field: 'city' },
      { column: 'BILLINGSTATE', field: 'address' },
      { column: 'BILLINGPOSTALCODE', field: 'postalCode' },
      { column: 'BILLINGCOUNTRY', field: 'country' },
      { column: 'PHONE', field: 'phone' },
      { column: 'FAX', field: null },
      { column: 'WEBSITE', field: 'website' },
      { column: 'INDUSTRY', field: 'category' },
      { column: 'ANNUALREVENUE', field: 'annualRevenue' },
      { column: 'NUMBEROFEMPLOYEES', field: null },
      { column: 'DESCRIPTION', field: 'notes' },
      { column: 'OWNERID', field: null },
      { column: 'SHIPPINGSTREET', field: null },
      { column: 'SHIPPINGCITY', field: null },
      { column: 'SIREN__C', field: 'siren' },
    ]);
  });

  it("Salesforce's contacts", () => {
    const header = [
      'ID',
      'ACCOUNTID',
      'FIRSTNAME',
      'LASTNAME',
      'TITLE',
      'EMAIL',
      'PHONE',
      'MOBILEPHONE',
      'ISDELETED',
    ];
    expect(fieldsOf(header, personColumns)).toEqual([
      'externalId',
      'organisationExternalId',
      'firstName',
      'lastName',
      'jobTitle',
      'email',
      'phone',
      'phone',
      null,
    ]);
  });

  it('HubSpot', () => {
    const companies = [
      'Record ID',
      'Company name',
      'Company owner',
      'Phone Number',
      'Street Address',
      'Street Address 2',
    ];
    expect(
      fieldsOf([...companies, 'State/Region', 'Country/Region', 'Website URL'], organisationColumns),
    ).toEqual([
      'externalId',
      'name',
      'owner',
      'phone',
      'address',
      'address',
      'address',
      'country',
      'website',
    ]);
  });

  it('French spreadsheets, whatever accents, case and punctuation', () => {
    const header = [
      'raison_sociale',
      'CODE POSTAL',
      'Ville ',
      'Pays',
      'Courriel',
      'telephone',
      'N° SIREN',
      'Actif ?',
    ];
    expect(
      fieldsOf(
        [...header, 'Chiffre d’affaires (€)', "SECTEUR D'ACTIVITE", 'Propriétaire'],
        organisationColumns,
      ),
    ).toEqual([
      'name',
      'postalCode',
      'city',
      'country',
      'email',
      'phone',
      'siren',
      'active',
      'annualRevenue',
      'category',
      'owner',
    ]);
    expect(fieldsOf(['Nom', 'Prénom', 'Fonction', 'Société', 'Portable'], personColumns)).toEqual([
      'lastName',
      'firstName',
      'jobTitle',
      'organisationName',
      'phone',
    ]);
  });

  it('the contract itself', () => {
    const organisation = Object.keys(organisationInput.shape).filter((key) => key !== 'ownerId');
    expect(fieldsOf(organisation, organisationColumns)).toEqual(organisation);
    const person = Object.keys(personInput.shape).filter(
      (key) => key !== 'ownerId' && key !== 'organisationId',
    );
    expect(fieldsOf(person, personColumns)).toEqual(person);
  });

  it('revenue in thousands are not taken for euros', () => {
    expect(fieldsOf(['Nom', "Chiffre d'affaires (k€)", 'CA en milliers'], organisationColumns)).toEqual([
      'name',
      null,
      null,
    ]);
  });
});

describe('a row', () => {
  it('gives trimmed text by field: blank where the file says so, absent where it has no column', () => {
    const map = mapColumns(['Name', 'Phone', '', 'Unknown'], organisationColumns);
    expect(map.values([' Vif ', '  ', 'x', 'y'])).toEqual({ name: 'Vif', phone: '' });
    expect(map.values(['Vif'])).toEqual({ name: 'Vif', phone: '' });
  });

  it('takes the likeliest column that is not blank, then the leftmost', () => {
    const map = mapColumns(['MobilePhone', 'LastName', 'Phone', 'Phone'], personColumns);
    expect(map.values(['m', 'x', 'a', 'b']).phone).toBe('a');
    expect(map.values(['m', 'x', ' ', 'b']).phone).toBe('b');
    expect(map.values(['m', 'x', '', '']).phone).toBe('m');
    expect(map.columnOf('phone')).toBe('Phone');
    expect(map.columnOf('email')).toBeNull();
    const named = mapColumns(['Company', 'NAME'], organisationColumns);
    expect(named.values(['a', 'b']).name).toBe('b');
    expect(named.columnOf('name')).toBe('NAME');
  });

  it('joins street, second line and state to one address', () => {
    const map = mapColumns(['Name', 'BillingState', 'BillingStreet', 'Address 2'], organisationColumns);
    expect(map.values(['a', 'CO', '150 Palmer Drive', 'Suite 3']).address).toBe(
      '150 Palmer Drive, Suite 3, CO',
    );
    expect(map.values(['a', '', '150 Palmer Drive', '']).address).toBe('150 Palmer Drive');
    expect(map.values(['a', '', '', '']).address).toBe('');
  });
});

describe('a header without the column that no record can do without', () => {
  it('is refused with the spellings that would do', () => {
    expect(() => mapColumns(['Ville', ''], organisationColumns)).toThrow(
      expect.objectContaining({
        problem: {
          code: 'missing_column',
          field: 'name',
          spellings: expect.arrayContaining(['Name', 'Raison sociale']),
        },
      }),
    );
    expect(() => mapColumns(['Prénom'], personColumns)).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({ code: 'missing_column', field: 'lastName' }),
      }),
    );
  });
});

describe('the spellings', () => {
  it.each([
    ['organisations', organisationColumns],
    ['people', personColumns],
  ])('of %s name one field each, and none is what rejected rows add', (_, { fields }) => {
    const keys = Object.entries(fields).flatMap(([, spellings]) => [
      ...new Set(('joined' in spellings ? spellings.joined.flat() : spellings).map(spellingKey)),
    ]);
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
    expect(keys).not.toContain('');
    expect(keys).not.toContain('line');
    expect(keys).not.toContain('reason');
  });
});
