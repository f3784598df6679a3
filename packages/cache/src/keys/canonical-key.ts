/**
 * Writes a value as text so that equal values give equal text and different ones different text, whatever the order of
 * an object's members. Takes what is read from a query string or JSON, and undefined, bigint and Date. All ASCII.
 *
 * @throws {TypeError} for what has no such text: functions, symbols, objects of a class
 * @example canonicalKey({ page: 1, q: 'é' }) // '{page:1,q:"\u00e9"}'
 */
export function canonicalKey(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'bigint':
      return `${value}n`;
    case 'boolean':
    case 'undefined':
      return String(value);
    case 'object':
      return value === null ? 'null' : canonicalObject(value);
    default:
      throw new TypeError(`A ${typeof value} cannot be part of a cache key.`);
  }
}

function canonicalObject(value: object): string {
  if (Array.isArray(value)) return `[${Array.from(value, canonicalKey).join(',')}]`;
  if (value instanceof Date) return `@${Number.isNaN(value.getTime()) ? 'never' : value.toISOString()}`;
  if (!isPlain(value)) {
    const { name = 'of no name' } = (value.constructor ?? {}) as { name?: string }; // a class's, if it is one
    throw new TypeError(`An object of class ${name} cannot be part of a cache key.`);
  }
  const members = value as Readonly<Record<string, unknown>>; // any object's, by its own names
  let text = '';
  for (const name of Object.keys(members).sort()) {
    text += `${text === '' ? '' : ','}${word.test(name) ? name : quoted(name)}:${canonicalKey(members[name])}`;
  }
  return `{${text}}`;
}

/** An object literal's, one without a prototype, or one whose prototype is empty, as parsers of query strings make them. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return true;
  return (
    typeof prototype === 'object' &&
    Object.getPrototypeOf(prototype) === null &&
    Reflect.ownKeys(prototype).length === 0
  );
}

const word = /^\w+$/;
/** Text that reads the same in quotes. */
const plain = /^[ !#-[\]-~]*$/;
const unprintable = /[^ -~]/g;

function quoted(text: string): string {
  if (plain.test(text)) return `"${text}"`;
  return JSON.stringify(text).replace(
    unprintable,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
