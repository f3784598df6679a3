import type { Token } from '../authority.ts';
import type { Stored } from '../tier.ts';
import { decode, type EncodeOptions, encodedParts } from '../values/encoded.ts';
import { isSound } from '../values/sound-stored.ts';

/*
 * A value in Redis. Numbers are little-endian and texts follow their length in bytes (uint32), as Lua's struct.unpack reads
 * them; a later version may change all but the first three bytes. The key is not in it: Redis compares keys in full.
 *   0  'VR'
 *   2  version of this format
 *   3  flags: 1 when the token stands behind the rest as JSON, because UTF-8 cannot write its text; 2 when all texts are
 *      ASCII
 *   4  where the value begins
 *   8  when it expires, until when it is kept, the token's sequence (three float64)
 *  32  the token's epoch; how many tags it has (uint32); these
 *      when it was loaded and what it takes (two float64), its namespace as JSON, the token
 *      value, as `encode` writes it
 */
const magic = 0x52_56;
const version = 1;
const flags = { token: 1, ascii: 2 };
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
  const textBytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const ascii = textBytes === texts.reduce((sum, text) => sum + text.length, 0);
  const room = fixedBytes + 20 + 4 * texts.length + textBytes;
  const head = Buffer.allocUnsafe(room);
  let at = fixedBytes;
  const write = (text: string) => {
    const length = head.write(text, at + 4);
    head.writeUInt32LE(length, at);
    at += 4 + length;
  };
  head.writeUInt16LE(magic, 0);
  head.writeUInt8(version, 2);
  head.writeUInt8((exact ? 0 : flags.token) | (ascii ? flags.ascii : 0), 3);
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
  if (all.length < fixedBytes || all.readUInt16LE(0) !== magic || all[2] !== version) return undefined;
  const value = decode(all.subarray(all.readUInt32LE(4)));
  if ('refused' in value) return undefined;
  try {
    const read = { ...decodeHead(all), value: unshared(value.value) };
    return isSound(read) ? read : undefined;
  } catch {
    // The value's checksum was right and Redis replaces all of a string or nothing: somebody else wrote this head.
    return undefined;
  }
}

/** All but the value, as far as the bytes say. Throws when they end before it does. */
function decodeHead(all: Buffer) {
  const [flag, end] = [all.readUInt8(3), all.readUInt32LE(4)];
  // Cutting ASCII out of one text takes a fifth of what reading each text of its own from the bytes does.
  const ascii = flag & flags.ascii ? all.toString('latin1', 0, end) : undefined;
  let at = fixedBytes;
  const read = () => {
    const from = at + 4;
    at = from + all.readUInt32LE(at);
    return ascii === undefined ? all.toString('utf8', from, at) : ascii.slice(from, at);
  };
  const epoch = read();
  const tags: string[] = [];
  const count = all.readUInt32LE(at);
  at += 4;
  while (tags.length < count) tags.push(read());
  const [storedAt, bytes] = [all.readDoubleLE(at), all.readDoubleLE(at + 8)];
  at += 16;
  const namespace: unknown = JSON.parse(read());
  const token: unknown =
    flag & flags.token ? JSON.parse(read()) : { epoch, sequence: all.readDoubleLE(24), tags };
  const [expires, keptUntil] = [all.readDoubleLE(8), all.readDoubleLE(16)];
  return { token, namespace, storedAt, expires, keptUntil, bytes };
}

/** A Buffer would be a view of all that came from Redis at once, and keep that in memory. */
function unshared(value: unknown): unknown {
  if (!Buffer.isBuffer(value)) return value;
  const copy = Buffer.alloc(value.length);
  value.copy(copy);
  return copy;
}
