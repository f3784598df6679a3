import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyValue } from '../testing/any-value.ts';
import { exactJson } from './exact-json.ts';

const text = fc.string({ unit: fc.oneof(fc.constantFrom('\ud800', '\udfff', '"', '\n', '🙂'), fc.string()) });
/** Small enough for JSON, keys that look like indexes among them. */
const plain = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<unknown>(null, true, false, 0, 1.5, -1e21, Number.MAX_VALUE, 5e-324, 2 ** 53),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((some) => (some === 0 ? 0 : some)),
    text,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.oneof(
        text.filter((key) => key !== '__proto__'),
        fc.nat({ max: 20 }).map(String),
        fc.constantFrom('toJSON', 'constructor', 'length', '4294967294', '4294967295', '01'),
      ),
      tie('value'),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
})).value;

describe('a value as JSON', () => {
  it('is read as exactly the same, its keys in their order', () => {
    fc.assert(
      fc.property(plain, (value) => {
        const json = exactJson(value);
        expect(json).toBeDefined();
        const copy: unknown = JSON.parse(json ?? '');
        expect(isDeepStrictEqual(copy, value)).toBe(true);
        expect(JSON.stringify(copy)).toBe(json);
      }),
      { numRuns: 2000 },
    );
  });

  it('is none where JSON would lose anything', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const json = exactJson(value);
        expect(json === undefined || isDeepStrictEqual(JSON.parse(json), value)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  const shared = {};
  const circle: unknown[] = [];
  circle.push(circle);
  const hole: unknown[] = [1];
  hole.length = 2;
  const swapped = Object.assign([], { 1: 'a', x: 'b' });
  class Money {
    amount = 12;
  }
  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['undefined in an object', { x: undefined }],
    ['undefined in an array', [undefined]],
    ['-0', [-0]],
    ['NaN', [NaN]],
    ['Infinity', { x: -Infinity }],
    ['a bigint', [1n]],
    ['a symbol', [Symbol('s')]],
    ['a function', { toJSON: () => 1 }],
    ['a Date', { at: new Date(0) }],
    ['a Buffer', Buffer.from('x')],
    ['a boxed number', Object(1)],
    ['an instance', new Money()],
    ['an instance of a class of arrays', new (class extends Array {})()],
    ['an array that is said to be a plain object', Object.setPrototypeOf([1], Object.prototype)],
    ['an object that is said to be an array', Object.create(Array.prototype)],
    ['an object without a prototype', Object.create(null)],
    ['a Proxy', { x: new Proxy({}, {}) }],
    ['a Proxy of an array', new Proxy([], {})],
    ['parts that are shared', [shared, shared]],
    ['a circle', circle],
    ['a hole', hole],
    ['a hole and an added property', swapped],
    ['an array with an added property', Object.assign([1], { x: 1 })],
    ['an array with a symbol', Object.assign([1], { [Symbol('s')]: 1 })],
    ['an object with a symbol', { [Symbol('s')]: 1 }],
    ['a hidden property', Object.defineProperty({}, 'x', { value: 1 })],
    ['a hidden element', Object.defineProperty([1], 0, { value: 1, enumerable: false })],
    ['an accessor', Object.defineProperty({}, 'x', { get: () => 1, enumerable: true })],
    ['an accessor in an array', Object.defineProperty([1], 0, { get: () => 1, enumerable: true })],
    ['an own __proto__', JSON.parse('{"__proto__":1}')],
  ])('is none for %s', (_what, value) => {
    expect(exactJson(value)).toBeUndefined();
  });

  it('is none where it does not pay, also before much of it was looked at', () => {
    const page = Array.from({ length: 81 }, (_, id) => ({ id, price: id + 0.5, name: `Name ${id}` }));
    expect(exactJson({ page })).toBeDefined();
    expect(exactJson(Array.from({ length: 1300 }, () => 1))).toBeUndefined();
    expect(exactJson(Array.from({ length: 500 }, () => 0.1))).toBeUndefined();
    expect(exactJson('x'.repeat(1001))).toBeUndefined();
    expect(exactJson(Array.from({ length: 30 }, () => 'x'.repeat(900)))).toBeUndefined();
    let deep: unknown[] = [];
    for (let level = 0; level < 100_000; level++) deep = [deep];
    expect(exactJson(deep)).toBeUndefined();
  });

  it('is none while somebody says how everything is written', () => {
    const everything: object = Object.prototype;
    Reflect.set(everything, 'toJSON', () => 'mine');
    const json = exactJson({ a: 1 });
    Reflect.deleteProperty(everything, 'toJSON');
    expect(json).toBeUndefined();
    expect(exactJson({ a: 1 })).toBe('{"a":1}');
  });
});
