import type { CsvProblem } from '../csv/csv-error.ts';
import type { Language } from '../doors/context.ts';
import * as english from './texts.en.ts';
import * as french from './texts.fr.ts';

const texts = { en: english, fr: french };
type Values = Readonly<Record<string, unknown>>;

export type RemarkCode = keyof typeof english.remarks;
export type RefusalCode = keyof typeof english.refusals;

/** What a person reads at a row. Long cells are cut: the row itself stands beside it. */
export function remarkSentence(code: RemarkCode, language: Language, values: Values = {}): string {
  const { value } = values;
  const short = typeof value === 'string' && value.length > 60 ? `${value.slice(0, 60)}…` : value;
  return texts[language].remarks[code]({ ...values, value: short });
}

/** Why a file is not imported though it can be read. */
export function refusalSentence(code: RefusalCode, language: Language, values: Values = {}): string {
  return texts[language].refusals[code](values);
}

/** Why a file cannot be read. */
export function csvSentence(problem: CsvProblem, language: Language): string {
  // The key and the argument are of one code, which TypeScript cannot follow through an index.
  const sentence = texts[language].csvProblems[problem.code] as (problem: CsvProblem) => string;
  return sentence(problem);
}

export function sizeLimit(language: Language): string {
  return texts[language].sizeLimit;
}
