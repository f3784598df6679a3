import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Trace } from './trace.ts';

/** What of Caffeine's collection is replayed, each with the size that it is commonly measured at. */
const recorded = [
  { name: 'orm-busy', about: 'an object-relational mapper’s session, a busy hour', size: 2500 },
  { name: 'web07', about: 'a web application’s sessions', size: 1000 },
  { name: 'multi3', about: 'four programs mixed', size: 1000 },
  { name: 'sprite', about: 'a network file system', size: 400 },
  { name: '2_pools', about: 'two pools of different heat', size: 1000 },
  { name: 'loop', about: 'a loop larger than the cache', size: 500 },
] as const;

/** The recorded traces that a folder has, and the names of those it has not. */
export async function recordedTraces(folder: string): Promise<{ traces: Trace[]; missing: string[] }> {
  const traces: Trace[] = [];
  const missing: string[] = [];
  for (const one of recorded) {
    const file = join(folder, `${one.name}.u32.gz`);
    if (existsSync(file)) traces.push({ ...one, keys: keysOf(gunzipSync(await readFile(file))) });
    else missing.push(one.name);
  }
  return { traces, missing };
}

/** Ids of 32 bits, little-endian, as keys. */
function keysOf(bytes: Buffer): string[] {
  const names = new Map<number, string>();
  return Array.from({ length: bytes.length / 4 }, (_, at) => {
    const id = bytes.readUInt32LE(at * 4);
    const name = names.get(id) ?? String(id);
    names.set(id, name); // one string for each id, as millions of them would be the benchmark
    return name;
  });
}
