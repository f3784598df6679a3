import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';

export interface PhoneNumber {
  /** E.164 (ITU-T), `+33612345678`; null when what was typed cannot be a number. */
  readonly phone: string | null;
  /** What was typed. */
  readonly phoneRaw: string | null;
  /** As dialled within its country, digits only, to be searched by. */
  readonly national: string | null;
}

/** For the few countries without a numbering plan of their own. */
const fallback: CountryCode = 'FR';

const none: PhoneNumber = { phone: null, phoneRaw: null, national: null };

/**
 * Reads a phone number with the country it would be dialled in.
 * @param country ISO 3166-1 alpha-2
 * @example readPhoneNumber('06 12 34 56 78', 'FR').phone // '+33612345678'
 */
export function readPhoneNumber(typed: string | null, country: string): PhoneNumber {
  if (typed === null) return none;
  const parsed = parsePhoneNumberFromString(typed, isSupportedCountry(country) ? country : fallback);
  if (!parsed?.isPossible()) return { phone: null, phoneRaw: typed, national: null };
  return { phone: parsed.number, phoneRaw: typed, national: parsed.formatNational().replaceAll(/\D/g, '') };
}
