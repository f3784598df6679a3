import { isAscii } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { countLineBreaks } from './count-line-breaks.ts';
import { CsvError } from './csv-error.ts';
import {
  type Encoding,
  eightBitEncoding,
  encodingOfMark,
  utf16WithoutMark,
  wholeLength,
} from './encoding.ts';
import { otherKind } from './other-file.ts';

/** UTF-8 or Windows-1252 is decided on this much from the first byte that is not ASCII: all of a usual file. */
const windowBytes = 1 << 20;
/** What is decoded and parsed before the event loop gets its turn: about 2 ms. */
const sliceBytes = 1 << 16;

/**
 * The text of a file whose encoding nobody told: by its byte order mark (which is left out), else UTF-16 by its
 * zero bytes, else UTF-8 if it is valid, else Windows-1252. Pieces never end inside a character. Memory is bounded
 * by the 1 MiB it looks ahead.
 *
 * Throws `CsvError` `not_csv` (another kind of file, or a NUL) and `invalid_encoding`, after the text before them.
 */
export async function* decodeText(
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<string, void, undefined> {
  const iterator = source[Symbol.asyncIterator]();
  let pending = Buffer.alloc(0);
  let ended = false;
  let line = 1;
  let afterCr = false;

  async function fill(size: number) {
    const parts: Uint8Array[] = [pending];
    for (let length = pending.length; length < size && !ended; ) {
      const next = await iterator.next();
      if (next.done) ended = true;
      else {
        parts.push(next.value);
        length += next.value.length;
      }
    }
    if (parts.length > 1) pending = Buffer.concat(parts);
  }

  try {
    await fill(windowBytes);
    const kind = otherKind(pending);
    if (kind) throw new CsvError({ code: 'not_csv', kind, line });
    const mark = encodingOfMark(pending);
    let encoding = mark?.encoding ?? utf16WithoutMark(pending);
    pending = pending.subarray(mark?.length ?? 0);

    while (pending.length > 0) {
      let slice = pending.subarray(0, sliceBytes);
      if (encoding === undefined && !isAscii(slice)) {
        await fill(windowBytes);
        const window = pending.subarray(0, windowBytes);
        encoding = eightBitEncoding(window, ended && window.length === pending.length);
        slice = pending.subarray(0, sliceBytes);
      }
      const known = encoding ?? 'utf-8';
      const last = ended && slice.length === pending.length;
      const whole = last ? slice : slice.subarray(0, wholeLength(slice, known));
      const { text, fault } = decode(whole, known);
      // A CR LF over the edge of two pieces is one break.
      line += countLineBreaks(text) - (afterCr && text.startsWith('\n') ? 1 : 0);
      afterCr = text.endsWith('\r');
      if (text !== '') yield text;
      if (fault === 'nul') throw new CsvError({ code: 'not_csv', kind: 'binary', line });
      if (fault) throw new CsvError({ code: 'invalid_encoding', encoding: known, line });
      pending = pending.subarray(whole.length);
      if (pending.length < sliceBytes) await fill(sliceBytes);
    }
  } finally {
    await iterator.return?.();
  }
}

function decode(bytes: Buffer, encoding: Encoding): { text: string; fault?: 'nul' | 'encoding' } {
  const text = decodeValid(bytes, encoding);
  if (text === undefined) return { text: longestValid(bytes, encoding), fault: 'encoding' };
  const nul = text.indexOf('\0');
  return nul === -1 ? { text } : { text: text.slice(0, nul), fault: 'nul' };
}

const decoders: Partial<Record<Encoding, TextDecoder>> = {};

function decodeValid(bytes: Buffer, encoding: Encoding): string | undefined {
  const decoder = (decoders[encoding] ??= new TextDecoder(encoding, { fatal: true, ignoreBOM: true }));
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The text before the first byte that does not fit, so that the error can name its line. */
function longestValid(bytes: Buffer, encoding: Encoding): string {
  let valid = '';
  let from = 0;
  for (let step = bytes.length >> 1; step > 0; ) {
    const piece = bytes.subarray(from, from + step);
    const length = wholeLength(piece, encoding);
    const text = length > 0 ? decodeValid(piece.subarray(0, length), encoding) : undefined;
    if (text === undefined) step >>= 1;
    else {
      valid += text;
      from += length;
    }
  }
  return valid;
}
