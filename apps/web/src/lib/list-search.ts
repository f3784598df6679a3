/** What a list keeps in its address beside its filters: the search, the order and the columns. */
type Common = 'q' | 'sort' | 'columns';

/** A list's search parameters, each a plain string so that addresses read well: `?city=Lyon&sort=-name`. */
export type ListSearch<Filter extends string = never> = {
  readonly [K in Filter | Common]?: string | undefined;
};

/**
 * Reads a list's search parameters from an address: the named filters, and nothing that is not a string.
 * @example listSearch('city', 'country')({ city: 'Lyon', other: '1' }) // { city: 'Lyon' }
 */
export function listSearch<const Filter extends string>(...filters: readonly Filter[]) {
  const names: readonly string[] = ['q', 'sort', 'columns', ...filters];
  return (raw: Record<string, unknown>): ListSearch<Filter> => {
    const kept = names.flatMap((name) => {
      const value = raw[name];
      return typeof value === 'string' && value !== '' ? [[name, value]] : [];
    });
    return Object.fromEntries(kept) as ListSearch<Filter>; // made of these names and strings only
  };
}

/** The query string as plain strings; the router's own reading would turn `75001` into a number. */
export function parseSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

export function stringifySearch(search: Record<string, unknown>): string {
  const pairs = Object.entries(search).filter(([, value]) => typeof value === 'string' && value !== '');
  const query = new URLSearchParams(pairs as [string, string][]) // strings only, just filtered
    .toString()
    // Allowed in a query (RFC 3986 §3.4), and `columns=city,owner` is read by people.
    .replaceAll('%2C', ',');
  return query && `?${query}`;
}
