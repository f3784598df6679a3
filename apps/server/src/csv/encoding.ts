import { isUtf8 } from 'node:buffer';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

const marks: readonly { readonly encoding: Encoding; readonly bytes: readonly number[] }[] = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
];

/** The encoding that a byte order mark declares, and the mark's length in bytes. */
export function encodingOfMark(start: Buffer): { encoding: Encoding; length: number } | undefined {
  const mark = marks.find(({ bytes }) => bytes.every((byte, at) => start[at] === byte));
  return mark && { encoding: mark.encoding, length: mark.bytes.length };
}

/**
 * UTF-16 without a mark, by its zero bytes: separators, line ends, digits and Latin letters have one each, always
 * on the same side, while in other binary files they stand on both.
 */
export function utf16WithoutMark(start: Buffer): Encoding | undefined {
  const pairs = Math.min(start.length, 4096) >> 1;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < pairs * 2; at += 2) {
    if (start[at] === 0) even++;
    if (start[at + 1] === 0) odd++;
  }
  if (odd > pairs / 4 && even < pairs / 50) return 'utf-16le';
  if (even > pairs / 4 && odd < pairs / 50) return 'utf-16be';
  return undefined;
}

/**
 * UTF-8 when every byte fits it, Windows-1252 otherwise: accented text in Windows-1252 is hardly ever valid
 * UTF-8. `ended` says that the file ends here, so that half a character at the end counts.
 */
export function eightBitEncoding(bytes: Buffer, ended: boolean): Encoding {
  const whole = ended ? bytes : bytes.subarray(0, wholeLength(bytes, 'utf-8'));
  return isUtf8(whole) ? 'utf-8' : 'windows-1252';
}

/** How many of the bytes make whole characters, leaving at most three for the next piece. */
export function wholeLength(bytes: Buffer, encoding: Encoding): number {
  if (encoding === 'windows-1252') return bytes.length;
  if (encoding === 'utf-8') return wholeUtf8(bytes);
  const even = bytes.length - (bytes.length % 2);
  const high = bytes[encoding === 'utf-16le' ? even - 1 : even - 2] ?? 0;
  return high >= 0xd8 && high <= 0xdb ? even - 2 : even;
}

function wholeUtf8(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    if (needs > back) return bytes.length - back;
    if (byte < 0x80 || needs > 1) return bytes.length;
  }
  return bytes.length;
}
