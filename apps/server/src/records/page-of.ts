/** The part of a list's query that says which rows of it. */
export interface PageQuery {
  readonly page: number;
  readonly pageSize: number;
  readonly total: boolean;
}

/** How many rows stand before a page. */
export function offsetOf({ page, pageSize }: PageQuery): number {
  return (page - 1) * pageSize;
}

/** `{items, total, page, pages}`, without the totals where they were not asked. */
export function pageOf<Row>(items: Row[], total: number | undefined, { page, pageSize }: PageQuery) {
  if (total === undefined) return { items, page };
  return { items, total, page, pages: Math.ceil(total / pageSize) };
}
