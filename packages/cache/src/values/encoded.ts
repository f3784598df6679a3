import { crc32, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { exactJson } from './exact-json.ts';
import { deserialize, serialize, wireVersion } from './serialized.ts';

/**
 * Why bytes are not read; to a cache each is a miss.
 * - `foreign`: nothing that this module wrote.
 * - `torn`: cut short, or changed since it was written.
 * - `newer`: written by a later version of this format or of V8's.
 * - `too large`: it would take more memory than `mostUnpacked` when decompressed.
 * - `unreadable`: as it was written, and V8 cannot read it, such as with too little stack left, or no JSON.
 */
export type Refusal = 'foreign' | 'torn' | 'newer' | 'too large' | 'unreadable';

/** What bytes stand for, which may be undefined, or why they are not read. */
export type Decoded = { readonly value: unknown } | { readonly refused: Refusal };

export interface EncodeOptions {
  /** Serialised bytes from which on a value is compressed if that makes it smaller; Infinity never does. */
  readonly compressFrom?: number;
}

/** What a compressed value may take when decompressed, in bytes; a larger one is kept as it is. */
export const mostUnpacked = 64 * 1024 * 1024;

/*
 * A value's bytes. Numbers are little-endian; a later version may change all but the first three bytes.
 *   0  'VV'
 *   2  version of this format
 *   3  flags: 1 for a Buffer as the value, 2 compressed, 4 objects without a prototype listed, 8 JSON in UTF-8
 *   4  version of V8's format; 0 for a Buffer and for JSON
 *   5  0
 *   6  length of the body (6 bytes)
 *  12  length of the body when decompressed; 0 when it is not compressed (4 bytes)
 *  16  CRC-32 of the bytes before and the body. It tells accidents: whoever may write to the store may write anything.
 *  20  body
 */
const magic = 0x56_56;
const version = 1;
const headerBytes = 20;
const flags = { buffer: 1, compressed: 2, listsBare: 4, json: 8 };
const knownFlags = flags.buffer | flags.compressed | flags.listsBare | flags.json;

/*
 * A page of 81 records, 20 kB of JSON and 19 kB by V8 (Node 24, median): zstd makes it 6,081 bytes in 60 µs and reads it
 * back in 29 µs; gzip 5,880 in 126 and 26 (at its fastest 6,558 in 53 and 28); brotli at quality 4 6,139 in 161 and 36, at
 * 1 6,734 in 58 and 42. So zstd. Of 4.0 kB it makes 1.5 in 23 µs, back in 16; of 0.7 kB 0.4 in 17 and 14, hardly worth it.
 */
const compressFromByDefault = 4096;

/*
 * JSON beside V8's form (Node 24, with the walk that says whether it is exact, µs, what is written and read): 200 bytes 2.5
 * and 1.5 by JSON, 3.9 and 2.0 by V8; 0.8 kB 7.1 and 3.5, 9.1 and 4.4; the page 126 and 67, 141 and 74; a short text 1.0 and
 * 0.6, 1.8 and 1.1; a number 1.0 and 0.5, 1.8 and 1.0. So JSON where it is exact. A walk in vain makes writing 1.2 times as
 * slow, for 300 pairs of an integer and a fraction 1.4 times.
 */

/**
 * Writes a value as bytes that `decode` reads as exactly the same value: undefined, -0, NaN, lone surrogates, bigint,
 * Date, Map, Set, RegExp, Buffer, views and their memory, objects without a prototype, plain Errors, shared parts and
 * cycles included. Whether an object was frozen is not kept, nor properties that were put on a typed array or Buffer. A
 * Buffer as the value itself is neither serialised nor compressed.
 *
 * @throws {TypeError} for what would come back as something else; it says what and where
 * @example
 * decode(encode(new Map([['total', 12n]]))); // { value: Map { 'total' => 12n } }
 * encode({ orders: [{ total: () => 12 }] }); // TypeError: value.orders[0].total is a function: …
 */
export function encode(value: unknown, options: EncodeOptions = {}): Buffer {
  return Buffer.concat(encodedParts(value, options));
}

/** What `encode` joins, for who joins it with more. */
export function encodedParts(
  value: unknown,
  { compressFrom = compressFromByDefault }: EncodeOptions,
): Buffer[] {
  if (isPlainBuffer(value)) return sealed({ flag: flags.buffer, wire: 0, unpacked: 0, body: value });
  const { bytes, flag, wire } = written(value);
  if (bytes.length >= compressFrom && bytes.length <= mostUnpacked) {
    const body = zstdCompressSync(bytes);
    if (body.length < bytes.length)
      return sealed({ flag: flag | flags.compressed, wire, unpacked: bytes.length, body });
  }
  return sealed({ flag, wire, unpacked: 0, body: bytes });
}

/**
 * Reads what `encode` wrote, or says why not. A Buffer that was the value itself is a view of the bytes: who changes the
 * one changes the other. Nothing else is.
 */
export function decode(bytes: Uint8Array): Decoded {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (all.length < headerBytes) return { refused: 'torn' };
  if (all.readUInt16LE(0) !== magic) return { refused: 'foreign' };
  if (all[2] !== version) return { refused: 'newer' };
  const body = all.subarray(headerBytes);
  if (all.readUIntLE(6, 6) !== body.length) return { refused: 'torn' };
  if (all.readUInt32LE(16) !== crc32(body, crc32(all.subarray(0, 16)))) return { refused: 'torn' };
  const [flag, wire, unpacked] = [all.readUInt8(3), all.readUInt8(4), all.readUInt32LE(12)];
  if ((flag & ~knownFlags) !== 0 || wire > wireVersion) return { refused: 'newer' };
  if (flag & flags.buffer) return { value: body };
  if (unpacked > mostUnpacked) return { refused: 'too large' };
  try {
    const serialized =
      flag & flags.compressed ? zstdDecompressSync(body, { maxOutputLength: unpacked }) : body;
    if (flag & flags.json) return { value: JSON.parse(serialized.toString()) };
    return { value: deserialize({ bytes: serialized, listsBare: (flag & flags.listsBare) !== 0 }) };
  } catch {
    return { refused: 'unreadable' };
  }
}

/** A value's bytes, before they are compressed, and what the header says of them. */
function written(value: unknown): { bytes: Buffer; flag: number; wire: number } {
  const json = exactJson(value);
  if (json !== undefined) return { bytes: Buffer.from(json), flag: flags.json, wire: 0 };
  const { bytes, listsBare } = serialize(value);
  return { bytes, flag: listsBare ? flags.listsBare : 0, wire: wireVersion };
}

/** A Buffer, and no instance of a class made from it. */
function isPlainBuffer(value: unknown): value is Buffer {
  return Buffer.isBuffer(value) && Object.getPrototypeOf(value) === Buffer.prototype;
}

function sealed(content: { flag: number; wire: number; unpacked: number; body: Buffer }): Buffer[] {
  const { flag, wire, unpacked, body } = content;
  const header = Buffer.alloc(headerBytes);
  header.writeUInt16LE(magic, 0);
  header.writeUInt8(version, 2);
  header.writeUInt8(flag, 3);
  header.writeUInt8(wire, 4);
  header.writeUIntLE(body.length, 6, 6);
  header.writeUInt32LE(unpacked, 12);
  header.writeUInt32LE(crc32(body, crc32(header.subarray(0, 16))), 16);
  return [header, body];
}
