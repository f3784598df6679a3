import { readFile } from 'node:fs/promises';
import type { Queryable } from '../connection/queryable.ts';
import {
  type Catalogue,
  type Column,
  type Family,
  type Policy,
  placeOf,
  type Relation,
  type TrackedColumns,
} from './catalogue.ts';
import { reviewedExtensions, reviewedStable } from './reviewed.ts';

const text = await readFile(new URL('./read-catalogue.sql', import.meta.url), 'utf8');

/** What `read-catalogue.sql` answers. */
interface RawCatalogue {
  relations: RawRelation[] | null;
  immutable: string[];
  changing: string[];
  builtinTypes: string[];
  ownFunctions: [string, string | null][] | null;
  asColumns: string[];
  manyRowed: string[];
  strangeOperators: string[] | null;
  strangeCast: string | null;
  temporalTypes: string[];
  castable: string[] | null;
}

interface RawRelation {
  schema: string;
  name: string;
  kind: string;
  /** Name, type, whether its collation is deterministic, its type's name where nobody reviewed that, whether it is a time. */
  columns: [string, number, boolean, string | null, boolean][] | null;
  tracked: string | null;
  definition: string | null;
  invoker: boolean;
  policed: boolean;
  /** Expression, whether it lets rows through, whether it is for everybody. */
  policies: [string, boolean, boolean][] | null;
}

/** By the type's number, which no PostgreSQL changes. */
const families = new Map<number, Family>([
  [20, 'integer'],
  [21, 'integer'],
  [23, 'integer'],
  [2950, 'uuid'],
  [16, 'boolean'],
  [25, 'text'],
  [1043, 'text'],
]);

const kinds: Record<string, Relation['kind']> = {
  r: 'table',
  p: 'table',
  v: 'view',
  m: 'materialised view',
  f: 'foreign table',
  S: 'sequence',
  t: 'temporary table',
};

/**
 * Reads what the names in a statement mean to the role and the search path of a connection. Some milliseconds; a hundred
 * for thousands of relations.
 */
export async function readCatalogue(client: Queryable): Promise<Catalogue> {
  await client.query('begin isolation level repeatable read read only');
  try {
    const { rows: paths } = await client.query<{ path: string; strings: string }>(
      `select to_json(current_schemas(true))::text as path, current_setting('standard_conforming_strings') as strings`,
    );
    // What PostgreSQL writes out, as the query of a view, is qualified unless it is of the path.
    // To compile a statement that is asked once takes longer than to answer it.
    await client.query(
      "select set_config('search_path', 'pg_catalog', true), set_config('jit', 'off', true)",
    );
    const { rows } = await client.query<{ catalogue: string }>(text, [reviewedExtensions, reviewedStable]);
    await client.query('commit');
    // What the two statements above were written to answer.
    const raw = JSON.parse(rows[0]?.catalogue ?? '') as RawCatalogue;
    const searchPath = JSON.parse(paths[0]?.path ?? '') as string[]; // likewise
    return catalogueOf(raw, searchPath, paths[0]?.strings === 'on');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

function catalogueOf(raw: RawCatalogue, searchPath: string[], standardStrings: boolean): Catalogue {
  const relations = (raw.relations ?? []).map(relationOf);
  return {
    searchPath,
    relations: new Map(relations.map((one) => [placeOf(one.schema, one.name), one])),
    immutable: new Set(raw.immutable),
    changing: new Set(raw.changing),
    builtinTypes: new Set(raw.builtinTypes),
    ownFunctions: new Map((raw.ownFunctions ?? []).map(([name, why]) => [name, why ?? undefined])),
    asColumns: new Set(raw.asColumns),
    manyRowed: new Set(raw.manyRowed),
    strangeOperators: new Set(raw.strangeOperators),
    strange: strangeIn(raw, searchPath, standardStrings),
    temporalTypes: new Set(raw.temporalTypes),
    castable: new Set(raw.castable),
  };
}

/** What would give PostgreSQL's own words another meaning. */
function strangeIn(
  { strangeCast, strangeOperators }: RawCatalogue,
  searchPath: readonly string[],
  standardStrings: boolean,
): string | undefined {
  // The parser reads a backslash as itself.
  if (!standardStrings) return 'the connection has standard_conforming_strings off';
  if (strangeCast) return `the database casts ${strangeCast} by a function of its own`;
  const comparison = strangeOperators?.find((name) => ['=', '<>', '<', '>', '<=', '>='].includes(name));
  if (comparison) return `the database has an operator ${comparison} of its own between PostgreSQL's types`;
  const first = searchPath.find((schema) => !schema.startsWith('pg_temp'));
  return first === 'pg_catalog' ? undefined : 'the search path names pg_catalog behind another schema';
}

function relationOf(raw: RawRelation): Relation {
  return {
    schema: raw.schema,
    name: raw.name,
    kind: kinds[raw.kind] ?? 'other',
    columns: new Map((raw.columns ?? []).map((column) => [column[0], columnOf(column)])),
    tracked: raw.tracked === null ? undefined : trackedBy(raw.tracked),
    definition: raw.definition ?? undefined,
    invoker: raw.invoker,
    policed: raw.policed,
    policies: policiesOf(raw.policies ?? []),
  };
}

function columnOf([name, type, deterministic, unreviewed, temporal]: NonNullable<
  RawRelation['columns']
>[number]): Column {
  return {
    name,
    family: deterministic ? families.get(type) : undefined,
    temporal,
    refused: unreviewed === null ? undefined : `the type ${unreviewed} of ${name} is not PostgreSQL's own`,
  };
}

/** Arguments of a trigger, each ended by a zero byte: the workspace's column or nothing, then the tracked ones. */
function trackedBy(hex: string): TrackedColumns | undefined {
  const [workspace, ...columns] = Buffer.from(hex, 'hex').toString('utf8').split('\0').slice(0, -1);
  return workspace === undefined ? undefined : { workspace: workspace || undefined, columns };
}

function policiesOf(policies: NonNullable<RawRelation['policies']>): Policy[] {
  const permissive = policies.filter(([, lets]) => lets).length;
  return policies.map(([using, lets, everybody]) => ({
    using,
    // One that only restricts holds for whom it is; one that lets rows through holds where no other does.
    alone: everybody && (!lets || permissive === 1),
  }));
}
