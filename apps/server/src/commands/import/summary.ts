import type { RouteAnswer } from '@vif/contract';
import type { importTexts } from './texts.en.ts';

type Answer = RouteAnswer<'organisations.import'>;

/** Warnings that are shown in full. */
const shownWarnings = 20;

/** What became of an import, as lines to print. */
export function summaryOf(answer: Answer, texts: typeof importTexts, language: 'fr' | 'en'): string[] {
  const counts = {
    rows: answer.rows,
    created: answer.created,
    updated: answer.updated,
    unchanged: answer.unchanged,
    restored: answer.restored,
    rejected: answer.rejected.length,
    warnings: answer.warningTotal,
  };
  const numbers = Object.values(counts).map((count) => count.toLocaleString(language));
  const width = Math.max(...numbers.map((number) => number.length));
  const labels = Object.values(texts.summary);
  const columnWidth = Math.max(...answer.columns.map(({ column }) => column.length));
  return [
    texts.columns(),
    ...answer.columns.map(
      ({ column, field }) => `  ${shown(column).padEnd(columnWidth)}  ${field ?? texts.notTaken()}`,
    ),
    ...numbers.map((number, at) => `${number.padStart(width)} ${labels[at] ?? ''}`),
    ...answer.warnings
      .slice(0, shownWarnings)
      .map(({ line, column, reason }) =>
        texts.warning(line, shown(column === null ? reason : `${column}: ${reason}`)),
      ),
    ...(answer.warningTotal > shownWarnings ? [texts.moreWarnings(answer.warningTotal - shownWarnings)] : []),
    ...(answer.columns.some(({ field }) => field === 'externalId') ? [] : [texts.noExternalId()]),
  ];
}

/** Text of the file on one line of the terminal, which reads no control sequence in it. */
export function shown(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ');
}
