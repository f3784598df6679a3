import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalKey } from './canonical-key.ts';

const leaf = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.constantFrom('1', 'null', 'undefined', 'true', '1n', '[]', '{}', '@never', '', '\ud800', '"', '\\'),
  fc.constantFrom(1, 0, -0, NaN, Infinity, 1.5, 1n, 0n, true, false, null, undefined),
  fc.date({ noInvalidDate: false }),
);
const { value: params } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, leaf, fc.array(tie('value'), { maxLength: 3 }), tie('object')),
  object: fc.dictionary(fc.constantFrom('a', 'b', 'page', 'with space', 'é', '"'), tie('value'), {
    maxKeys: 3,
    noNullPrototype: true,
  }),
}));

describe('a canonical key', () => {
  it('is equal for equal values and different for different ones', () => {
    fc.assert(
      fc.property(params, params, (one, other) => {
        expect(canonicalKey(one) === canonicalKey(other)).toBe(isDeepStrictEqual(one, other));
        expect(canonicalKey(structuredClone(one))).toBe(canonicalKey(one));
      }),
      { numRuns: 5000 },
    );
  });

  it('of many small values is never that of another', () => {
    const values = fc.sample(params, { numRuns: 3000, seed: 1 });
    const keys = new Map<string, unknown>();
    for (const value of values) {
      const key = canonicalKey(value);
      const first = keys.has(key) ? keys.get(key) : value;
      expect(first).toStrictEqual(value);
      keys.set(key, first);
    }
    expect(keys.size).toBeGreaterThan(1000);
  });

  it('does not depend on the order of members', () => {
    expect(canonicalKey({ b: { y: 1, x: 2 }, a: [] })).toBe(canonicalKey({ a: [], b: { x: 2, y: 1 } }));
    expect(canonicalKey({ page: 1, q: 'é' })).toBe(String.raw`{page:1,q:"\u00e9"}`);
  });

  it('is printable ASCII', () => {
    fc.assert(
      fc.property(params, (value) => {
        expect(canonicalKey(value)).toMatch(/^[\x20-\x7e]*$/);
      }),
    );
  });

  it.each([[() => 1], [Symbol('s')], [new Map()], [Buffer.from('x')], [{ deep: [new Set()] }]])(
    'refuses what has no text of its own: %s',
    (value) => {
      expect(() => canonicalKey(value)).toThrow(TypeError);
    },
  );

  it('takes what parsers of query strings give, whose prototype is empty', () => {
    const prototype: object = Object.freeze(Object.create(null) as object); // as create always gives
    const query = Object.assign(Object.create(prototype) as object, { page: '1' }); // likewise
    expect(canonicalKey(query)).toBe(canonicalKey({ page: '1' }));
  });

  it('says of what class an object is that it refuses, if it has one', () => {
    expect(() => canonicalKey(new Map())).toThrow('class Map');
    const odd = Object.create({ inherited: 1, constructor: undefined }) as object; // likewise
    expect(() => canonicalKey(odd)).toThrow('of no name');
  });
});
