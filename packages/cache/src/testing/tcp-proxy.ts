import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** What stands between a client and its server, and how badly it behaves. */
export class TcpProxy {
  /** The port of the server that connections made from now on reach, on this machine. */
  target: number;
  /** How long what the server says is held back, in milliseconds. */
  delay = 0;
  /** After how many bytes of the server's next words the connection is cut; undefined lets it be. */
  cutAfter: number | undefined;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(target: number) {
    this.target = target;
    this.#server = createServer((client) => this.#join(client, connect(this.target, '127.0.0.1')));
  }

  static async start(target: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(target);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('A TCP server has a port.');
    return address.port;
  }

  stop(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #join(client: Socket, server: Socket): void {
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket.on('error', () => {}); // it ends, and so does the other one
      socket.on('close', () => {
        this.#sockets.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
    client.pipe(server);
    server.on('data', (words: Buffer) => {
      const { cutAfter } = this;
      if (cutAfter === undefined) {
        setTimeout(() => client.write(words), this.delay);
        return;
      }
      this.cutAfter = undefined;
      client.end(words.subarray(0, cutAfter));
    });
  }
}
