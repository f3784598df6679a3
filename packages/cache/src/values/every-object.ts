import { types } from 'node:util';
import { isView, viewClasses } from './view-classes.ts';

/** What an object is to who visits it: `record` and `array` hold nothing but their properties, `other` holds more. */
type Sort = 'record' | 'array' | 'other';

/** Called once for every object, in an order that is the same for equal values; the first has number 0. */
export type Visit = (object: object, number: number, sort: Sort) => void;

/** Levels; V8 reads and writes recursively and would run out of stack somewhere further down. */
const deepest = 1000;

/**
 * Visits every object that a value holds, itself included, each once however often it is referred to.
 *
 * @throws {TypeError} for whatever V8's serialisation refuses or would change without a word: functions, symbols,
 * promises, instances of classes, accessors, hidden and symbol properties, properties put on a Map or a Date, a RegExp
 * amid a search, resizable and shared memory. It says what and where: `value.orders[2].total is a function: …`.
 */
export function everyObject(root: unknown, visit: Visit): void {
  const seen = new Set<object>();
  /** How the part is reached from the value: properties, indexes, and words such as ` (key 2)` for a Map's. */
  const path: string[] = [];

  const refuse = (what: string): never => {
    throw new TypeError(`${placeOf(path)} is ${what}: only data can be cached, so give it as plain data.`);
  };

  const enter = (part: unknown, step: string): void => {
    path.push(step);
    descend(part);
    path.pop();
  };

  const descend = (part: unknown): void => {
    if (typeof part === 'function' || typeof part === 'symbol') refuse(`a ${typeof part}`);
    if (typeof part !== 'object' || part === null || seen.has(part)) return;
    if (path.length > deepest) refuse(`more than ${deepest} levels down`);
    if (types.isProxy(part)) refuse('a Proxy');
    const sort = sortOf(part);
    visit(part, seen.size, sort);
    seen.add(part);
    if (sort === 'other') descendInto(part);
    else properties(part, sort);
  };

  const properties = (part: object, sort: Sort): void => {
    for (const name of Reflect.ownKeys(part)) {
      if (sort === 'array' && name === 'length') continue; // hidden, and kept
      if (typeof name === 'symbol') return refuse('an object with a symbol for a property');
      // ownKeys has just given the name
      const property = Object.getOwnPropertyDescriptor(part, name) as PropertyDescriptor;
      if (!('value' in property) || !property.enumerable) {
        path.push(name);
        return refuse('value' in property ? 'a hidden property' : 'an accessor');
      }
      enter(property.value, name);
    }
  };

  /** Objects that hold more than their properties. */
  const descendInto = (part: object): void => {
    if (Object.getPrototypeOf(part) !== prototypeOf(part))
      return refuse(`an object of class ${classOf(part)}`);
    if (types.isNativeError(part)) return error(part);
    if (isView(part)) {
      // A Buffer keeps its bytes only: what it is a part of is mostly a pool that it shares with strangers.
      if (!Buffer.isBuffer(part)) enter(part.buffer, 'buffer');
      return;
    }
    if (types.isArrayBuffer(part) && part.resizable) return refuse('resizable memory');
    if (Reflect.ownKeys(part).length > ownProperties(part)) return refuse('an object with added properties');
    if (types.isRegExp(part) && part.lastIndex !== 0) return refuse('a RegExp whose lastIndex is not 0');
    let number = 0;
    if (types.isMap(part)) {
      for (const [key, value] of part) {
        enter(key, ` (key ${number})`);
        enter(value, ` (value ${number++})`);
      }
    } else if (types.isSet(part)) {
      for (const member of part) enter(member, ` (member ${number++})`);
    }
  };

  const error = (part: Error): void => {
    for (const name of Reflect.ownKeys(part)) {
      const property = Object.getOwnPropertyDescriptor(part, name);
      const kept = name === 'cause' || typeof Reflect.get(part, name) === 'string';
      if (!(name === 'stack' || name === 'message' || name === 'cause') || property?.enumerable || !kept)
        return refuse(`an Error with a property of its own (${String(name)})`);
    }
    if (Object.hasOwn(part, 'cause')) enter(part.cause, 'cause');
  };

  descend(root);
}

function sortOf(part: object): Sort {
  const prototype: unknown = Object.getPrototypeOf(part);
  if (prototype === Object.prototype || prototype === null) return 'record';
  return prototype === Array.prototype && Array.isArray(part) ? 'array' : 'other';
}

const errorClasses = [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError];

/** The prototype that an object has after V8 wrote and read it; undefined when it is refused or forgets its class. */
function prototypeOf(part: object): object | undefined {
  if (Buffer.isBuffer(part)) return Buffer.prototype as object; // typed as any
  if (isView(part)) return viewClasses.find((one) => part instanceof one)?.prototype;
  if (types.isMap(part)) return Map.prototype;
  if (types.isSet(part)) return Set.prototype;
  if (types.isDate(part)) return Date.prototype;
  if (types.isRegExp(part)) return RegExp.prototype;
  if (types.isArrayBuffer(part)) return ArrayBuffer.prototype;
  if (types.isNumberObject(part)) return Number.prototype;
  if (types.isStringObject(part)) return String.prototype;
  if (types.isBooleanObject(part)) return Boolean.prototype;
  if (types.isBigIntObject(part)) return BigInt.prototype;
  if (types.isNativeError(part))
    return errorClasses.find((one) => one.prototype === Object.getPrototypeOf(part))?.prototype;
  return undefined;
}

/** How many properties such an object has that nobody added. */
function ownProperties(part: object): number {
  if (types.isStringObject(part)) return part.length + 1;
  return types.isRegExp(part) ? 1 : 0;
}

function classOf(part: object): string {
  const { constructor } = part as { constructor?: { name: string } }; // an object may have none
  return constructor?.name || 'no name';
}

function placeOf(path: readonly string[]): string {
  const shown = path.length > 20 ? ['…', ...path.slice(-20)] : path;
  return `value${shown.map(stepOf).join('')}`;
}

function stepOf(step: string): string {
  if (step === '…' || step.startsWith(' (')) return step;
  if (/^\d+$/.test(step)) return `[${step}]`;
  return /^[\p{L}_$][\p{L}\d_$]*$/u.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
}
