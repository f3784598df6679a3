import { z } from 'zod';
import { isSiren } from './siren.ts';
import { optionalText } from './text.ts';

/** RFC 5321 §4.5.3.1.3 allows 254 characters in an address that can be sent to. */
const address = z.email().max(254);

export const email = z.string().trim().pipe(address);

/** Optional e-mail: blank means none. */
export const optionalEmail = z
  .string()
  .trim()
  .max(254)
  .transform((value) => (value === '' ? null : value))
  .refine((value) => value === null || address.safeParse(value).success, {
    params: { code: 'invalid_email' },
  })
  .nullable();

/** Optional web address; `vif.example` is taken as `https://vif.example`. Only http and https. */
export const optionalWebsite = optionalText(500).transform((value, context) => {
  if (value === null) return null;
  const spelled =
    /^[a-z][a-z0-9+.-]*:/i.test(value) && !/^[^/]+:\d+/.test(value) ? value : `https://${value}`;
  const url = URL.parse(spelled);
  if (url && /^https?:$/.test(url.protocol) && url.hostname.includes('.') && !url.username) {
    return url.pathname === '/' && !url.search && !url.hash ? url.origin : url.href;
  }
  context.addIssue({ code: 'custom', params: { code: 'invalid_website' }, message: 'invalid website' });
  return z.NEVER;
});

/** As typed; the server parses it with the record's country and keeps both forms. */
export const optionalPhone = optionalText(50);

/** Optional SIREN, nine digits whose Luhn sum holds; spaces are forgiven. */
export const optionalSiren = z
  .string()
  .transform((value) => value.replaceAll(/[\s.]/gu, '') || null)
  .refine((value) => value === null || isSiren(value), { params: { code: 'invalid_siren' } })
  .nullable();
