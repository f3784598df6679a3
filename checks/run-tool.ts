import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

const binaries = join(import.meta.dirname, '../node_modules/.bin');

/**
 * Runs a command that npm installed (`tsc`, `oxlint`, `node` …) in the folder `root` and answers its exit
 * code and everything it printed. It is ended after `timeout` milliseconds.
 */
export function runTool(
  root: string,
  tool: string,
  args: string[],
  timeout = 120_000,
): Promise<{ code: number | null; output: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ code: number | null; output: string }>();
  const env = { ...process.env, PATH: binaries + delimiter + process.env['PATH'], NO_COLOR: '1' };
  const child = spawn(tool, args, { cwd: root, env, timeout, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk));
  child.on('error', reject);
  child.on('close', (code) => resolve({ code, output: output.trim() }));
  return promise;
}
