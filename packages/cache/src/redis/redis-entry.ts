import type { Token } from '../authority.ts';
import type { Stored } from '../tier.ts';
import { decode, type EncodeOptions, encodedParts } from '../values/encoded.ts';

/*
 * A value in Redis. Numbers are little-endian and texts follow their length in bytes (uint32), as Lua's struct.unpack reads
 * them; a later version may change all but the first three bytes. The key is not in it: Redis compares keys in full.
 *   0  'VR'
 *   2  version of this format
 *   3  1 when the token stands behind the rest as JSON, because UTF-8 cannot write its text
 *   4  where the value begins
 *   8  when it expires, until when it is kept, the token's sequence (three float64)
 *  32  the token's epoch; how many tags it has (uint32); these
 *      when it was loaded and what it takes (two float64), its namespace as JSON, the token
 *      value, as `encode` writes it
 */
const magic = Buffer.from('VR');
const version = 1;
const withToken = 1;
const fixedBytes = 32;

/**
 * Writes an entry for Redis, where scripts read its token.
 * @throws {TypeError} for a value that `encode` refuses
 */
export function encodeEntry(stored: Stored<unknown>, options: EncodeOptions = {}): Buffer {
  return Buffer.concat([encodeHead(stored), ...encodedParts(stored.value, options)]);
}

/** An entry without its value. */
export function encodeHead({
  token,
  namespace,
  storedAt,
  expires,
  keptUntil,
  bytes,
}: Stored<unknown>): Buffer {
  const { epoch, sequence, tags } = token;
  const exact = [epoch, ...tags].every((text) => text.isWellFormed());
  const texts = [epoch, ...tags, JSON.stringify(namespace)];
  if (!exact) texts.push(JSON.stringify({ epoch, sequence, tags } satisfies Token));
  const room = texts.reduce((sum, text) => sum + 4 + Buffer.byteLength(text), fixedBytes + 20);
  const head = Buffer.allocUnsafe(room);
  let at = fixedBytes;
  const write = (text: string) => {
    const length = head.write(text, at + 4);
    head.writeUInt32LE(length, at);
    at += 4 + length;
  };
  magic.copy(head);
  head.writeUInt8(version, 2);
  head.writeUInt8(exact ? 0 : withToken, 3);
  head.writeUInt32LE(room, 4);
  head.writeDoubleLE(expires, 8);
  head.writeDoubleLE(keptUntil, 16);
  head.writeDoubleLE(sequence, 24);
  write(epoch);
  at = head.writeUInt32LE(tags.length, at);
  for (const tag of tags) write(tag);
  at = head.writeDoubleLE(storedAt, at);
  at = head.writeDoubleLE(bytes, at);
  for (const text of texts.slice(1 + tags.length)) write(text);
  return head;
}

/** Reads what `encodeEntry` wrote; undefined for anything else. Nothing of the value is a view of the bytes. */
export function decodeEntry(all: Buffer): Stored<unknown> | undefined {
  if (all.length < fixedBytes || !all.subarray(0, 2).equals(magic) || all[2] !== version) return undefined;
  const value = decode(all.subarray(all.readUInt32LE(4)));
  if ('refused' in value) return undefined;
  // The value's checksum was right, so this head is whole: Redis replaces all of a string or nothing.
  let at = fixedBytes;
  const read = () => {
    const from = at + 4;
    at = from + all.readUInt32LE(at);
    return all.toString('utf8', from, at);
  };
  const epoch = read();
  const count = all.readUInt32LE(at);
  at += 4;
  const tags = Array.from({ length: count }, read);
  const [storedAt, bytes] = [all.readDoubleLE(at), all.readDoubleLE(at + 8)];
  at += 16;
  const namespace = JSON.parse(read()) as string; // as encodeHead wrote it
  const token: Token =
    all[3] === withToken
      ? (JSON.parse(read()) as Token) // likewise
      : { epoch, sequence: all.readDoubleLE(24), tags };
  return {
    value: unshared(value.value),
    token,
    namespace,
    storedAt,
    expires: all.readDoubleLE(8),
    keptUntil: all.readDoubleLE(16),
    bytes,
  };
}

/** A Buffer would be a view of all that came from Redis at once, and keep that in memory. */
function unshared(value: unknown): unknown {
  if (!Buffer.isBuffer(value)) return value;
  const copy = Buffer.alloc(value.length);
  value.copy(copy);
  return copy;
}
