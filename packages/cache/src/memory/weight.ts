/** What an object takes besides its members, in bytes, roughly. */
const forObject = 48;
/** What a member's or an element's slot takes: a word of V8's. */
const forSlot = 8;
/** From so many members on an object is taken to be a table of its own, with names that no other object has. */
const manyMembers = 100;
/** What a member of such a table takes besides its value and the letters of its name (measured: 53 with a slot, Node 24). */
const forNamed = 64;
/** Objects looked into; of larger values the rest is taken to be like what was seen. */
const mostObjects = 10_000;

/**
 * What a value takes in memory, in bytes: a quick estimate, within a factor of two for what JSON can hold. What a class
 * hides is not seen.
 * @example weightOf({ name: 'Marie' }) // 82
 */
export function weightOf(value: unknown): number {
  const waiting: unknown[] = [value];
  const seen = new Set<object>();
  let bytes = 0;
  for (let one = waiting.pop(); seen.size < mostObjects; one = waiting.pop()) {
    bytes += ofOne(one, seen, waiting);
    if (waiting.length === 0) return bytes;
  }
  return Math.round((bytes * (seen.size + waiting.length)) / seen.size);
}

function ofOne(one: unknown, seen: Set<object>, waiting: unknown[]): number {
  if (typeof one === 'string') return 16 + 2 * one.length;
  if (typeof one === 'bigint') return 24;
  if (typeof one !== 'object' || one === null || seen.has(one)) return 0;
  seen.add(one);
  if (ArrayBuffer.isView(one)) return forObject + one.byteLength;
  if (one instanceof ArrayBuffer) return forObject + one.byteLength;
  const parts = partsOf(one);
  for (const part of parts) waiting.push(part);
  return forObject + forSlot * parts.length + ofNames(one, parts.length);
}

function partsOf(one: object): readonly unknown[] {
  if (one instanceof Map) return [...one].flat();
  return one instanceof Set ? [...one] : Object.values(one);
}

/** What the names of the members take, where no other object has the same ones. */
function ofNames(one: object, members: number): number {
  if (members < manyMembers || Array.isArray(one) || one instanceof Map || one instanceof Set) return 0;
  return Object.keys(one).reduce((sum, name) => sum + forNamed + name.length, 0);
}
