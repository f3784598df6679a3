import type { Problem } from '@vif/contract/problem';
import type { Language } from '../doors/context.ts';
import { problems as english } from './texts.en.ts';
import { problems as french } from './texts.fr.ts';
import { faultAt } from './validate.ts';
import type { VifError } from './vif-error.ts';

const texts = { en: english, fr: french };

/** An error as the reader gets it: RFC 9457 problem details in their language, without its cause. */
export function toProblem(error: VifError, language: Language, requestId: string): Problem {
  const { fields, current, record, values, retryAfter } = error.options;
  const text = texts[language][error.code];
  return {
    type: 'about:blank',
    title: text.title,
    status: error.status,
    code: error.code,
    detail: text.detail({ requestId, seconds: retryAfter, ...values }),
    requestId,
    ...(fields && { errors: fields.map((fault) => inLanguage(fault, language)) }),
    ...(current && { current: current.record }),
    ...(record && { record }),
  };
}

function inLanguage(fault: NonNullable<VifError['options']['fields']>[number], language: Language) {
  const { path, code, values, message } = fault;
  return { path: [...path], code, message: message ?? faultAt(path, code, language, values).message ?? code };
}
