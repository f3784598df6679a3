import type { RouteAnswer } from '@vif/contract';
import type { Language } from '../doors/context.ts';
import { importRefusal } from './import-refusal.ts';
import type { Remark } from './row-remarks.ts';

type Answer = RouteAnswer<'organisations.import'>;
/** What can become of a row that is taken. */
export type Outcome = 'created' | 'updated' | 'unchanged' | 'restored';

/** Remarks that one answer carries of each sort: more of them say that the file is wrong, not its rows. */
const remarkLimit = 10_000;
/** The cells that come with them, in characters: rows may be a megabyte long. */
const cellLimit = 16_000_000;

/** What there is to say about a row, `RowRemarks` whatever its fields. */
interface RowSpeech {
  rejection: () => Remark;
  warnings: () => Remark[];
}

/** What became of the rows so far. Made anew for each try of the transaction, so that no try counts twice. */
export class ImportReport {
  readonly #language: Language;
  readonly #counts: Record<Outcome, number> = { created: 0, updated: 0, unchanged: 0, restored: 0 };
  readonly #rejected = new BoundedRemarks();
  readonly #warnings = new BoundedRemarks();

  constructor(language: Language) {
    this.#language = language;
  }

  /** A row that was taken, with what there is to say about it. */
  take(outcome: Outcome, remarks: RowSpeech): void {
    this.#counts[outcome]++;
    for (const warning of remarks.warnings()) this.#warnings.add(warning);
  }

  /**
   * A row that was not taken.
   * @throws {VifError} `invalid_csv` when there are too many to be told
   */
  reject(remarks: RowSpeech): void {
    const remark = remarks.rejection();
    if (this.#rejected.add(remark)) return;
    const first = this.#rejected.kept[0] ?? remark;
    const code = this.#rejected.total > remarkLimit ? 'too_many_rejected' : 'too_much_rejected';
    const { line, reason } = first;
    throw importRefusal(code, this.#language, { limit: remarkLimit, line, reason });
  }

  answer(file: Pick<Answer, 'separator' | 'columns' | 'header'>): Answer {
    const taken = Object.values(this.#counts).reduce((sum, count) => sum + count, 0);
    return {
      rows: taken + this.#rejected.total,
      ...this.#counts,
      ...file,
      rejected: this.#rejected.kept,
      warnings: this.#warnings.kept,
      warningTotal: this.#warnings.total,
    };
  }
}

class BoundedRemarks {
  readonly kept: Remark[] = [];
  total = 0;
  #characters = 0;

  /** Whether there was room for it. */
  add(remark: Remark): boolean {
    this.total++;
    if (this.kept.length !== this.total - 1) return false; // one was left out already: keep the first ones, in order
    const length = remark.cells.reduce((sum, cell) => sum + cell.length, 0);
    if (this.kept.length >= remarkLimit || this.#characters + length > cellLimit) return false;
    this.kept.push(remark);
    this.#characters += length;
    return true;
  }
}
