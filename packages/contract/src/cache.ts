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
  why: route({
    name: 'cache.why',
    method: 'GET',
    path: '/api/v1/cache/why',
    summary: 'Why an answer was read again, and whether the next one comes from the cache',
    access: { resource: 'cache', action: 'read' },
    query: z.strictObject({
      /** As `Cache-Status` says it: `organisations:get:{…}`. */
      key: z.string().min(1).max(10_000),
    }),
    answer: z.strictObject({
      key: z.string(),
      /** Whether the next read would be answered from the cache. */
      hit: z.boolean(),
      /** What it would do, in words: `hit in memory`. */
      next: z.string(),
      /** Where an answer is held, and whether it may still be given out. */
      held: z.array(
        z.strictObject({
          tier: z.string(),
          verdict: z.enum(['current', 'outdated', 'forgotten', 'unreachable']),
          stored_at: z.iso.datetime(),
          expires: z.iso.datetime(),
        }),
      ),
      /** Why the last answer was not kept, or none ever is. */
      not_kept: z.string().optional(),
      /** What was written that it was read again for, or will be; the newest first, of the last hour at most. */
      invalidations: z.array(
        z.strictObject({
          /** Absent of what was not written to a table. */
          table: z.string().optional(),
          /** INSERT, UPDATE, DELETE, TRUNCATE; absent where another process alone knows it. */
          operation: z.string().optional(),
          /** As PostgreSQL's `pg_current_xact_id()`; absent where another process alone knows it. */
          transaction: z.string().optional(),
          at: z.iso.datetime(),
          /** Of what the answer depends on, what changed. Text stands here as its hash. */
          tags: z.array(z.string()),
          /** Answers of this workspace that were found outdated by it so far, in this process; 1,000 at most. */
          entries: z.int(),
        }),
      ),
    }),
  }),
};
