import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const oldest = 7;

/** Why no Redis can be started here, in words; undefined when one can. Scripts that state their flags came with Redis 7. */
export async function whyNoRedis(): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('redis-server', ['--version']);
    const version = Number(/v=(\d+)/.exec(stdout)?.[1] ?? 0);
    return version >= oldest ? undefined : `redis-server is older than version ${oldest}`;
  } catch {
    return 'there is no redis-server on this machine';
  }
}

/** A redis-server of a test's own, on a free port of this machine and in a temporary folder. */
export class RedisServer {
  readonly port: number;
  readonly #folder: string;
  readonly #settings: readonly string[];
  #process: ChildProcess | undefined;

  private constructor(port: number, folder: string, settings: readonly string[]) {
    this.port = port;
    this.#folder = folder;
    this.#settings = settings;
  }

  /**
   * @param settings as on its command line: `'--maxmemory', '4mb'`; a configuration file comes first
   * @throws {Error} when it does not answer in time
   */
  static async start(...settings: string[]): Promise<RedisServer> {
    const folder = await mkdtemp(join(tmpdir(), 'vif-redis-'));
    const server = new RedisServer(await freePort(), folder, settings);
    await server.restart();
    return server;
  }

  /**
   * Starts it again after a `kill`, with what it had saved.
   * @param from `nothing`: without that
   */
  async restart(from: 'what it saved' | 'nothing' = 'what it saved'): Promise<void> {
    if (from === 'nothing') await rm(join(this.#folder, 'dump.rdb'), { force: true });
    const fixed = ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.#folder, '--save', ''];
    const child = spawn('redis-server', [...this.#settings, ...fixed], { stdio: 'ignore' });
    const end = () => child.kill('SIGKILL'); // it would outlive tests that are broken off
    process.once('exit', end);
    child.once('exit', () => process.off('exit', end));
    this.#process = child;
    for (let attempt = 0; attempt < 200; attempt++) {
      if (await answers(this.port)) return;
      await pause(25);
    }
    throw new Error('redis-server did not answer: start it by hand with the same settings to see why.');
  }

  /** Sends it a command in words, such as `FLUSHALL`, and gives the first of what it answers; nothing when it ends by it. */
  async tell(command: string): Promise<string> {
    const socket = connect(this.port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      socket.write(`${command}\r\n`);
      return String(await Promise.race([once(socket, 'data'), once(socket, 'close').then(() => '')]));
    } finally {
      socket.destroy();
    }
  }

  /** Stops it as if the machine had lost power, or with another signal; SIGSTOP and SIGCONT let it be. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = signal === 'SIGKILL' ? once(child, 'exit') : undefined;
    child.kill(signal);
    await ended;
  }

  async stop(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true });
  }
}

/** A port of this machine that nothing listened on a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port.');
  return address.port;
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    socket.write('PING\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer]; // no encoding is set
    return /^(\+PONG|-NOAUTH)/.test(answer.toString());
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
