import type { Counters, HeldIn } from '@vif/cache';
import type { RouteAnswer } from '@vif/contract';
import type { FastifyInstance } from 'fastify';
import { explainRead } from '../doors/read.ts';
import { readNameIn } from '../doors/read-namespace.ts';
import { serve } from '../http/serve.ts';

type Stats = RouteAnswer<'cache.stats'>;
type Why = RouteAnswer<'cache.why'>;
type Figures = Omit<Stats, 'available' | 'namespaces'>;

/** What the administrator sees of the cache: their own workspace's part of it. */
export function cacheRoutes(app: FastifyInstance): void {
  serve(app, 'cache.stats', async (ctx, { house }): Promise<Stats> => {
    const ofWorkspace: [string, Readonly<Counters>][] = [];
    for (const [namespace, counters] of house.cache.answers.statistics.namespaces()) {
      const name = readNameIn(namespace, ctx.workspace.id);
      if (name !== undefined) ofWorkspace.push([name, counters]);
    }
    return {
      available: house.cache.available,
      ...figuresOf(ofWorkspace.map(([, counters]) => counters)),
      namespaces: ofWorkspace
        .map(([namespace, counters]) => ({ namespace, ...figuresOf([counters]) }))
        .toSorted((one, other) => (one.namespace < other.namespace ? -1 : 1)),
    };
  });

  serve(app, 'cache.why', async (ctx, { query, house }): Promise<Why> => {
    const { answers } = house.cache;
    const { next, notKept, tiers, invalidations = [] } = await explainRead(ctx, answers, query.key);
    return {
      key: query.key,
      hit: next.startsWith('hit '),
      next,
      held: tiers.flatMap(heldOf),
      ...(notKept !== undefined && { not_kept: notKept }),
      invalidations: invalidations.map(({ tags, ...why }) => ({ ...why, tags: [...tags] })),
    };
  });
}

function heldOf({ tier, verdict, storedAt, expires }: HeldIn): Why['held'] {
  if (verdict === undefined || storedAt === undefined || expires === undefined) return [];
  const [stored_at, until] = [storedAt, expires].map((moment) => new Date(moment).toISOString());
  return stored_at && until ? [{ tier, verdict, stored_at, expires: until }] : [];
}

function figuresOf(all: readonly Readonly<Counters>[]): Figures {
  const sum = (count: (counters: Readonly<Counters>) => number) =>
    all.reduce((total, counters) => total + count(counters), 0);
  const hits = sum((counters) => counters.hits);
  const misses = sum((counters) => Object.values(counters.misses).reduce((total, some) => total + some, 0));
  return {
    hits,
    misses,
    total_requests: hits + misses,
    hit_rate: hits === 0 ? 0 : Math.round((hits / (hits + misses)) * 10_000) / 10_000,
    keys_count: sum((counters) => counters.entries),
    memory_used: sum((counters) => counters.bytes),
  };
}
