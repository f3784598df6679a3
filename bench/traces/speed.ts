import { LRUCache } from 'lru-cache';
import { randomFrom } from '../day/random.ts';
import { median } from '../report/median.ts';
import { stored, tierOf } from './vif-tier.ts';

const size = 10_000;
const operations = 1_000_000;
const rounds = 7;

/** Millions of operations a second, the median of the rounds. */
export interface Speed {
  readonly operation: string;
  readonly vif: number;
  readonly lru: number;
}

interface Subject {
  readonly get: (key: string) => unknown;
  readonly set: (key: string) => void;
}

/** How fast a hit and a set are; the two take turns, so that a machine that slows down slows both. */
export function speeds(): Speed[] {
  const random = randomFrom(7);
  const held = Array.from({ length: size }, (_, at) => `/api/v1/organisations?page=${at}`);
  const asked = Array.from({ length: operations }, () => held[Math.floor(random() * size)] ?? '');
  // Ten times as many as fit, round and round: none is held when it is set.
  const fresh = Array.from({ length: operations }, (_, at) => `/api/v1/people?page=${at % (size * 10)}`);
  return [
    { operation: 'get, a hit', ...compare(held, asked, ({ get }, key) => void get(key)) },
    { operation: 'set of a key not held, one goes', ...compare(held, fresh, ({ set }, key) => set(key)) },
  ];
}

function compare(
  held: readonly string[],
  keys: readonly string[],
  operate: (subject: Subject, key: string) => void,
): { vif: number; lru: number } {
  const subjects = { vif: tier(), lru: lruCache() };
  const measured: Record<keyof typeof subjects, number[]> = { vif: [], lru: [] };
  for (const { set } of Object.values(subjects)) for (const key of held) set(key);
  for (let round = 0; round <= rounds; round++) {
    for (const name of ['vif', 'lru'] as const) {
      const subject = subjects[name];
      const start = performance.now();
      for (const key of keys) operate(subject, key);
      const perSecond = keys.length / (performance.now() - start) / 1000;
      if (round > 0) measured[name].push(perSecond); // the first round is for the compiler
    }
  }
  return { vif: median(measured.vif), lru: median(measured.lru) };
}

function tier(): Subject {
  const held = tierOf(size);
  return { get: (key) => held.get(key), set: (key) => held.set(key, stored) };
}

function lruCache(): Subject {
  const held = new LRUCache<string, typeof stored>({ max: size });
  return { get: (key) => held.get(key), set: (key) => void held.set(key, stored) };
}
