import type { Faker } from '@faker-js/faker';
import { organisationColumns } from '../../organisations/organisation-columns.ts';
import { places } from './french-places.ts';
import { legalForms, remarks, trades } from './french-trades.ts';
import { inventRevenue, inventSiren, nameCase, slug, typedPhone, weightedChoice } from './invent.ts';

export interface InventedOrganisation {
  readonly columns: ReturnType<typeof organisationColumns>;
  /** Of its website and its people's e-mail; reserved for examples (RFC 2606). */
  readonly domain: string;
}

/**
 * Gives a function that invents French organisations, the same ones for the same state of `faker`: some fields blank,
 * as in life, and the owners unevenly spread.
 * @param ownerOf gives each its owner
 */
export function organisationInventor(
  faker: Faker,
  ownerOf: () => string,
): (externalId: string) => InventedOrganisation {
  const tradeOf = weightedChoice(faker, trades);
  const formOf = weightedChoice(faker, legalForms);
  const placeOf = weightedChoice(faker, places);
  const happens = (probability: number) => faker.number.float() < probability;

  return (externalId) => {
    const trade = tradeOf();
    const place = placeOf();
    const person = nameCase(faker.person.lastName());
    const stem = happens(0.7)
      ? `${faker.helpers.arrayElement(trade.names)} ${person}`
      : companyOf(faker, person);
    const name = `${stem} ${formOf().value}`.trim();
    const domain = `${slug(stem)}-${faker.number.int({ max: 9999 })}.example`;
    const phone = `${place.dial}${faker.string.numeric(place.digits)}`;
    const columns = organisationColumns(
      {
        name,
        category: happens(0.95) ? trade.category : null,
        active: happens(0.93),
        email: happens(0.7) ? `contact@${domain}` : null,
        phone: happens(0.8) ? typedPhone(phone) : null,
        website: happens(0.6) ? `https://www.${domain}` : null,
        address: happens(0.9) ? faker.location.streetAddress() : null,
        postalCode: place.postalCode,
        city: place.city,
        country: place.country,
        siren: place.country === 'FR' && happens(0.75) ? inventSiren(faker) : null,
        annualRevenue: happens(0.65) ? inventRevenue(faker) : null,
        ownerId: ownerOf(),
        notes: happens(0.1) ? faker.helpers.arrayElement(remarks) : null,
        externalId,
      },
      'FR',
    );
    return { columns, domain };
  };
}

function companyOf(faker: Faker, person: string): string {
  const other = nameCase(faker.person.lastName());
  return faker.helpers.arrayElement([
    `${person} et ${other}`,
    `${person} Frères`,
    `${person} & Fils`,
    `Groupe ${person}`,
  ]);
}
