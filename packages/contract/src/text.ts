import { z } from 'zod';

/** PostgreSQL stores neither U+0000 nor half a surrogate pair; tab and line breaks are the only controls people type. */
// oxlint-disable-next-line no-control-regex -- control characters are exactly what it looks for
const controls = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/;

function isStorable(value: string): boolean {
  return !controls.test(value) && value.isWellFormed();
}

/** Required text of at most `max` characters, trimmed. */
export function text(max: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine(isStorable, { params: { code: 'control_characters' } });
}

/** Optional text: absent is left as it is, `null` and blank mean "none". */
export function optionalText(max: number) {
  return z
    .string()
    .trim()
    .max(max)
    .refine(isStorable, { params: { code: 'control_characters' } })
    .transform((value) => (value === '' ? null : value))
    .nullable();
}

/** What people type to find something. */
export const searchText = z
  .string()
  .trim()
  .max(200)
  .refine(isStorable, { params: { code: 'control_characters' } });

/** A boolean in a query string: `true` or `false`, nothing else, so that a read has one spelling. */
export const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
