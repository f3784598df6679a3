import { createReadStream } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';

export interface Sending {
  readonly url: URL;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Told how many bytes are sent. */
  progress: (bytes: number) => void;
}

/**
 * Sends a file as the body of a POST, with memory that does not grow with it, and gives the whole answer; `fetch` gives
 * up after five minutes without one.
 */
export async function sendFile({
  url,
  path,
  headers,
  signal,
  progress,
}: Sending): Promise<{ status: number; body: string }> {
  const { promise: answered, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const asking = request(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'text/csv' },
    signal,
  });
  asking.on('response', resolve).on('error', reject);
  let bytes = 0;
  const metered = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      yield chunk;
      progress((bytes += chunk.length));
    }
  };
  const sending = pipeline(createReadStream(path), metered, asking);
  sending.catch(reject);
  try {
    // A server that refuses answers before all of it is sent.
    const response = await answered;
    return { status: response.statusCode ?? 0, body: await text(response) };
  } finally {
    asking.destroy();
    await sending.catch(() => undefined);
  }
}
