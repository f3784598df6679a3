import { crc32 } from 'node:zlib';
import type { Token } from '../authority.ts';
import type { Stored } from '../tier.ts';
import { decode, type EncodeOptions, encodedParts, type Refusal } from './encoded.ts';
import { isSound } from './sound-stored.ts';

/** The entry that was asked for, or why bytes are not read as it; to a cache each is a miss. */
export type DecodedStored =
  | { readonly stored: Stored<unknown> }
  /** `another key`: a whole entry, and not of this key: two keys' hashes were equal, or a file was moved. */
  | { readonly refused: Refusal | 'another key' };

/** What stands before the value, as JSON: it takes any text, lone surrogates too. */
interface Head {
  readonly key: string;
  readonly token: Token;
  readonly namespace: string;
  readonly bytes: number;
}

/*
 * An entry's bytes. Numbers are little-endian; a later version may change all but the first three bytes.
 *   0  'VE'
 *   2  version of this format
 *   3  0
 *   4  length of the head
 *   8  when it was loaded, when it expires and until when it is kept: milliseconds of the cache's clock (three float64,
 *      because Infinity is a time too)
 *  32  CRC-32 of all other bytes. The value has one of its own, but it is this one that tells a new head before an old
 *      value, which is what is left of a file that was half written over.
 *  36  head
 *      value, as `encode` writes it
 */
const magic = 0x45_56;
const version = 1;
const checksumAt = 32;
const headerBytes = 36;

/**
 * Writes an entry with its key in full.
 *
 * @throws {TypeError} for a value that `encode` refuses
 * @example
 * await writeFile(path, encodeStored(key, stored));
 * const read = decodeStored(key, await readFile(path));
 * if ('stored' in read) read.stored.token; // checked at the authority like any other
 */
export function encodeStored(key: string, stored: Stored<unknown>, options: EncodeOptions = {}): Buffer {
  const { token, namespace, bytes } = stored;
  const { epoch, sequence, tags } = token;
  const head = Buffer.from(
    JSON.stringify({ key, token: { epoch, sequence, tags }, namespace, bytes } satisfies Head),
  );
  const all = Buffer.concat([Buffer.alloc(headerBytes), head, ...encodedParts(stored.value, options)]);
  all.writeUInt16LE(magic, 0);
  all.writeUInt8(version, 2);
  all.writeUInt32LE(head.length, 4);
  all.writeDoubleLE(stored.storedAt, 8);
  all.writeDoubleLE(stored.expires, 16);
  all.writeDoubleLE(stored.keptUntil, 24);
  all.writeUInt32LE(checksum(all), checksumAt);
  return all;
}

/** Reads the entry of a key, or says why not. A Buffer as the value is a view of the bytes, as `decode` says. */
export function decodeStored(key: string, bytes: Uint8Array): DecodedStored {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (all.length < headerBytes) return { refused: 'torn' };
  if (all.readUInt16LE(0) !== magic) return { refused: 'foreign' };
  if (all[2] !== version) return { refused: 'newer' };
  if (all.readUInt32LE(checksumAt) !== checksum(all)) return { refused: 'torn' };
  const end = headerBytes + all.readUInt32LE(4);
  const head = headIn(all.subarray(headerBytes, end));
  if (!head) return { refused: 'unreadable' };
  if (head.key !== key) return { refused: 'another key' };
  const decoded = decode(all.subarray(end));
  if ('refused' in decoded) return decoded;
  const { token, namespace, bytes: weight } = head;
  const [storedAt, expires, keptUntil] = [8, 16, 24].map((at) => all.readDoubleLE(at));
  const stored = { value: decoded.value, token, namespace, storedAt, expires, keptUntil, bytes: weight };
  return isSound(stored) ? { stored } : { refused: 'unreadable' };
}

/** The checksum tells accidents; who may write to the store may write anything. */
function headIn(bytes: Buffer): Partial<Record<keyof Head, unknown>> | undefined {
  try {
    const head: unknown = JSON.parse(bytes.toString());
    return typeof head === 'object' && head !== null ? head : undefined;
  } catch {
    return undefined;
  }
}

function checksum(all: Buffer): number {
  return crc32(all.subarray(headerBytes), crc32(all.subarray(0, checksumAt)));
}
