import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Child, startChild } from './child.ts';
import type { SeededFolder } from './data-folder.ts';

const root = join(import.meta.dirname, '../..');

export interface Vif extends AsyncDisposable {
  readonly origin: string;
  /** The administrator's session. */
  readonly cookie: string;
  readonly child: Child;
}

/** Starts Vif as `npm start` does but for the web app's files, and signs in. */
export async function startVif(
  { vifData, email, password }: SeededFolder,
  settings: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Vif> {
  const child = startChild(process.execPath, [...(await startArguments()), 'server', '--api-only'], {
    env: { VIF_DATA: vifData, HOST: '127.0.0.1', PORT: '0', ...settings },
  });
  try {
    const [, origin = ''] = await child.says(/Vif is ready: (\S+)/, signal);
    const answer = await fetch(`${origin}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
      signal,
    });
    if (!answer.ok) throw new Error(`Signing in was answered ${answer.status}: ${await answer.text()}`);
    const cookie = answer.headers.getSetCookie().map((one) => one.split(';')[0]);
    return {
      origin,
      cookie: cookie.join('; '),
      child,
      [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
    };
  } catch (error) {
    await child[Symbol.asyncDispose]();
    throw error;
  }
}

/** What `npm start` gives to node. */
async function startArguments(): Promise<string[]> {
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    scripts: { start: string }; // ours
  };
  return scripts.start
    .split(' ')
    .slice(1)
    .map((part) => (part.startsWith('-') ? part : join(root, part)));
}
