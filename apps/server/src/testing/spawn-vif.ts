import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const launcher = fileURLToPath(new URL('../../start.js', import.meta.url));

/** A Vif in a process of its own, as `npm start` runs it but for the web app. */
export interface SpawnedVif {
  readonly process: ChildProcess;
  /** What it has said so far, both streams. */
  readonly said: () => string;
  /** Waits until what it has said matches, at most a minute; fails with what it said when it ends first. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** Its address, once it says that it is ready. */
  ready(): Promise<string>;
  /** Ends when the process has. */
  exit(): Promise<number | null>;
  kill(signal: NodeJS.Signals): void;
}

/**
 * Starts `npm start` without the web app on a folder, and a port that is free.
 * @param through a command that is given Vif's own to run, and that is then what `kill` ends
 */
export function spawnVif(
  variables: Readonly<Record<string, string>>,
  through: readonly string[] = [],
): SpawnedVif {
  // What a program needs of the system; neither DATABASE_URL nor any other setting of the tester's.
  const { PATH = '', HOME = '' } = process.env;
  const [command, ...args] = [...through, process.execPath, launcher, 'server', '--api-only'];
  const child = spawn(command, args, {
    env: { PATH, HOME, PORT: '0', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      for (const listener of listeners) listener();
    });
  }
  const ended = once(child, 'close');
  const says = (pattern: RegExp) => {
    const { promise, resolve, reject } = Promise.withResolvers<RegExpExecArray>();
    const look = () => {
      const found = pattern.exec(text);
      if (found) resolve(found);
    };
    const timer = setTimeout(
      () => reject(new Error(`Not said within a minute: ${pattern}. Said: ${text}`)),
      60_000,
    );
    listeners.add(look);
    void ended.then(() => reject(new Error(`It ended before it said ${pattern}. Said: ${text}`)));
    look();
    return promise.finally(() => {
      clearTimeout(timer);
      listeners.delete(look);
    });
  };
  return {
    process: child,
    said: () => text,
    says,
    ready: async () => (await says(/Vif is ready: (\S+)/))[1] ?? '',
    exit: async () => {
      await ended;
      return child.exitCode;
    },
    kill: (signal) => void child.kill(signal),
  };
}

/** Sets a fresh Vif up by the address it printed; gives the administrator's cookie. */
export async function setUp(vif: SpawnedVif): Promise<{ address: string; cookie: string }> {
  const address = await vif.ready();
  const [, token = ''] = await vif.says(/\/setup\/([\w-]{43})/);
  const answer = await fetch(`${address}/api/v1/setup/${token}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      workspace: 'Acme',
      country: 'FR',
      name: 'Ana',
      email: 'ana@acme.test',
      password: 'a long enough password',
    }),
  });
  if (answer.status !== 204) throw new Error(`Set-up answered ${answer.status}: ${await answer.text()}`);
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  return { address, cookie };
}
