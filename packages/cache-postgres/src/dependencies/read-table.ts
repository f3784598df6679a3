import type { Column, Relation } from '../catalogue/catalogue.ts';
import type { Values } from './terms.ts';

/** A side of an equality that may tell what a column is. */
export type Operand = { readonly table: ReadTable; readonly column: Column } | { readonly values: Values };

/** `left = right`, which holds for every row that counts. */
export interface Equality {
  readonly left: Operand;
  readonly right: Operand;
}

/** A table where a statement reads it: by each of its names there is another one. */
export class ReadTable {
  readonly relation: Relation;
  #equalities: readonly Equality[] = [];
  readonly #known = new Map<string, Values | undefined>();

  constructor(relation: Relation) {
    this.relation = relation;
  }

  /** Says what holds for all rows of it that count. */
  hold(equalities: readonly Equality[]): void {
    this.#equalities = [...this.#equalities, ...equalities];
    this.#known.clear();
  }

  /** What a column of every row that counts is, if that is said, itself or through others that equal it. */
  constant({ name, family }: Column): Values | undefined {
    if (this.#known.has(name)) return this.#known.get(name);
    const found = family && this.#search(name, family);
    this.#known.set(name, found);
    return found;
  }

  #search(name: string, family: Column['family']): Values | undefined {
    const seen = new Set([idOf(this, name)]);
    const toVisit = [idOf(this, name)];
    for (let at = toVisit.shift(); at !== undefined; at = toVisit.shift()) {
      for (const { left, right } of this.#equalities) {
        const other = isAt(left, at) ? right : isAt(right, at) ? left : undefined;
        if (!other) continue;
        if ('values' in other) return other.values;
        const next = idOf(other.table, other.column.name);
        if (other.column.family !== family || seen.has(next)) continue;
        seen.add(next);
        toVisit.push(next);
      }
    }
    return undefined;
  }
}

const numbers = new WeakMap<ReadTable, number>();
let last = 0;

/** A column of one table of one statement, as a text. */
function idOf(table: ReadTable, column: string): string {
  const number = numbers.get(table) ?? ++last;
  numbers.set(table, number);
  return `${number}.${column}`;
}

function isAt(operand: Operand, at: string): boolean {
  return 'table' in operand && idOf(operand.table, operand.column.name) === at;
}
