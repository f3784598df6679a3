import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyStored } from '../testing/any-stored.ts';
import { decodeStored, encodeStored } from './stored-entry.ts';

const text = fc.string({ unit: 'binary', maxLength: 8 });
const key = fc.oneof(text, fc.constantFrom('\ud800', '\udc00', '\ufffd', '__proto__'));

describe('an entry', () => {
  it('comes back exactly, and only for its own key', () => {
    fc.assert(
      fc.property(key, key, anyStored, (own, other, stored) => {
        const bytes = encodeStored(own, stored, { compressFrom: 0 });
        const read = decodeStored(own, bytes);
        expect(isDeepStrictEqual(read, { stored })).toBe(true);
        const wanted = other === own ? 'stored' : 'refused';
        expect(decodeStored(other, bytes)).toHaveProperty(wanted);
      }),
      { numRuns: 300 },
    );
  });

  it('is refused when a byte was changed, or it was cut short or is longer', () => {
    fc.assert(
      fc.property(
        anyStored,
        fc.nat({ max: 2 ** 31 - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (stored, at, mask) => {
          const bytes = encodeStored('key', stored);
          const byte = at % bytes.length;
          expect(decodeStored('key', bytes.subarray(0, byte))).toHaveProperty('refused');
          expect(decodeStored('key', Buffer.concat([bytes, bytes]))).toEqual({ refused: 'torn' });
          bytes.writeUInt8(bytes.readUInt8(byte) ^ mask, byte);
          expect(decodeStored('key', bytes)).toHaveProperty('refused');
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is refused when it was half written over an older one of the same size', () => {
    const stored = {
      token: { epoch: 'e', sequence: 1, tags: ['t'] },
      namespace: 'n',
      storedAt: 0,
      expires: 1,
      keptUntil: 2,
      bytes: 1,
    };
    const older = encodeStored('key', { ...stored, value: 'old' });
    const newer = encodeStored('key', { ...stored, token: { ...stored.token, sequence: 2 }, value: 'new' });
    expect(newer.length).toBe(older.length);
    for (let at = 0; at <= older.length; at++) {
      const read = decodeStored('key', Buffer.concat([newer.subarray(0, at), older.subarray(at)]));
      if ('refused' in read) continue;
      expect([1, 'old', 2, 'new'].join()).toContain([read.stored.token.sequence, read.stored.value].join());
    }
  });

  it('is read as this version wrote it, whatever becomes of it', () => {
    const bytes = Buffer.from(
      '56450100570000000000000000000040000000000000084000000000000014401771cdd77b226b6579223a226b6579222c22746f6b656e223a7b2265706f6368223a2265222c2273657175656e6365223a322c2274616773223a5b2274225d7d2c226e616d657370616365223a226e222c226279746573223a347d565601080000010000000000000000009801f6a531',
      'hex',
    );
    const token = { epoch: 'e', sequence: 2, tags: ['t'] };
    const stored = { value: 1, token, namespace: 'n', storedAt: 2, expires: 3, keptUntil: 5, bytes: 4 };
    expect(decodeStored('key', bytes)).toStrictEqual({ stored });
  });

  it('is told from other bytes, and from those of a later version', () => {
    const bytes = encodeStored('key', {
      value: undefined,
      token: { epoch: 'e', sequence: 1, tags: [] },
      namespace: 'n',
      storedAt: 0,
      expires: 1,
      keptUntil: 2,
      bytes: 1,
    });
    expect(decodeStored('key', bytes)).toMatchObject({ stored: { value: undefined } });
    expect(decodeStored('key', bytes.subarray(1))).toEqual({ refused: 'foreign' });
    expect(decodeStored('key', bytes.fill(2, 2, 3))).toEqual({ refused: 'newer' });
  });

  it('is refused when its head is none that was written here, though its sum is right', () => {
    const token = { epoch: 'e', sequence: 1, tags: ['t'] };
    const whole = { value: 1, token, namespace: 'n', storedAt: 0, expires: 1, keptUntil: 2, bytes: 1 };
    const odd: object[] = [
      ...[NaN, -1, Infinity].map((bytes) => ({ bytes })),
      ...['storedAt', 'expires', 'keptUntil'].map((time) => ({ [time]: NaN })),
      ...[{ tags: [] }, { ...token, tags: [7] }, { ...token, sequence: '1' }].map((one) => ({ token: one })),
      { namespace: 7 },
    ];
    for (const change of odd)
      expect(decodeStored('key', encodeStored('key', { ...whole, ...change }))).toEqual({
        refused: 'unreadable',
      });
  });
});
