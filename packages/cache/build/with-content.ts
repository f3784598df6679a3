const block = 512;

/** Where a header of the ustar format has what: https://www.gnu.org/software/tar/manual/html_node/Standard.html */
const name = { from: 0, length: 100 };
const size = { from: 124, length: 12 };
const sum = { from: 148, length: 8 };

/**
 * A tar archive in which one file has another content; all else is as it was, byte for byte.
 *
 * @throws {Error} when the archive does not have the file once
 */
export function withContent(tar: Buffer, file: string, content: Buffer): Buffer {
  const parts: Buffer[] = [];
  let replaced = 0;
  for (let at = 0; at < tar.length; ) {
    const header = tar.subarray(at, at + block);
    const end = at + block + padded(Number.parseInt(textOf(header, size), 8) || 0);
    if (textOf(header, name) === file) {
      const rest = Buffer.alloc(padded(content.length) - content.length);
      parts.push(resized(header, content.length), content, rest);
      replaced++;
    } else {
      parts.push(tar.subarray(at, end));
    }
    at = end;
  }
  if (replaced !== 1) throw new Error(`The archive has ${file} ${replaced} times, not once.`);
  return Buffer.concat(parts);
}

function resized(header: Buffer, bytes: number): Buffer {
  const copy = Buffer.from(header);
  copy.write(`${octal(bytes, size.length - 1)}\0`, size.from, 'latin1');
  // The sum is taken as if it were spaces itself.
  copy.fill(' ', sum.from, sum.from + sum.length);
  const total = copy.reduce((before, byte) => before + byte, 0);
  copy.write(`${octal(total, 6)}\0 `, sum.from, 'latin1');
  return copy;
}

function textOf(header: Buffer, { from, length }: { from: number; length: number }): string {
  const [text = ''] = header.toString('latin1', from, from + length).split('\0', 1);
  return text;
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}

function padded(bytes: number): number {
  return Math.ceil(bytes / block) * block;
}
