import { type RawBuilder, sql } from 'kysely';

interface Column {
  readonly expression: RawBuilder<unknown>;
  /** Blanks come last either way; a column without blanks uses one index for both directions. */
  readonly nullable: boolean;
}

/** A column of text in the order people read: accents and case after letters, digits by their number. */
export function reading(column: string, nullable: boolean): Column {
  return { expression: sql`${sql.ref(column)} collate app.reading`, nullable };
}

/** A column of anything else. */
export function plain(column: string, nullable: boolean): Column {
  return { expression: sql.ref(column), nullable };
}

/**
 * ORDER BY for one sort of a list, made to match an index to the letter. Ends with the id, so that pages never overlap.
 * @example orderBy('-city', { city: [reading('o.city', true)] }, 'o.id')
 */
export function orderBy<Name extends string>(
  sort: Name | `-${Name}`,
  columns: Readonly<Record<Name, readonly Column[]>>,
  id: string,
): RawBuilder<unknown> {
  const down = sort.startsWith('-');
  const name = (down ? sort.slice(1) : sort) as Name; // a sort is a name, or a minus and a name
  const parts = [...columns[name], plain(id, false)].map(({ expression, nullable }) => {
    if (!down) return sql`${expression} asc`;
    return nullable ? sql`${expression} desc nulls last` : sql`${expression} desc`;
  });
  return sql.join(parts);
}
