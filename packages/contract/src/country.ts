import { z } from 'zod';
import { countryCodes } from './countries.ts';

/** An ISO 3166-1 alpha-2 code; blank means none. */
export const optionalCountry = z
  .string()
  .trim()
  .toUpperCase()
  .transform((value) => (value === '' ? null : value))
  .refine((value) => value === null || countryCodes.includes(value), { params: { code: 'invalid_country' } })
  .nullable();

export const country = z.enum(countryCodes);
