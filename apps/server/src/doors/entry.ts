import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { type Encoding, etagOf } from './etag.ts';

/** Smaller bodies fit a packet or two as they are; compressing them saves nobody anything. Bytes. */
const worthCompressing = 1400;

/** Of 50 organisations (19,077 bytes) Brotli makes 3,725 at quality 5 in 0.4 ms, 3,391 at 11 in 28 ms; gzip 3,948. */
const compress: Record<Exclude<Encoding, 'identity'>, (body: Buffer) => Promise<Buffer>> = {
  br: (body) =>
    promisify(brotliCompress)(body, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 5,
        [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
      },
    }),
  gzip: (body) => promisify(gzip)(body),
};

/** An answer as it goes out: its bytes, the strong validator of those bytes, and, once asked for, its compressed forms. */
export class Entry {
  readonly body: Buffer;
  readonly etag: string;
  // Made when needed: most entries are small and never compressed, and an empty map takes more than they do.
  #encoded: Map<Encoding, Promise<Buffer>> | undefined;
  #onGrow: ((bytes: number) => void) | undefined;
  #bytes: number;

  constructor(body: Buffer) {
    this.body = body;
    this.etag = etagOf(body);
    this.#bytes = body.length;
  }

  /** Serialises a record or page the one way it is ever serialised, so that its ETag means its content. */
  static of(value: unknown): Entry {
    const text = JSON.stringify(value);
    // Not from Node's pool, of which a small buffer would keep 8 KiB alive as long as the cache keeps the entry.
    const body = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
    body.write(text);
    return new Entry(body);
  }

  /** What body and compressed forms take. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Tells whoever holds the entry when it takes more than it did. */
  onGrow(tell: (bytes: number) => void): void {
    this.#onGrow = tell;
  }

  /** The coding that is used where the client takes `wanted`. */
  encodingFor(wanted: Encoding): Encoding {
    return this.body.length < worthCompressing ? 'identity' : wanted;
  }

  /** The body in a coding; compressed once, however many ask. */
  encoded(encoding: Encoding): Buffer | Promise<Buffer> {
    if (encoding === 'identity') return this.body;
    this.#encoded ??= new Map();
    let made = this.#encoded.get(encoding);
    if (!made) {
      made = compress[encoding](this.body).then((bytes) => this.#grow(bytes));
      this.#encoded.set(encoding, made);
      made.catch(() => this.#encoded?.delete(encoding)); // once failed is not failed for good
    }
    return made;
  }

  #grow(made: Buffer): Buffer {
    this.#bytes += made.length;
    this.#onGrow?.(this.#bytes);
    return made;
  }
}
