import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyStored } from '../testing/any-stored.ts';
import { storedOf } from '../testing/stored-of.ts';
import { decodeEntry, encodeEntry, encodeHead } from './redis-entry.ts';
import { redisText } from './redis-text.ts';

describe('an entry in Redis', () => {
  it('comes back exactly', () => {
    fc.assert(
      fc.property(anyStored, (stored) => {
        expect(isDeepStrictEqual(decodeEntry(encodeEntry(stored, { compressFrom: 0 })), stored)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps a token and a namespace that UTF-8 cannot write', () => {
    const token = { epoch: '\ud800', sequence: 3, tags: ['a', '\udc00', '\ufffd'] };
    const stored = { ...storedOf(1), token, namespace: '\ud800' };
    expect(decodeEntry(encodeEntry(stored))).toStrictEqual(stored);
    const tagged = { ...stored, token: { ...token, epoch: 'e' } };
    expect(decodeEntry(encodeEntry(tagged))).toStrictEqual(tagged);
  });

  it('is not read when it was cut short, is foreign, of a later version or without its value', () => {
    const stored = storedOf({ a: 1 });
    const bytes = encodeEntry(stored);
    for (let length = 0; length < bytes.length; length++)
      expect(decodeEntry(bytes.subarray(0, length))).toBeUndefined();
    expect(decodeEntry(encodeHead(stored))).toBeUndefined();
    expect(decodeEntry(Buffer.concat([bytes.subarray(1), bytes]))).toBeUndefined();
    expect(decodeEntry(bytes.fill(2, 2, 3))).toBeUndefined();
  });

  it('is read as this version wrote it, whatever becomes of it', () => {
    const token = { epoch: 'e', sequence: 2, tags: ['t'] };
    const stored = { value: 1, token, namespace: 'n', storedAt: 2, expires: 3, keptUntil: 5, bytes: 4 };
    const bytes = Buffer.from(
      '565201024500000000000000000008400000000000001440000000000000004001000000650100000001000000740000000000000040000000000000104003000000226e22565601080000010000000000000000009801f6a531',
      'hex',
    );
    expect(decodeEntry(bytes)).toStrictEqual(stored);
    const accented = Buffer.from(
      '565201004600000000000000000008400000000000001440000000000000004001000000650100000002000000c3a90000000000000040000000000000104003000000226e22565601080000010000000000000000009801f6a531',
      'hex',
    );
    expect(decodeEntry(accented)).toStrictEqual({ ...stored, token: { ...token, tags: ['é'] } });
  });

  it('is not read when it is none that was written here, though its sum is right', () => {
    const odd = (change: object) => encodeEntry({ ...storedOf(1), ...change });
    for (const bytes of [NaN, -1]) expect(decodeEntry(odd({ bytes }))).toBeUndefined();
    for (const time of ['storedAt', 'expires', 'keptUntil'])
      expect(decodeEntry(odd({ [time]: NaN }))).toBeUndefined();
    const swapped = (from: string, to: string) => {
      const tags = ['\ud800', 'a tag that leaves room'];
      const bytes = encodeEntry({
        ...storedOf(1),
        token: { epoch: 'e', sequence: 1, tags },
        namespace: 'spacious',
      });
      const at = bytes.indexOf(from);
      bytes.write(to.padEnd(bytes.readUInt32LE(at - 4)), at);
      return decodeEntry(bytes);
    };
    for (const namespace of ['{', '7', 'null']) expect(swapped('"spacious"', namespace)).toBeUndefined();
    for (const token of ['{}', 'null', '7', '{"epoch":"e","sequence":1,"tags":[["a","b"]]}'])
      expect(swapped('{"epoch"', token)).toBeUndefined();
    for (const token of ['{"epoch":"e","sequence":"1","tags":[]}', '{"epoch":1,"sequence":1,"tags":[]}'])
      expect(swapped('{"epoch"', token)).toBeUndefined();
    const counted = encodeEntry({ ...storedOf(1), token: { epoch: '', sequence: 1, tags: [] } });
    counted.writeUInt32LE(0xffff_ffff, 36); // how many tags
    expect(decodeEntry(counted)).toBeUndefined();
  });

  it('gives a Buffer memory of its own', () => {
    const value = Buffer.from('some bytes');
    const read = decodeEntry(encodeEntry(storedOf(value)))?.value;
    expect(read).toStrictEqual(value);
    expect(read instanceof Buffer && read.buffer.byteLength).toBe(value.length);
  });
});

describe('text for Redis', () => {
  it('is different for different text, and begins as its beginning does', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', '\ud800', '\ud83d', '\ude42', '\udfff', '\ufffd', '🙂'),
    });
    const bytes = (some: string) => Buffer.from(redisText(some));
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(bytes(one).equals(bytes(other))).toBe(one === other);
        const begins = bytes(one + other).indexOf(bytes(one)) === 0;
        expect(begins || /[\ud800\ud83d]$/.test(one)).toBe(true);
      }),
      { numRuns: 2000 },
    );
    expect(redisText('é🙂')).toBe('é🙂');
  });
});
