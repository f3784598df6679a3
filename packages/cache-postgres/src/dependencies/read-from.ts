import { type Catalogue, findRelation, type Relation } from '../catalogue/catalogue.ts';
import { equalitiesIn } from './equalities.ts';
import { namesOf, renamed } from './names.ts';
import { readExpression } from './read-expression.ts';
import { readRelation } from './read-relation.ts';
import type { Reading } from './reading.ts';
import { refuse } from './refusal.ts';
import { type Around, derived, findQuery, type Scope, type Source } from './scope.ts';
import { conjuncts, type Node, partsOf, type RangeVar, selectIn } from './syntax.ts';

/** A part of FROM: what it names, and how it is joined. */
type Part =
  | { readonly source: Source }
  | { readonly join: string; readonly on: ScopedConditions; readonly left: Part; readonly right: Part };

/** Conditions that must all hold, and where their names are looked for. */
interface ScopedConditions {
  readonly conditions: readonly Node[];
  readonly scope: Scope;
}

/** What FROM gives. */
interface From {
  readonly scope: Scope;
  /** Reads the queries and functions in it, which may need what is known of the tables beside them. */
  readNested(this: void): void;
}

/**
 * Reads a FROM and tells each of its tables what holds for the rows that count.
 * @param conditions what WHERE says
 * @throws {Refusal}
 */
export function readFrom(
  reading: Reading,
  from: readonly Node[],
  around: Around,
  conditions: readonly Node[],
): From {
  return new FromReader(reading, around).read(from, conditions);
}

class FromReader {
  readonly #reading: Reading;
  readonly #around: Around;
  readonly #sources: Source[] = [];
  readonly #merged = new Set<string>();
  readonly #nested: (() => void)[] = [];

  constructor(reading: Reading, around: Around) {
    this.#reading = reading;
    this.#around = around;
  }

  read(from: readonly Node[], conditions: readonly Node[]): From {
    const parts = from.map((node) => this.#part(node));
    const scope = this.#scopeFrom(0);
    for (const part of parts) this.#tell(part, [{ conditions, scope }]);
    return {
      scope,
      readNested: () => {
        for (const read of this.#nested) read();
      },
    };
  }

  /** What stands in FROM so far, the first ones left out. ON sees no more than its two sides, LATERAL what is left of it. */
  #scopeFrom(first: number): Scope {
    return {
      catalogue: this.#reading.catalogue,
      sources: this.#sources.slice(first),
      merged: this.#merged,
      ...this.#around,
    };
  }

  #part(node: Node): Part {
    if ('RangeVar' in node) return this.#named(this.#sourceOf(node.RangeVar));
    if ('JoinExpr' in node) {
      const { jointype = '', larg, rarg, quals, usingClause, isNatural, alias } = node.JoinExpr;
      if (!larg || !rarg) return refuse('it joins nothing');
      if (alias) refuse('it gives a join a name of its own');
      if (isNatural) refuse('it joins by whatever columns are called alike (NATURAL)');
      for (const name of partsOf(usingClause)) this.#merged.add(name);
      const first = this.#sources.length;
      const [left, right] = [this.#part(larg), this.#part(rarg)];
      const scope = this.#scopeFrom(first);
      this.#nested.push(() => readExpression(this.#reading, quals, scope));
      return { join: jointype, on: { conditions: conjuncts(quals), scope }, left, right };
    }
    if ('RangeSubselect' in node) {
      const { subquery, alias, lateral } = node.RangeSubselect;
      const select = selectIn(subquery);
      const { queries, outer } = this.#around;
      const around = { queries, outer: lateral ? this.#scopeFrom(0) : outer };
      this.#nested.push(() => this.#reading.query(this.#reading, select, around));
      const names = namesOf(select, this.#reading.catalogue, this.#queriesAround());
      return this.#named(derived(alias?.aliasname ?? '', renamed(names, alias?.colnames)));
    }
    if ('RangeFunction' in node) {
      const { functions = [], alias, coldeflist, ordinality } = node.RangeFunction;
      const before = this.#scopeFrom(0);
      this.#nested.push(() => readExpression(this.#reading, [functions, coldeflist], before));
      const defined = (coldeflist ?? []).flatMap(
        (one) => ('ColumnDef' in one && one.ColumnDef.colname) || [],
      );
      const known = coldeflist && functions.length === 1 && !ordinality;
      return this.#named(derived(alias?.aliasname ?? nameOfFunction(functions), known ? defined : undefined));
    }
    return refuse(`it reads from ${Object.keys(node)[0] ?? 'nothing'}`);
  }

  #queriesAround() {
    const all = new Map<string, readonly string[] | undefined>();
    for (let at = this.#around.outer; at; at = at.outer)
      for (const [name, columns] of at.queries) if (!all.has(name)) all.set(name, columns);
    return new Map([...all, ...this.#around.queries]);
  }

  #named(source: Source): Part {
    this.#sources.push(source);
    return { source };
  }

  #sourceOf(range: RangeVar): Source {
    const { schemaname, relname = '', alias } = range;
    const name = alias?.aliasname ?? relname;
    const { queries, outer } = this.#around;
    if (schemaname === undefined) {
      const query = queries.has(relname)
        ? { columns: queries.get(relname) }
        : outer && findQuery(outer, relname);
      if (query) return derived(name, renamed(query.columns, alias?.colnames));
    }
    const relation = relationNamed(this.#reading.catalogue, schemaname, relname);
    return readRelation(this.#reading, relation, {
      name,
      schema: alias ? undefined : relation.schema,
      columns: renamed([...relation.columns.keys()], alias?.colnames) ?? [],
    });
  }

  /**
   * Conditions that every row of the result meets bind each table. What joins says besides: both sides of an inner join,
   * and of an outer one the side that may be left out, since a row of it that does not meet it is as good as none.
   */
  #tell(part: Part, binding: readonly ScopedConditions[]): void {
    if ('source' in part) {
      for (const { conditions, scope } of binding)
        part.source.table?.hold(equalitiesIn(conditions, scope, this.#reading.pinned));
      return;
    }
    const { join, on, left, right } = part;
    const inLeft = join === 'JOIN_INNER' || join === 'JOIN_RIGHT';
    const inRight = join === 'JOIN_INNER' || join === 'JOIN_LEFT';
    this.#tell(left, inLeft ? [...binding, on] : binding);
    this.#tell(right, inRight ? [...binding, on] : binding);
  }
}

function nameOfFunction(functions: readonly Node[]): string {
  const [first] = functions;
  const [call] = first && 'List' in first ? (first.List.items ?? []) : [];
  return call && 'FuncCall' in call ? (partsOf(call.FuncCall.funcname).at(-1) ?? '') : '';
}

/** @throws {Refusal} when it is none of the database's tables and views */
function relationNamed(catalogue: Catalogue, schema: string | undefined, name: string): Relation {
  // PostgreSQL's own come first, whatever else is called so.
  const relation =
    schema === undefined && name.startsWith('pg_') ? undefined : findRelation(catalogue, schema, name);
  const said = schema === undefined ? name : `${schema}.${name}`;
  if (!relation) return refuse(`${said} is no table or view that is known`);
  if (relation.kind === 'table' || relation.kind === 'view') return relation;
  return refuse(`${said} is a ${relation.kind}`);
}
