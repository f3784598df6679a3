import { once } from 'node:events';
import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

export interface StaleReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The port it was asked from: as long as it is the same, so is the connection. */
  readonly port: number | undefined;
  /** Which of several servers answered. */
  readonly by?: string;
  /** Whether trouble that was made on purpose explains that it was not answered as it should be. */
  readonly excused?: boolean;
}

export interface StaleAsk {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** An object is sent as JSON, text as CSV. */
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Somebody's way to Vif, used by one asker at a time. */
export interface StaleAsker {
  ask(path: string, options?: StaleAsk): Promise<StaleReply>;
  close(): void;
}

/** Milliseconds until an answer is given up. */
const patience = 30_000;

/** One kept-alive connection to a Vif of its own process, used by one asker at a time, as a browser's. */
export class StaleConnection implements StaleAsker {
  /** What goes with every request. */
  cookie: string;
  readonly address: string;
  readonly #coding: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1, timeout: patience });

  constructor(address: string, cookie = '', coding = 'identity') {
    this.address = address;
    this.cookie = cookie;
    this.#coding = coding;
  }

  async ask(path: string, { method = 'GET', body, headers = {} }: StaleAsk = {}): Promise<StaleReply> {
    const type = typeof body === 'string' ? 'text/csv' : 'application/json';
    const asked = request(this.address + path, {
      agent: this.#agent,
      method,
      headers: {
        cookie: this.cookie,
        'accept-encoding': this.#coding,
        ...(body !== undefined && { 'content-type': type }),
        ...headers,
      },
    });
    asked.on('timeout', () =>
      asked.destroy(new Error(`${method} ${path} was not answered in ${patience} ms`)),
    );
    asked.end(typeof body === 'object' ? JSON.stringify(body) : body);
    // A request's response is the one thing that `response` carries.
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    const port = answer.socket.localPort;
    const bytes = decoded(await buffer(answer), answer.headers['content-encoding']);
    return { status: answer.statusCode ?? 0, headers: answer.headers, text: bytes.toString(), port };
  }

  /** Signs in, or accepts an invitation: the session's cookie goes with what is asked from now on. */
  async signIn(path: string, body: object): Promise<void> {
    const { status, headers, text } = await this.ask(path, { method: 'POST', body });
    if (status !== 204) throw new Error(`${path} answered ${status}: ${text}`);
    this.cookie = (headers['set-cookie'] ?? []).map((one) => one.split(';')[0]).join('; ');
  }

  close(): void {
    this.#agent.destroy();
  }
}

function decoded(bytes: Buffer, coding: string | undefined): Buffer {
  if (coding === 'br') return brotliDecompressSync(bytes);
  return coding === 'gzip' ? gunzipSync(bytes) : bytes;
}
