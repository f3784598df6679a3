import type { Redis } from 'ioredis';

/** How many keys Redis looks at for one answer; it does nothing else meanwhile. */
const atOnce = 500;

/**
 * Deletes the keys that a pattern names, on every server given, without holding up who else uses them.
 * @throws when one is out of reach
 */
export async function clearValues(servers: readonly Redis[], pattern: string | Buffer): Promise<void> {
  for (const server of servers) {
    let cursor: string | Buffer = '0';
    do {
      const answer = await server.callBuffer('scan', cursor, 'MATCH', pattern, 'COUNT', atOnce);
      const [next, keys] = answer as [Buffer, Buffer[]]; // what SCAN answers
      if (keys.length > 0) await server.unlink(...keys);
      cursor = next;
    } while (cursor.toString() !== '0');
  }
}
