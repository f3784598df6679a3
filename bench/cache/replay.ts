import type { Peer } from '../peers/peer.ts';
import { generatedTraces } from '../traces/generated-traces.ts';

/** The part of a trace's accesses that a cache held, from 0 to 1. */
export interface Replay {
  readonly name: string;
  readonly trace: string;
  readonly ratio: number;
}

const value = { held: true };

/** What each bounded cache holds of the beginnings of generated traces, asked through its own reading. */
export async function replays(
  peers: readonly Peer[],
  accesses: number,
  signal: AbortSignal,
): Promise<Replay[]> {
  const replayed: Replay[] = [];
  for (const { name: trace, keys, size } of generatedTraces()) {
    for (const peer of peers.filter(({ bounded }) => bounded)) {
      signal.throwIfAborted();
      const cache = await peer.open<typeof value>({ layers: 'memory', entries: size });
      let loads = 0;
      const load = async () => {
        loads++;
        return value;
      };
      const asked = keys.slice(0, accesses);
      for (const key of asked) await cache.read(key, load);
      await cache.close();
      replayed.push({ name: peer.name, trace, ratio: 1 - loads / asked.length });
    }
  }
  return replayed;
}
