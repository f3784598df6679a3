import type { Catalogue } from '../catalogue/catalogue.ts';
import { type Understood, understand } from '../dependencies/understand.ts';

/** Statements of one text are understood once. More texts than this are ones with values written into them. */
const mostTexts = 5_000;

/** What statements mean on connections of one database, role and search path. */
export class Meanings {
  readonly #catalogue: Catalogue;
  readonly #understood = new Map<string, Understood>();

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  /** @throws {ParserAway} when it may be understood later */
  of(text: string): Understood {
    let found = this.#understood.get(text);
    if (!found) {
      found = understand(text, this.#catalogue);
      if (this.#understood.size === mostTexts) this.#understood.clear();
      this.#understood.set(text, found);
    }
    return found;
  }
}
