import { z } from 'zod';
import type { Language } from '../doors/context.ts';
import { fields as english } from './texts.en.ts';
import { fields as french } from './texts.fr.ts';
import { type FieldFault, VifError } from './vif-error.ts';

const schemaTexts = { en: z.locales.en().localeError, fr: z.locales.fr().localeError };
const ownTexts = { en: english, fr: french };

/**
 * Checks input against its schema.
 * @param at where the value stands in the body, when it is a part of it
 * @throws {VifError} `invalid_input` with one fault a field, in the reader's language
 */
export function validate<T extends z.ZodType>(
  schema: T,
  value: unknown,
  language: Language,
  at: readonly string[] = [],
): z.output<T> {
  const read = schema.safeParse(value, { reportInput: true });
  if (read.success) return read.data;
  const faults = read.error.issues.flatMap((issue) => faultsOf(issue, language));
  throw new VifError('invalid_input', {
    fields: faults.map((fault) => ({ ...fault, path: [...at, ...fault.path] })),
  });
}

/** A message names at most so many possible values: a list has up to 20 sorts, and there are 249 countries. */
const longestList = 20;

/** Unknown fields that are named: a megabyte of them, from anybody, made an answer of 7.6 MB in a second. */
const mostUnknown = 20;

function faultsOf(issue: z.core.$ZodIssue, language: Language): FieldFault[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? step.toString() : step));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys
      .slice(0, mostUnknown)
      .map((key) => faultAt([...path, key], 'unrecognized_keys', language, { keys: key }));
  }
  const own: unknown = issue.code === 'custom' ? issue.params?.['code'] : undefined;
  if (typeof own === 'string') return [faultAt(path, own, language)];
  if (isMissing(issue)) return [faultAt(path, 'required', language)];
  if (issue.code === 'invalid_value' && issue.values.length > longestList) {
    return [faultAt(path, 'invalid_choice', language)];
  }
  const said = sentenceFor(issue);
  if (said) return [{ ...faultAt(path, said.text, language, said.values), code: issue.code }];
  const text = schemaTexts[language](issue as z.core.$ZodRawIssue); // a raw issue is an issue whose message is not made yet
  return [
    { path, code: issue.code, message: (typeof text === 'string' ? text : text?.message) ?? issue.message },
  ];
}

/** The faults people make in a form, in words of ours; the schema library's are for programmers. */
function sentenceFor(issue: z.core.$ZodIssue): { text: string; values?: Record<string, number> } | undefined {
  if (issue.code === 'too_small') {
    return {
      text: issue.origin === 'string' ? 'too_short' : 'too_low',
      values: { limit: Number(issue.minimum) },
    };
  }
  if (issue.code === 'too_big') {
    return {
      text: issue.origin === 'string' ? 'too_long' : 'too_high',
      values: { limit: Number(issue.maximum) },
    };
  }
  if (issue.code === 'not_multiple_of') return { text: 'too_many_decimals' };
  if (issue.code === 'invalid_format' && issue.format === 'email') return { text: 'invalid_email' };
  return undefined;
}

/** Absent or blank where something must be: said so plainly rather than by type or length. */
function isMissing(issue: z.core.$ZodIssue): boolean {
  if (issue.code === 'too_small') return issue.origin === 'string' && issue.minimum === 1;
  return issue.input === undefined && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
}

/** A fault at a field, with its message in the reader's language. */
export function faultAt(
  path: readonly (string | number)[],
  code: string,
  language: Language,
  values: Readonly<Record<string, string | number>> = {},
): FieldFault {
  return { path, code, message: ownTexts[language][code]?.(values) ?? code };
}
