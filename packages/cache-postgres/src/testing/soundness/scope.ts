import type { Chooser } from './chooser.ts';
import { asParameter, castTypes, type Group, kinds, quoted, soughtText } from './kinds.ts';
import type { Plan, PlannedColumn, PlannedRelation } from './plan.ts';
import { ident, settingAs } from './plan.ts';

/** Something in a FROM, with the columns that are known of it. */
export interface Named {
  readonly alias: string;
  readonly columns: readonly PlannedColumn[];
}

/** Where an expression stands: what it may name, the innermost query first. */
export type Scopes = readonly (readonly Named[])[];

/** Writes queries inside of a query: told to it, since queries hold conditions and conditions queries. */
export interface Nested {
  /** A query of one column of a group, or of anything where none is asked for. */
  subquery(this: void, writing: Writing, outer: Scopes, depth: number, group: Group | undefined): string;
  /** A query with columns that are known. */
  derived(this: void, writing: Writing, outer: Scopes, depth: number): Derived;
}

interface Derived {
  readonly sql: string;
  readonly columns: readonly PlannedColumn[];
}

/** What the statements of one schema have more of than others: rules that bear on it are tried more often. */
export type Focus = 'anything' | 'views' | 'with' | 'joins' | 'nested' | 'spelling';

/** One statement that is being written. */
export class Writing {
  readonly choose: Chooser;
  readonly plan: Plan;
  readonly nested: Nested;
  readonly focus: Focus;
  readonly values: unknown[] = [];
  readonly #groups: Group[] = [];
  #aliases = 0;
  /** Queries of WITH that may be read here. */
  queries: PlannedRelation[] = [];

  constructor(choose: Chooser, plan: Plan, nested: Nested, focus: Focus) {
    this.choose = choose;
    this.plan = plan;
    this.nested = nested;
    this.focus = focus;
  }

  /** A table, a view or a query of WITH. */
  relation(): PlannedRelation {
    const { choose, queries, plan } = this;
    const views = plan.relations.filter(({ isView }) => isView);
    if (this.focus === 'views' && views.length > 0 && choose.chance(0.8)) return choose.one(views);
    return queries.length > 0 && choose.chance(0.4) ? choose.one(queries) : choose.one(plan.relations);
  }

  alias(): string {
    return `a${++this.#aliases}`;
  }

  /** A value to compare with: a parameter, a literal, cast or not; now and then a parameter that stands elsewhere too. */
  value(group: Group): string {
    const { choose } = this;
    const text = soughtText(choose, group);
    if (choose.chance(0.55)) {
      const again = this.#groups.indexOf(group);
      const at =
        again >= 0 && choose.chance(this.focus === 'spelling' ? 0.8 : 0.4)
          ? again
          : this.#add(group, asParameter(choose, group, text));
      return choose.chance(this.focus === 'spelling' ? 0.5 : 0.2)
        ? `$${at + 1}::${choose.one(castTypes[group])}`
        : `$${at + 1}`;
    }
    const literal = group === 'number' && /^-?\d+$/.test(text) && choose.chance(0.7) ? text : quoted(text);
    if (group === 'bool' && (text === 'true' || text === 'false') && choose.chance(0.5)) return text;
    return choose.chance(0.25) ? `(${literal})::${choose.one(castTypes[group])}` : literal;
  }

  /** Values for `= any`. */
  array(group: Group): string {
    const texts = Array.from({ length: this.choose.between(0, 3) }, () => soughtText(this.choose, group));
    const at = this.#add(group, texts);
    this.#groups[at] = 'moment'; // an array is never used again as one value
    const type = { number: 'int[]', uuid: 'uuid[]', bool: 'bool[]', text: 'text[]', moment: 'timestamptz[]' }[
      group
    ];
    return this.choose.chance(0.5) ? `$${at + 1}` : `$${at + 1}::${type}`;
  }

  #add(group: Group, value: unknown): number {
    this.#groups.push(group);
    return this.values.push(value) - 1;
  }

  /** Conditions that say whose rows are read: mostly those of the load's workspace, else few reads could be cached. */
  pins(named: readonly Named[]): string[] {
    return named.flatMap(({ alias, columns }) => {
      const column = columns.find(({ name, kind }) => name === 'w' && kinds[kind].exact);
      if (!column || !this.choose.chance(0.85)) return [];
      const value = this.choose.chance(0.85) ? settingAs(column.kind) : this.value(kinds[column.kind].group);
      return `${alias}.w = ${value}`;
    });
  }

  /** A column by a name; of a query around now and then, and now and then without saying whose. */
  column(
    scopes: Scopes,
    group?: Group,
    beside: readonly Named[] = [],
  ): { sql: string; column: PlannedColumn } | undefined {
    const { choose } = this;
    const own = scopes[0] ?? [];
    const outer = scopes.slice(1).flat();
    const from = outer.length > 0 && choose.chance(0.35) ? outer : own;
    const all = from.flatMap(({ alias, columns }) => columns.map((column) => ({ alias, column })));
    const fit = group ? all.filter(({ column }) => kinds[column.kind].group === group) : all;
    if (fit.length === 0) return undefined;
    const { alias, column } = choose.one(fit);
    const isAlone =
      [...own, ...beside].flatMap(({ columns }) => columns).filter(({ name }) => name === column.name)
        .length <= 1;
    const bare = isAlone && choose.chance(0.3);
    return { sql: bare ? ident(column.name) : `${alias}.${ident(column.name)}`, column };
  }
}
