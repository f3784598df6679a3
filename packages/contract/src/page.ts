import { z } from 'zod';
import { flag, searchText } from './text.ts';

/** `name` sorts upwards, `-name` downwards; blanks come last either way. */
export function sortOf<const Columns extends readonly [string, ...string[]]>(columns: Columns) {
  type Column = Columns[number];
  const directions = columns.flatMap((column: Column) => [column, `-${column}` as const]);
  return z.enum(directions as [Column | `-${Column}`, ...(Column | `-${Column}`)[]]); // columns is not empty
}

/** Query fields every list shares. */
export const pageQuery = {
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(50),
  /** Without the total (`false`) an answer never waits for a count. */
  total: flag.default(true),
};

/** Filters every list of business records shares. */
export const recordFilters = {
  q: searchText.optional(),
  ownerId: z.uuid().optional(),
  /** `true` lists what was deleted within the last 30 days instead. */
  bin: flag.default(false),
};

/** `{items, total, page, pages}`; total and pages are absent when `?total=false`. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.strictObject({
    items: z.array(item),
    total: z.int().optional(),
    page: z.int(),
    pages: z.int().optional(),
  });
}

export const count = z.strictObject({ total: z.int() });
/** One spelling a record: an id in capitals names the same one, and is asked for by its usual name. */
export const idParams = z.strictObject({ id: z.uuid().toLowerCase() });
