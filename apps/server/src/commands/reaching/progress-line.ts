import type { WriteStream } from 'node:tty';

/** One line that changes in place; it is gone when it is disposed of. */
export interface ProgressLine extends Disposable {
  show: (text: string) => void;
}

/** A progress line on a terminal; nothing at all where the stream is a file or a pipe. */
export function progressLine(stream: NodeJS.WriteStream | WriteStream): ProgressLine {
  let last = '';
  const write = (text: string) => {
    if (!stream.isTTY || text === last) return;
    last = text;
    // Back to the line's start, and clear what stands there (ECMA-48 EL).
    stream.write(`\r\u001B[K${text.slice(0, stream.columns - 1)}`);
  };
  return { show: write, [Symbol.dispose]: () => write('') };
}
