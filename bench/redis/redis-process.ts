import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';

/** Why no Redis can be started here, in words; undefined when one can. */
export async function whyNoRedis(): Promise<string | undefined> {
  try {
    await promisify(execFile)('redis-server', ['--version']);
    return undefined;
  } catch {
    return 'there is no redis-server on this machine';
  }
}

/** A redis-server of a benchmark's own, in memory alone and on a free port of this machine. */
export class RedisProcess {
  readonly port: number;
  /** A connection beside those of the caches, to look at the server and to disturb it. */
  readonly client: Redis;
  readonly #settings: readonly string[];
  #process: ChildProcess | undefined;

  private constructor(port: number, settings: readonly string[]) {
    this.port = port;
    this.#settings = settings;
    this.client = new Redis(port, '127.0.0.1', { lazyConnect: true, retryStrategy: () => 20 });
    this.client.on('error', () => {}); // it is killed on purpose
  }

  /** @param settings as on its command line: `'--maxmemory', '4mb'` */
  static async start(...settings: string[]): Promise<RedisProcess> {
    const redis = new RedisProcess(await freePort(), settings);
    redis.#spawn();
    await redis.#answer();
    return redis;
  }

  /** Kills it and starts it again with nothing in it; everybody is connected again when that is done. */
  async restartEmpty(): Promise<void> {
    const before = await this.#connections();
    await this.#kill();
    this.#spawn();
    await this.#answer();
    await this.#until(async () => (await this.#connections()) >= before);
  }

  /** Ends the connections that listen to messages; what is published before they are back is lost. */
  async cutListeners(): Promise<void> {
    await this.client.client('KILL', 'TYPE', 'PUBSUB');
  }

  /** How many connections listen to messages. */
  async listeners(): Promise<number> {
    return linesOf(await this.client.client('LIST', 'TYPE', 'PUBSUB'));
  }

  /** Waits until at least so many connections listen. */
  async listenedBy(connections: number): Promise<void> {
    await this.#until(async () => (await this.listeners()) >= connections);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.client.disconnect();
    await this.#kill();
  }

  async #connections(): Promise<number> {
    return linesOf(await this.client.client('LIST'));
  }

  #spawn(): void {
    const fixed = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    const child = spawn('redis-server', [...fixed, ...this.#settings], { stdio: 'ignore' });
    const end = () => child.kill('SIGKILL'); // it would outlive a benchmark that is broken off
    process.once('exit', end);
    child.once('exit', () => process.off('exit', end));
    this.#process = child;
  }

  async #answer(): Promise<void> {
    await this.#until(() => this.client.ping().then(Boolean, () => false));
  }

  async #kill(): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  async #until(reached: () => Promise<boolean>): Promise<void> {
    for (let look = 0; look < 1000; look++) {
      if (await reached()) return;
      await pause(10);
    }
    throw new Error('redis-server, or a connection to it, was not back within 10 s.');
  }
}

function linesOf(text: unknown): number {
  return String(text).trim().split('\n').filter(Boolean).length;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port.');
  return address.port;
}
