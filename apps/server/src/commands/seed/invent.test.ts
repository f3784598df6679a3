import { base, Faker, fr } from '@faker-js/faker';
import { organisationInput } from '@vif/contract/organisations';
import { personInput } from '@vif/contract/people';
import { isSiren } from '@vif/contract/siren';
import { expect, it } from 'vitest';
import { inventSiren, slug, typedPhone, weightedChoice } from './invent.ts';
import { organisationInventor } from './invent-organisations.ts';
import { personInventor } from './invent-people.ts';

const seeded = () => new Faker({ locale: [fr, base], seed: 42 });
const ownerId = '3f0a4a3e-6d6b-4b3c-9f57-0a4f0d6d1b11';
const invent = (count: number) => {
  const make = organisationInventor(seeded(), () => ownerId);
  return Array.from({ length: count }, (_, at) => make(`E${at}`));
};

it('invents the same for the same seed', () => {
  expect(invent(50)).toEqual(invent(50));
});

it('invents organisations that a form could have sent, with phones of E.164 and some blanks', () => {
  const all = invent(2000).map(({ columns }) => columns);
  for (const { phone, phone_raw, ...columns } of all) {
    expect(
      phone === null ? phone_raw : /^\+(33[1-5]\d{8}|32\d{8}|41\d{9}|352\d{6})$/.test(phone),
      String(phone),
    ).not.toBe(false);
    const form = {
      name: columns.name,
      category: columns.category,
      email: columns.email,
      website: columns.website,
      address: columns.address,
      postalCode: columns.postal_code,
      city: columns.city,
      country: columns.country,
      siren: columns.siren,
      annualRevenue: columns.annual_revenue,
      notes: columns.notes,
      externalId: columns.external_id,
    };
    expect(organisationInput.parse(form)).toEqual(form);
  }
  for (const field of ['email', 'phone', 'siren', 'annual_revenue', 'website'] as const) {
    const blank = all.filter((columns) => columns[field] === null).length / all.length;
    expect(blank, field).toBeGreaterThan(0.1);
    expect(blank, field).toBeLessThan(0.6);
  }
  const inParis = all.filter(({ city }) => city === 'Paris').length;
  expect(inParis).toBeGreaterThan(all.filter(({ city }) => city === 'Vannes').length * 4);
});

it('invents people of those organisations', () => {
  const employers = [{ id: ownerId, ownerId, domain: 'atelier-martin-7.example' }];
  const make = personInventor(seeded(), employers, () => ownerId);
  const all = Array.from({ length: 500 }, (_, at) => make(`E${at}`));
  for (const { first_name, last_name, email, job_title, external_id } of all) {
    const form = {
      firstName: first_name,
      lastName: last_name,
      email,
      jobTitle: job_title,
      externalId: external_id,
    };
    expect(personInput.parse(form)).toEqual(form);
  }
  expect(all.filter(({ organisation_id }) => organisation_id !== null).length).toBeGreaterThan(400);
  const alone = personInventor(seeded(), [], () => ownerId)('E1');
  expect(alone.organisation_id).toBeNull();
});

it('invents SIRENs that are some', () => {
  const faker = seeded();
  for (let time = 0; time < 500; time++) expect(isSiren(inventSiren(faker))).toBe(true);
});

it('chooses by weight', () => {
  const choose = weightedChoice(seeded(), [
    { name: 'never', weight: 0 },
    { name: 'often', weight: 9 },
    { name: 'seldom', weight: 1 },
  ]);
  const chosen = Array.from({ length: 1000 }, () => choose().name);
  expect(chosen).not.toContain('never');
  expect(chosen.filter((name) => name === 'seldom').length).toBeGreaterThan(50);
  expect(chosen.filter((name) => name === 'seldom').length).toBeLessThan(200);
});

it('writes phones as people do, and names as domains have them', () => {
  expect(typedPhone('+33142685300')).toBe('01 42 68 53 00');
  expect(typedPhone('+3225123456')).toBe('+3225123456');
  expect(slug('Électricité Le Gall & Fils')).toBe('electricite-le-gall-fils');
});
