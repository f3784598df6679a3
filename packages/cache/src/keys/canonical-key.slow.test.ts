import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalKey } from './canonical-key.ts';

const lists = 300_000;

/** Values that careless keys take for each other, and the lists and objects made of them. */
const leaf = fc.oneof(
  fc.constantFrom<unknown>(
    1,
    '1',
    1n,
    '1n',
    null,
    'null',
    undefined,
    'undefined',
    true,
    'true',
    0,
    -0,
    NaN,
    '',
  ),
  fc.constantFrom<unknown>([], {}, [[]], [{}], '[]', '{}', ',', ':', '"', '\\', 'a:1', '{a:1}', '@never'),
  fc.date().map((date) => (Number.isNaN(date.getTime()) ? null : date)),
  fc.integer(),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const { value: argument } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'ab', 'é', '', 'a:b', '"'), tie('value'), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
  ),
}));

it('tells apart 300,000 argument lists, and only those that differ', () => {
  const seen = new Map<string, unknown>();
  const collisions: string[] = [];
  let equal = 0;
  for (const one of fc.sample(fc.array(argument, { maxLength: 4 }), { numRuns: lists, seed: 20_261_121 })) {
    const key = canonicalKey(one);
    const before = seen.get(key);
    if (before === undefined) seen.set(key, one);
    else if (isDeepStrictEqual(before, one)) equal++;
    else collisions.push(key);
    expect(canonicalKey(backwards(one))).toBe(key);
  }
  expect(collisions).toEqual([]);
  expect(seen.size + equal).toBe(lists);
  expect(seen.size).toBeGreaterThan(lists / 2);
});

/** The same value, its objects' members in the opposite order. */
function backwards(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(backwards);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, member]) => [name, backwards(member)]),
  );
}
