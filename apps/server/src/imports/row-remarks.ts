import type { RouteAnswer } from '@vif/contract';
import type { Language } from '../doors/context.ts';
import { type RemarkCode, remarkSentence } from './sentences.ts';

export type Remark = RouteAnswer<'organisations.import'>['rejected'][number];

interface Reason {
  readonly column: string | null;
  readonly code: string;
  readonly message: string;
}

/** What is to be said about one row of a file: faults, for which it is not taken, and warnings. */
export class RowRemarks<Field extends string> {
  readonly line: number;
  readonly cells: readonly string[];
  readonly #columnOf: (field: Field) => string | null;
  readonly #language: Language;
  readonly #faults: Reason[] = [];
  readonly #warnings: Reason[] = [];

  constructor(
    row: { readonly line: number; readonly cells: readonly string[] },
    columnOf: (field: Field) => string | null,
    language: Language,
  ) {
    this.line = row.line;
    this.cells = row.cells;
    this.#columnOf = columnOf;
    this.#language = language;
  }

  get isFaulty(): boolean {
    return this.#faults.length > 0;
  }

  /** @param field that the fault is in; null when it is the row's */
  fault(field: Field | null, code: RemarkCode, values: { value?: string; line?: number } = {}): void {
    this.faultInWords(field, code, remarkSentence(code, this.#language, values));
  }

  /** A fault whose sentence is there already, in the reader's language. */
  faultInWords(field: Field | null, code: string, message: string): void {
    this.#faults.push({ column: this.#name(field), code, message });
  }

  /** Said once, also when the row is looked at again. */
  warn(field: Field, code: RemarkCode, value: string): void {
    if (this.#warnings.some((warning) => warning.code === code)) return;
    const message = remarkSentence(code, this.#language, { value });
    this.#warnings.push({ column: this.#name(field), code, message });
  }

  /** All faults of the row in one remark: the first one's column and code, and every reason. */
  rejection(): Remark {
    const [first, ...more] = this.#faults;
    const others = more.map(({ column, message }) => `; ${column ? `${column}: ` : ''}${message}`);
    return {
      line: this.line,
      column: first?.column ?? null,
      code: first?.code ?? '',
      reason: `${first?.message ?? ''}${others.join('')}`,
      cells: [...this.cells],
    };
  }

  warnings(): Remark[] {
    return this.#warnings.map(({ column, code, message }) => ({
      line: this.line,
      column,
      code,
      reason: message,
      cells: [...this.cells],
    }));
  }

  #name(field: Field | null): string | null {
    return field === null ? null : this.#columnOf(field);
  }
}
