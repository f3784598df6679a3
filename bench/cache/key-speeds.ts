import type { Peer } from '../peers/peer.ts';
import { type Rate, type RateOptions, rates, type Subject } from './rates.ts';

/** Keys made in an operation, so that awaiting it counts for nothing. */
export const keysAnOperation = 100;

/** What a list is asked for with. */
const questions = Array.from({ length: keysAnOperation }, (_, at) => ({
  workspace: `workspace-${at % 7}`,
  resource: 'organisations',
  page: at,
  pageSize: 50,
  sort: at % 2 === 0 ? 'name' : '-updatedAt',
  filter: { owner: at * 17, country: 'FR', tags: ['client', 'vip'], q: 'société' },
}));

/** How fast keys are made of objects: by JSON.stringify, and by the caches that make keys. */
export async function keySpeeds(peers: readonly Peer[], options: RateOptions): Promise<Rate[]> {
  const subjects: Subject[] = [{ name: 'JSON.stringify', operate: making(JSON.stringify) }];
  for (const peer of peers.filter(({ makesKeys }) => makesKeys)) {
    const cache = await peer.open({ layers: 'memory' });
    const makeKey = (question: unknown) => cache.makeKey?.(question) ?? '';
    subjects.push({ name: peer.name, operate: making(makeKey) });
  }
  return rates(subjects, { ...options, inFlight: 1 });
}

function making(makeKey: (question: unknown) => string): Subject['operate'] {
  return async () => {
    let length = 0;
    for (const question of questions) length += makeKey(question).length;
    return length;
  };
}
