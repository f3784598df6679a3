import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Milliseconds for a start on an empty folder; the web is built by then. */
const patience = 60_000;

/** A Vif of its own, as `npm start` starts it, on an empty data folder and a free port. */
export interface RunningVif {
  readonly address: string;
  /** The one-time address it printed. */
  readonly setupLink: string;
  /** Stops it and deletes what it kept. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts Vif and waits until it says where to set it up.
 * @throws {Error} with everything it said, when it ends before or takes longer than a minute
 */
export async function startVif(): Promise<RunningVif> {
  const folder = await mkdtemp(join(tmpdir(), 'vif-e2e-'));
  // Or, when root runs the tests, the database's own user could not enter it and its files would be elsewhere.
  await chmod(folder, 0o755);
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [join(root, 'apps/server/start.js')], {
    cwd: root,
    // Nothing else of the tester's environment: neither their database nor their settings.
    env: { PATH, HOME, PORT: '0', VIF_DATA: join(folder, 'data') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  const stop = async () => {
    if (child.exitCode === null) child.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };

  let said = '';
  const { promise, resolve, reject } = Promise.withResolvers<{ address: string; setupLink: string }>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
      const [, address, setupLink] = /Vif is ready: (\S+)[^]*?(https?:\S+\/setup\/\S+)/.exec(said) ?? [];
      if (address && setupLink) resolve({ address, setupLink });
    });
  }
  const timer = setTimeout(() => reject(new Error(`Vif did not start within a minute: ${said}`)), patience);
  void ended.then(() => reject(new Error(`Vif ended before it was ready: ${said}`)));
  try {
    return { ...(await promise), stop };
  } catch (error) {
    await stop();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
