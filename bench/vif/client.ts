import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { RequestHeaders } from './exchange.ts';

/** Milliseconds without a byte after which a request is given up: longer than Vif ever takes. */
const patience = 60_000;

export interface Asked {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly headers?: RequestHeaders;
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** From asking to the last byte. */
  readonly milliseconds: number;
}

/** Asks one Vif, over connections that stay open. */
export class Client implements Disposable {
  readonly #origin: string;
  readonly #headers: RequestHeaders;
  readonly #agent: Agent;

  /** @param headers of every request */
  constructor(origin: string, headers: RequestHeaders, connections: number) {
    this.#origin = origin;
    this.#headers = headers;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** @throws {Error} when the connection failed; any answer is one */
  async ask(address: string, { method = 'GET', headers, body }: Asked = {}): Promise<Answer> {
    const began = performance.now();
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const asking = request(
      `${this.#origin}${address}`,
      { method, agent: this.#agent, timeout: patience, headers: { ...this.#headers, ...headers } },
      (response) => {
        const { statusCode: status = 0, headers: answered } = response;
        buffer(response).then(
          (bytes) =>
            resolve({ status, headers: answered, body: bytes, milliseconds: performance.now() - began }),
          reject,
        );
      },
    );
    asking.on('error', reject);
    asking.on('timeout', () => asking.destroy(new Error(`${method} ${address} was not answered.`)));
    asking.end(body);
    return promise;
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }
}
