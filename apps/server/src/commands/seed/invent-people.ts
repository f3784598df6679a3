import type { Faker } from '@faker-js/faker';
import { personColumns } from '../../people/person-columns.ts';
import { jobTitles, remarks } from './french-trades.ts';
import { nameCase, slug, typedPhone, weightedChoice } from './invent.ts';

/** What a person takes from their organisation. */
export interface Employer {
  readonly id: string;
  readonly ownerId: string;
  readonly domain: string;
}

/**
 * Gives a function that invents French people, nine in ten of them in an organisation: a few large ones have many.
 * @param employers may be empty
 */
export function personInventor(
  faker: Faker,
  employers: readonly Employer[],
  ownerOf: () => string,
): (externalId: string) => ReturnType<typeof personColumns> {
  const jobOf = weightedChoice(faker, jobTitles);
  const happens = (probability: number) => faker.number.float() < probability;

  return (externalId) => {
    const firstName = nameCase(faker.person.firstName());
    const lastName = nameCase(faker.person.lastName());
    const employer = happens(0.9)
      ? employers[Math.floor(employers.length * faker.number.float() ** 2)]
      : undefined;
    const domain = employer?.domain ?? 'courriel.example';
    const mobile = `+33${happens(0.7) ? 6 : 7}${faker.string.numeric(8)}`;
    return personColumns(
      {
        firstName: happens(0.97) ? firstName : null,
        lastName,
        jobTitle: employer && happens(0.8) ? jobOf().value : null,
        email: happens(0.75) ? `${slug(firstName)}.${slug(lastName)}@${domain}` : null,
        phone: happens(0.6) ? (happens(0.9) ? typedPhone(mobile) : mobile) : null,
        organisationId: employer?.id ?? null,
        ownerId: employer && happens(0.85) ? employer.ownerId : ownerOf(),
        notes: happens(0.05) ? faker.helpers.arrayElement(remarks) : null,
        externalId,
      },
      'FR',
    );
  };
}
