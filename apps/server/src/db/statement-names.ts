/** How many statements are prepared on each connection. */
const most = 200;
/** Characters; longer ones are batches, of which hardly two are alike. */
const longest = 4000;

const names = new Map<string, string>();
/** Asked once, or again since this was last emptied. */
const askedOnce = new Set<string>();

/**
 * The name to prepare a statement under, the same on every connection; undefined for one that is sent as it is. PostgreSQL
 * reads a prepared statement once: a page of a list, through its view and with 25 indexes to consider, took 2.0 ms without
 * a name and 1.4 to 1.8 with one. Those asked twice get names until there are enough, so that odd filters cannot fill the
 * server's memory.
 */
export function statementName(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= most) return known;
  if (text.length > longest || !/^\s*(select|with)\b/i.test(text)) return undefined;
  if (!askedOnce.has(text)) {
    if (askedOnce.size >= most) askedOnce.clear();
    askedOnce.add(text);
    return undefined;
  }
  const name = `vif_${names.size}`;
  names.set(text, name);
  askedOnce.delete(text);
  return name;
}
