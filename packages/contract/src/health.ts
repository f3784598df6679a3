import { z } from 'zod';
import { route } from './route.ts';

export const healthRoutes = {
  get: route({
    name: 'health.get',
    method: 'GET',
    path: '/health',
    summary:
      'Whether Vif can work; 503 while the database cannot be reached. Without its cache it is slower: degraded',
    access: 'public',
    answer: z.strictObject({
      status: z.enum(['ok', 'degraded', 'starting', 'unavailable']),
      version: z.string(),
      database: z.strictObject({
        available: z.boolean(),
        /** Milliseconds of one round trip; absent while it is not available. */
        latency: z.number().optional(),
        /** In the reader's language, what is wrong and what is being done. */
        message: z.string().optional(),
      }),
      /** Absent while Vif starts. */
      cache: z
        .strictObject({
          /** Whether cached answers are given out now. */
          available: z.boolean(),
          /** Milliseconds until its authority answers; absent while it does not. */
          latency: z.number().optional(),
          /**
           * Milliseconds since the changes made behind Vif's back were last looked for; absent while nobody looks. What is
           * older than half a second is given to nobody.
           */
          lag: z.number().optional(),
          message: z.string().optional(),
        })
        .optional(),
    }),
  }),
};
