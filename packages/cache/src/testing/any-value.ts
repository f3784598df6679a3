import fc from 'fast-check';

const bytes = fc.uint8Array({ maxLength: 12 });
const text = fc.string({ unit: 'binary', maxLength: 6 });
const exotic = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, -0, NaN, Infinity, -Infinity, '', '\ud800x', 0n, -(2n ** 70n)),
  fc.date({ noInvalidDate: false }),
  fc.constantFrom(/a|b/giu, /\//y, new RegExp('', 'dsv')),
  bytes.map((some) => Buffer.from(some)),
  bytes.map((some) => some.buffer),
  bytes.map((some) => new DataView(some.buffer, some.length >> 1)),
  bytes.map((some) => new Float16Array(some)),
  bytes.map((some) => new Uint16Array(new ArrayBuffer(30), 2, some.length)),
  fc.tuple(text, fc.anything()).map(([message, cause]) => new RangeError(message, { cause })),
  text.map((message) => new Error(message)),
);

/** Every sort of value that a cache keeps exactly, nested in one another, without parts shared between them. */
export const anyValue = fc.anything({
  values: [fc.anything(), exotic],
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
  stringUnit: 'binary',
});
