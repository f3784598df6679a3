import type { Layers, OpenCache, Opening, Peer } from '../peers/peer.ts';
import type { Subject } from './rates.ts';
import { type Value, valueOf } from './value.ts';

/** One row of the table of speeds. */
export interface Operation {
  readonly name: string;
  readonly layers: Layers;
  readonly tagged: boolean;
  readonly inFlight: number;
  /** Whether what is read is held. */
  readonly hit: boolean;
}

const inRedis = 50;

export const operations: readonly Operation[] = [
  { name: 'memory hit', layers: 'memory', tagged: false, inFlight: 1, hit: true },
  { name: 'memory hit, 3 tags', layers: 'memory', tagged: true, inFlight: 1, hit: true },
  { name: 'memory miss', layers: 'memory', tagged: false, inFlight: 1, hit: false },
  { name: 'Redis hit', layers: 'redis', tagged: false, inFlight: inRedis, hit: true },
  { name: 'Redis hit, 3 tags', layers: 'redis', tagged: true, inFlight: inRedis, hit: true },
  { name: 'Redis miss', layers: 'redis', tagged: false, inFlight: inRedis, hit: false },
  {
    name: 'memory over Redis, hit',
    layers: 'memory over redis',
    tagged: false,
    inFlight: inRedis,
    hit: true,
  },
  {
    name: 'memory over Redis, hit, 3 tags',
    layers: 'memory over redis',
    tagged: true,
    inFlight: inRedis,
    hit: true,
  },
];

/** How many different values are asked for again and again. */
export const held = 1000;

/** Room for what misses leave behind. */
const entries = 10_000;

/** Whether a cache has what the row is about. */
export function takesPart({ layers, tagged }: Operation, peer: Peer): boolean {
  return peer.layers.includes(layers) && (peer.tags || !tagged);
}

/** A cache that is ready for the operation. */
export async function subjectOf(
  { layers, tagged, hit }: Operation,
  peer: Peer,
  port: number | undefined,
): Promise<{ subject: Subject; cache: OpenCache<Value> }> {
  const opening: Opening = { layers, port, tagged, entries };
  const cache = await peer.open<Value>(opening);
  const ask = (key: string, load: () => Promise<Value>) =>
    tagged ? cache.read(key, load, tagsOf(key)) : cache.read(key, load);
  if (!hit) {
    const operate = (at: number) => ask(`new:${at}`, async () => valueOf(at));
    return { subject: { name: peer.name, operate }, cache };
  }
  const keys = Array.from({ length: held }, (_, at) => `/api/v1/organisations?page=${at}`);
  for (const [at, key] of keys.entries()) await ask(key, async () => valueOf(at));
  const miss = () => Promise.reject(new Error(`${peer.name} did not hold what it was given.`));
  return { subject: { name: peer.name, operate: (at) => ask(keys[at % held] ?? '', miss) }, cache };
}

function tagsOf(key: string): readonly string[] {
  return ['tenant:7', 'organisations', key];
}
