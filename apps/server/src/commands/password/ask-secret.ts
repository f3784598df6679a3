import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/**
 * Asks for a line on the terminal without showing what is typed; from a pipe, reads its first line.
 * @returns undefined at the end of the input, and after Ctrl-C
 */
export async function askSecret(question: string, signal: AbortSignal): Promise<string | undefined> {
  const { stdin, stderr } = process;
  if (stdin.isTTY) stderr.write(`${question} `);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: silent, terminal: stdin.isTTY });
  // On a terminal in raw mode Ctrl-C is a key and no signal.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  const close = () => lines.close();
  signal.addEventListener('abort', close);
  try {
    for await (const line of lines) return line;
    return undefined;
  } finally {
    signal.removeEventListener('abort', close);
    close();
    if (stdin.isTTY) stderr.write('\n');
  }
}
