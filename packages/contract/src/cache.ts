import { z } from 'zod';
import { route } from './route.ts';

const figures = z.strictObject({
  /** Answers given without asking the database. */
  hits: z.int(),
  misses: z.int(),
  total_requests: z.int(),
  /** Hits of all requests, from 0 to 1; 0 while nothing was asked. */
  hit_rate: z.number(),
  /** Answers held now. */
  keys_count: z.int(),
  /** What they take, in bytes. */
  memory_used: z.int(),
});

export const cacheRoutes = {
  stats: route({
    name: 'cache.stats',
    method: 'GET',
    path: '/api/v1/cache/stats',
    summary: 'What the cache did for this workspace since Vif started, and what it holds',
    access: { resource: 'cache', action: 'read' },
    answer: z.strictObject({
      /** Whether cached answers are given out now. */
      available: z.boolean(),
      ...figures.shape,
      /** By read, in the order of their names. */
      namespaces: z.array(z.strictObject({ namespace: z.string(), ...figures.shape })),
    }),
  }),
};
