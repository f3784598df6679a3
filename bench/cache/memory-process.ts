import { peers } from '../peers/peers.ts';
import { type Value, valueOf } from './value.ts';

/**
 * `node --expose-gc memory-process.ts NAME ENTRIES`: says what so many entries of one cache take, in bytes; of a cache
 * called Map, what the values and keys take without any.
 */
const [name = '', entries = '0'] = process.argv.slice(2);

function taken(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const peer = peers.find((one) => one.name === name);
const cache = await peer?.open<Value>({ layers: 'memory' });
const map = new Map<string, Value>();
const key = (at: number) => `/api/v1/organisations?page=${at}&workspace=7`;

const before = taken();
for (let at = 0; at < Number(entries); at++) {
  if (cache) await cache.read(key(at), async () => valueOf(at));
  else map.set(key(at), valueOf(at));
}
const after = taken();
// Used once more, so that nothing is collected before it was measured.
if (cache) await cache.read(key(0), async () => valueOf(0));
else map.get(key(0));
process.stdout.write(`${after - before}\n`);
process.exit();
