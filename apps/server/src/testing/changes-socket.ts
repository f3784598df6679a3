import type { AddressInfo } from 'node:net';
import type { Changed, Held } from '@vif/contract/change-stream';
import { WebSocket } from 'ws';
import type { TestVif } from './test-vif.ts';

interface Opening {
  readonly cookie?: string | undefined;
  readonly origin?: string;
  readonly path?: string;
}

/** A browser's end of the changes, for tests. */
export class ChangesSocket {
  readonly socket: WebSocket;
  readonly heard: Changed[] = [];
  /** The code with which it was closed. */
  readonly closed: Promise<number>;
  #wake: () => void = () => undefined;

  constructor(vif: TestVif, { cookie, origin = 'http://vif.test', path = '/api/v1/changes' }: Opening) {
    const { port } = vif.app.server.address() as AddressInfo; // it listens on a port
    this.socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, {
      origin,
      headers: { ...(cookie !== undefined && { cookie }) },
    });
    this.socket.on('message', (data: Buffer) => {
      this.heard.push(JSON.parse(data.toString()) as Changed); // what the server says
      this.#wake();
    });
    this.closed = new Promise((resolve) => this.socket.on('close', resolve));
    this.socket.on('error', () => undefined); // told by `opened`
  }

  /** Resolves with where the changes stand, once it is open. */
  static async open(vif: TestVif, opening: Opening): Promise<ChangesSocket> {
    const changes = new ChangesSocket(vif, opening);
    await changes.until((heard) => heard.length > 0);
    return changes;
  }

  /** With which status the server refuses it. */
  static async refused(vif: TestVif, opening: Opening): Promise<number | undefined> {
    const { socket } = new ChangesSocket(vif, opening);
    return new Promise((resolve, reject) => {
      socket.on('unexpected-response', (request, response) => {
        request.destroy();
        resolve(response.statusCode);
      });
      socket.on('open', () => reject(new Error('It was let in.')));
    });
  }

  get at(): string {
    return this.heard.at(-1)?.at ?? '';
  }

  hold(since: string, hold: readonly string[], drop: readonly string[] = []): void {
    this.socket.send(JSON.stringify({ since, hold: [...hold], drop: [...drop] } satisfies Held));
  }

  /** Resolves when all that was said so far is answered. */
  async settled(): Promise<void> {
    await new Promise((resolve) => {
      this.socket.once('pong', resolve);
      this.socket.ping();
    });
  }

  async until(holds: (heard: Changed[]) => boolean): Promise<void> {
    while (!holds(this.heard)) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      this.#wake = resolve;
      void this.closed.then((code) => reject(new Error(`It was closed: ${code}.`)));
      await promise;
    }
  }
}

/** What an answer says it depends on. */
export function dependsOf({ headers }: { headers: Record<string, unknown> }): { at: string; tags: string[] } {
  const [at = '', tags = ''] = String(headers['vif-depends']).split(' ');
  return { at, tags: tags.split(',') };
}

/** The tags that were bumped, as a socket heard it. */
export function tagsIn(heard: readonly Changed[]): string[] {
  return heard.flatMap((one) => ('tags' in one ? one.tags : []));
}
