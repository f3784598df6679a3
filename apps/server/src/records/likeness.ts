import type { likeness } from '@vif/contract/organisations';
import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely';
import type { z } from 'zod';

type Because = z.infer<typeof likeness>;

/**
 * Which records a new one looks like, and why: at most five, those with most in common first. Each reason is one SQL
 * condition on `r`, the record looked at, and has an index, so that together they are one bitmap of few rows.
 * @param except the record being edited
 */
export async function findLike<Database, Table extends keyof Database, Row extends { id: string }>(
  choices: SelectQueryBuilder<Database, Table, Row>,
  except: string | undefined,
  reasons: Partial<Record<Because, RawBuilder<unknown>>>,
): Promise<(Row & { because: Because[] })[]> {
  const entries = Object.entries(reasons) as [Because, RawBuilder<unknown>][]; // the keys of the parameter's type
  if (entries.length === 0) return [];
  const holds = entries.map(([because, condition]) => sql`case when ${condition} then ${because} end`);
  const because = sql<Because[]>`array_remove(array[${sql.join(holds)}]::text[], null)`;
  const any = sql<boolean>`(${sql.join(
    entries.map(([, condition]) => condition),
    sql` or `,
  )})`;
  return choices
    .select(because.as('because'))
    .where(sql<boolean>`r.deleted_at is null`)
    .where(any)
    .where(sql<boolean>`r.id is distinct from ${except ?? null}::uuid`)
    .orderBy(sql`cardinality(${because}) desc, r.id`)
    .limit(5)
    .execute() as unknown as Promise<(Row & { because: Because[] })[]>; // Kysely cannot name the row of a generic query
}
