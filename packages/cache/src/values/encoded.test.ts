import { isDeepStrictEqual } from 'node:util';
import { crc32, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyValue } from '../testing/any-value.ts';
import { decode, encode, mostUnpacked } from './encoded.ts';

/** What comes back; a refusal fails the test. */
function again<Value>(value: Value, compressFrom = Infinity): Value {
  const decoded = decode(encode(value, { compressFrom }));
  if ('refused' in decoded) throw new Error(`refused: ${decoded.refused}`);
  return decoded.value as Value; // it was encoded from one
}

/** Bytes with some changed and the checksum made right, as a later version would write them. */
function rewritten(bytes: Buffer, change: (bytes: Buffer) => void): Buffer {
  const copy = Buffer.from(bytes);
  change(copy);
  copy.writeUInt32LE(crc32(copy.subarray(20), crc32(copy.subarray(0, 16))), 16);
  return copy;
}

describe('a value written and read', () => {
  it.each([0, Infinity])('is exactly the same, compressed from %s bytes', (compressFrom) => {
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(isDeepStrictEqual(again(value, compressFrom), value)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('is JSON where that is exact, and is the same by V8', () => {
    const isJson = (value: unknown) => (encode(value).readUInt8(3) & 8) !== 0;
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 2, stringUnit: 'binary' }), (value) => {
        const byV8 = again([undefined, value])[1];
        expect([again(value), again(value, 0)]).toStrictEqual([byV8, byV8]);
        expect(isJson(value) || !isDeepStrictEqual(JSON.parse(JSON.stringify(value)), value)).toBe(true);
        expect(isJson([undefined, value])).toBe(false);
      }),
    );
  });

  it('refers to the same parts in the same places, in circles too', () => {
    const edges = fc.array(fc.tuple(fc.nat({ max: 5 }), fc.nat({ max: 5 })), { maxLength: 20 });
    fc.assert(
      fc.property(
        edges,
        fc.array(fc.constantFrom('record', 'bare', 'map'), { minLength: 6, maxLength: 6 }),
        (pairs, sorts) => {
          const to = sorts.map(() => [] as unknown[]); // filled below
          const nodes = sorts.map((sort, at) => {
            if (sort === 'map') return new Map([['to', to[at]]]);
            return sort === 'bare' ? { __proto__: null, to: to[at] } : { to: to[at] };
          });
          for (const [from, target] of pairs) to[from]?.push(nodes[target]);
          const copy = again({ nodes, to });
          for (const [at, node] of copy.nodes.entries()) {
            expect(Object.getPrototypeOf(node)).toBe(Object.getPrototypeOf(nodes[at]));
            expect(node instanceof Map ? node.get('to') : Reflect.get(node, 'to')).toBe(copy.to[at]);
            const targets = pairs.filter(([from]) => from === at).map(([, target]) => copy.nodes[target]);
            expect(copy.to[at]?.length).toBe(targets.length);
            for (const [place, target] of targets.entries()) expect(copy.to[at]?.[place]).toBe(target);
          }
        },
      ),
    );
  });

  it('keeps memory shared that views share, and a Buffer one Buffer', () => {
    const memory = new ArrayBuffer(16);
    const buffer = Buffer.from('from the pool');
    const value = {
      one: new Uint8Array(memory, 4, 4),
      other: new Float64Array(memory),
      memory,
      buffer,
      too: buffer,
    };
    const copy = again(value);
    copy.one[0] = 7;
    expect(new Uint8Array(copy.memory)[4]).toBe(7);
    expect(copy.other.buffer).toBe(copy.memory);
    expect([copy.one.byteOffset, copy.one.length]).toEqual([4, 4]);
    expect(Buffer.isBuffer(copy.buffer)).toBe(true);
    expect(copy.too).toBe(copy.buffer);
  });

  it('keeps what is easily lost: NaN bits, an Error with its stack, an own __proto__, holes', () => {
    const bits = new BigUint64Array([0x7ff8_0000_0000_0123n]);
    expect(new BigUint64Array(again(new Float64Array(bits.buffer)).buffer)).toEqual(bits);
    const error = new TypeError('wrong', { cause: undefined });
    expect(again(error).stack).toBe(error.stack);
    expect(Object.hasOwn(again(error), 'cause')).toBe(true);
    expect(Object.hasOwn(again(JSON.parse('{"__proto__":1}') as object), '__proto__')).toBe(true); // the text is an object’s
    const holes: undefined[] = [];
    holes[1] = undefined;
    holes.length = 3;
    expect([0, 1, 2].map((at) => at in again(holes))).toEqual([false, true, false]);
  });

  it('shares no memory with the bytes, a Buffer as the value apart', () => {
    const bytes = encode({ view: new Uint8Array([1, 2]), buffer: Buffer.from([3]) });
    const decoded = decode(bytes);
    bytes.fill(0);
    expect(decoded).toEqual({ value: { view: new Uint8Array([1, 2]), buffer: Buffer.from([3]) } });

    const whole = encode(Buffer.from('as it is'), { compressFrom: 0 });
    const { value } = decode(whole) as { value: Buffer }; // a Buffer was encoded
    expect([value.toString(), whole.length]).toEqual(['as it is', 20 + 8]);
    whole.fill('a', 20);
    expect(value.toString()).toBe('aaaaaaaa');
  });

  it('is compressed from the given size on when that makes it smaller', () => {
    const long = 'again and again '.repeat(100);
    expect(encode(long, { compressFrom: 1000 }).length).toBeLessThan(200);
    expect(encode(long, { compressFrom: 2000 }).length).toBeGreaterThan(1600);
    expect(encode(1, { compressFrom: 0 }).length).toBe(encode(1).length);
  });
});

describe('bytes that are not as they were written', () => {
  const written = fc.tuple(anyValue, fc.constantFrom(0, Infinity)).map(([value, compressFrom]) => ({
    value,
    bytes: encode(value, { compressFrom }),
  }));
  const place = fc.nat({ max: 2 ** 31 - 1 });

  it('are refused when a byte was changed', () => {
    fc.assert(
      fc.property(written, place, fc.integer({ min: 1, max: 255 }), ({ bytes }, at, mask) => {
        const byte = at % bytes.length;
        bytes.writeUInt8(bytes.readUInt8(byte) ^ mask, byte);
        expect(decode(bytes)).toHaveProperty('refused');
      }),
      { numRuns: 500 },
    );
  });

  it('are refused when they are cut short, filled with zeros or longer', () => {
    fc.assert(
      fc.property(written, place, ({ value, bytes }, at) => {
        const kept = at % bytes.length;
        expect(decode(bytes.subarray(0, kept))).toHaveProperty('refused');
        expect(decode(Buffer.concat([bytes, Buffer.alloc(1)]))).toEqual({ refused: 'torn' });
        const zeros = Buffer.from(bytes).fill(0, kept);
        const decoded = decode(zeros);
        expect('refused' in decoded || isDeepStrictEqual(decoded.value, value)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('are read as this version wrote them, whatever becomes of it', () => {
    const bytes = Buffer.from(
      '565601000f002a0000000000000000009d87a214ff0f41044e00000000000000805f2201e95c050000000000000000000000000000f03f42020700240004',
      'hex',
    );
    expect(decode(bytes)).toStrictEqual({ value: [-0, undefined, 'é', new Uint16Array([7])] });
    expect(
      decode(Buffer.from('565601040f000c000000000000000000b92e4e6aff0f6f7b0041014900240001', 'hex')),
    ).toStrictEqual({ value: Object.create(null) });
    const json = Buffer.from(
      '56560108000027000000000000000000a9a36b267b2262223a5b6e756c6c2c747275652c22c3a95c7564383030222c312e355d2c2261223a7b7d7d',
      'hex',
    );
    expect(decode(json)).toStrictEqual({ value: { b: [null, true, 'é\ud800', 1.5], a: {} } });
  });

  it('say why', () => {
    const bytes = encode('some text');
    expect(decode(Buffer.alloc(0))).toEqual({ refused: 'torn' });
    expect(decode(Buffer.alloc(40))).toEqual({ refused: 'foreign' });
    expect(decode(rewritten(bytes.subarray(0, -1), () => undefined))).toEqual({ refused: 'torn' });
    expect(decode(rewritten(bytes, (later) => later.writeUInt8(2, 2)))).toEqual({ refused: 'newer' });
    expect(decode(rewritten(bytes, (later) => later.writeUInt8(16, 3)))).toEqual({ refused: 'newer' });
    expect(decode(rewritten(bytes, (later) => later.writeUInt8(255, 4)))).toEqual({ refused: 'newer' });
    expect(decode(rewritten(bytes, (other) => other.fill(0xee, 20)))).toEqual({ refused: 'unreadable' });
    const byV8 = encode([undefined]);
    expect(decode(rewritten(byV8, (other) => other.fill(0xee, 20)))).toEqual({ refused: 'unreadable' });
  });

  it('never take more memory than they say, nor than the bound', () => {
    const text = 'x'.repeat(100_000);
    const bytes = encode(text, { compressFrom: 0 });
    const bound = rewritten(bytes, (large) => large.writeUInt32LE(mostUnpacked + 1, 12));
    expect(decode(bound)).toEqual({ refused: 'too large' });
    const lying = rewritten(bytes, (small) => small.writeUInt32LE(1000, 12));
    expect(decode(lying)).toEqual({ refused: 'unreadable' });
    expect(zstdCompressSync(text).length).toBeLessThan(1000);
  });
});
