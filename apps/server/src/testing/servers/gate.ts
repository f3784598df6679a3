import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * - `open`: passes everything on.
 * - `shut`: breaks every connection and refuses new ones.
 * - `silent`: takes connections and passes nothing on; what came meanwhile goes on its way when the gate opens, late.
 * - `slow`: passes on what comes after a while.
 */
type GateState = 'open' | 'shut' | 'silent' | 'slow';

/** Milliseconds that each piece waits in a slow gate. */
const slowness = 60;

/** The way of one process to a port of this machine, which can be cut for it alone. */
export class Gate {
  readonly port: number;
  readonly #server: Server;
  readonly #target: number;
  readonly #sockets = new Set<Socket>();
  #state: GateState = 'open';
  #opened = Promise.withResolvers<void>();

  private constructor(server: Server, port: number, target: number) {
    this.#server = server;
    this.port = port;
    this.#target = target;
    server.on('connection', (socket) => this.#take(socket));
  }

  static async before(target: number): Promise<Gate> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('A TCP server has a port.');
    return new Gate(server, address.port, target);
  }

  set(state: GateState): void {
    this.#state = state;
    if (state === 'shut') for (const socket of this.#sockets) socket.destroy();
    if (state === 'silent') this.#opened = Promise.withResolvers();
    else this.#opened.resolve();
  }

  close(): void {
    this.set('shut');
    this.#server.close();
  }

  #take(socket: Socket): void {
    if (this.#state === 'shut') {
      socket.destroy();
      return;
    }
    const onward = connect(this.#target, '127.0.0.1');
    for (const one of [socket, onward]) {
      one.setNoDelay(true).on('error', () => undefined);
      this.#sockets.add(one);
      one.once('close', () => this.#sockets.delete(one));
    }
    this.#pass(socket, onward);
    this.#pass(onward, socket);
  }

  /** In order: each piece waits for the one before. */
  #pass(from: Socket, to: Socket): void {
    let last = Promise.resolve();
    from.on('data', (piece) => {
      last = last.then(() => this.#through()).then(() => void to.write(piece));
    });
    from.once('close', () => {
      void last.then(() => this.#through()).then(() => to.destroySoon());
    });
  }

  async #through(): Promise<void> {
    if (this.#state === 'silent') await this.#opened.promise;
    if (this.#state === 'slow') await pause(slowness);
  }
}
