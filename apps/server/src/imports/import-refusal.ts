import type { Language } from '../doors/context.ts';
import { VifError } from '../problems/vif-error.ts';
import { type RefusalCode, refusalSentence } from './sentences.ts';

/**
 * A file that is not imported, whole as it is.
 * @param cause for the log alone
 */
export function importRefusal(
  code: RefusalCode,
  language: Language,
  values: Readonly<Record<string, unknown>> = {},
  cause?: unknown,
): VifError {
  return new VifError('invalid_csv', { cause, values: { reason: refusalSentence(code, language, values) } });
}
