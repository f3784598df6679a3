import type { personInput } from '@vif/contract/people';
import type { z } from 'zod';
import type { ColumnSpellings, Spellings } from './map-columns.ts';

type Field =
  | Exclude<keyof z.input<typeof personInput>, 'ownerId' | 'organisationId'>
  | 'owner'
  | 'organisationExternalId'
  | 'organisationName';

/**
 * How people's columns are called in files from Vif, Salesforce, HubSpot, Outlook, Excel and by hand; the likeliest
 * first, which wins where two columns say the same thing. `owner` is a member's name or e-mail. A full name stands
 * in no field: where the first name ends cannot be told.
 */
export const personColumns = {
  required: 'lastName',
  fields: {
    firstName: ['First Name', 'Given Name', 'Forename', 'Prénom', 'Prénoms'],
    lastName: ['Last Name', 'Surname', 'Family Name', 'Nom', 'Nom de famille', 'Name'],
    jobTitle: [
      'Job Title',
      'Title',
      'Position',
      'Role',
      'Job',
      'Fonction',
      'Poste',
      'Intitulé du poste',
      'Titre',
    ],
    email: [
      'Email',
      'Email Address',
      'Courriel',
      'Mail',
      'Mél',
      'Adresse e-mail',
      'Adresse mail',
      'Adresse électronique',
      'Work Email',
      'E-mail professionnel',
    ],
    phone: [
      'Phone',
      'Phone Number',
      'Telephone',
      'Telephone Number',
      'Tel',
      'Téléphone',
      'Numéro de téléphone',
      'N° de téléphone',
      'Business Phone',
      'Work Phone',
      'Téléphone professionnel',
      'Ligne directe',
      'Mobile Phone',
      'Mobile Phone Number',
      'Mobile',
      'Cell Phone',
      'Portable',
      'Téléphone portable',
      'Téléphone mobile',
      'GSM',
      'Other Phone',
      'Home Phone',
    ],
    organisationExternalId: [
      'Organisation External ID',
      'Organization External ID',
      'Account ID',
      'Company ID',
      'Associated Company ID',
      'Primary Associated Company ID',
      'Organisation ID',
      'Organization ID',
      "Identifiant de l'organisation",
      'Identifiant de la société',
      'Identifiant du compte',
      'ID organisation',
    ],
    organisationName: [
      'Organisation',
      'Organization',
      'Organisation Name',
      'Organization Name',
      'Account Name',
      'Account',
      'Company',
      'Company Name',
      'Associated Company',
      'Primary Associated Company',
      'Société',
      'Entreprise',
      'Nom du compte',
      'Nom de la société',
      "Nom de l'entreprise",
      "Nom de l'organisation",
      'Raison sociale',
      'Employeur',
    ],
    owner: [
      'Owner',
      'Owner Email',
      'Owner Name',
      'Contact Owner',
      'Propriétaire',
      'Propriétaire du contact',
      'Responsable',
      'Commercial',
    ],
    notes: [
      'Notes',
      'Note',
      'Description',
      'Comments',
      'Comment',
      'Commentaires',
      'Commentaire',
      'Remarques',
      'Remarque',
      'Observations',
    ],
    externalId: [
      'External ID',
      'ID',
      'Contact ID',
      'Record ID',
      'Person ID',
      'Identifiant externe',
      'ID externe',
      'Identifiant',
      'Référence',
    ],
  } satisfies Record<Field, Spellings>,
} as const satisfies ColumnSpellings<Field>;

export type PersonField = Field;
