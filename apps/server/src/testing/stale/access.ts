import { StaleConnection } from './connection.ts';

/** How many connections of one person ask at once. */
const connectionCount = 4;

interface Access {
  /** The statuses that each connection was answered first, and to what it asked next when the change was known. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** Whether no connection was closed in between. */
  readonly kept: boolean;
}

/**
 * Asks for a page on several kept-alive connections, without a pause, while somebody changes what the asker may see;
 * so who they are is cached, and being looked up again, when the change is acknowledged.
 */
export async function accessThroughout(
  { address, cookie }: { readonly address: string; readonly cookie: string },
  path: string,
  change: () => Promise<unknown>,
): Promise<Access> {
  const connections = Array.from({ length: connectionCount }, () => new StaleConnection(address, cookie));
  const first = await Promise.all(connections.map((connection) => connection.ask(path)));
  let isKnown = false;
  const asking = connections.map(async (connection) => {
    for (;;) {
      const isLast = isKnown;
      const answer = await connection.ask(path);
      if (isLast) return answer;
    }
  });
  try {
    await change();
  } finally {
    isKnown = true;
  }
  const last = await Promise.all(asking);
  for (const connection of connections) connection.close();
  return {
    before: first.map(({ status }) => status),
    after: last.map(({ status }) => status),
    kept: last.every(({ port }, at) => port === first[at]?.port),
  };
}
