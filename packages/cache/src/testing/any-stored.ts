import fc from 'fast-check';
import type { Stored } from '../tier.ts';
import { anyValue } from './any-value.ts';

const text = fc.string({ unit: 'binary', maxLength: 8 });

/** Entries of every sort of value, with texts that UTF-8 cannot write and times that never come. */
export const anyStored: fc.Arbitrary<Stored<unknown>> = fc.record(
  {
    value: anyValue,
    token: fc.record(
      { epoch: text, sequence: fc.maxSafeNat(), tags: fc.array(text, { maxLength: 4 }) },
      { noNullPrototype: true },
    ),
    namespace: text,
    storedAt: fc.maxSafeNat(),
    expires: fc.oneof(fc.maxSafeNat(), fc.constantFrom(Infinity, 1.5)),
    keptUntil: fc.oneof(fc.maxSafeNat(), fc.constantFrom(Infinity)),
    bytes: fc.maxSafeNat(),
  },
  { noNullPrototype: true },
);
