import { setTimeout as pause } from 'node:timers/promises';
import type { Layers, Peer } from '../peers/peer.ts';
import { median } from '../report/median.ts';
import { type Value, valueOf } from './value.ts';

/** What became of many who asked for one key that nobody held. */
export interface Crowd {
  readonly name: string;
  readonly layers: Layers;
  /** Loads of the round with most of them. */
  readonly loads: number;
  /** Until all had their value, the median of the rounds. */
  readonly milliseconds: number;
}

/** How long a load takes, in milliseconds. */
const loadTime = 20;

/** How one cache treats a crowd; every round asks for another key. */
export async function crowd(
  peer: Peer,
  layers: Layers,
  port: number | undefined,
  { callers, rounds, signal }: { callers: number; rounds: number; signal: AbortSignal },
): Promise<Crowd> {
  const cache = await peer.open<Value>({ layers, port });
  const loads: number[] = [];
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    let loaded = 0;
    const load = async () => {
      loaded++;
      await pause(loadTime, undefined, { signal });
      return valueOf(round);
    };
    const start = performance.now();
    await Promise.all(Array.from({ length: callers }, () => cache.read(`crowd:${round}`, load)));
    times.push(performance.now() - start);
    loads.push(loaded);
  }
  await cache.close();
  return { name: peer.name, layers, loads: Math.max(...loads), milliseconds: median(times) };
}
