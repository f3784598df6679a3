import { z } from 'zod';
import { route } from './route.ts';

export const healthRoutes = {
  get: route({
    name: 'health.get',
    method: 'GET',
    path: '/health',
    summary: 'Whether Vif can work; 503 while the database cannot be reached',
    access: 'public',
    answer: z.strictObject({
      status: z.enum(['ok', 'starting', 'unavailable']),
      version: z.string(),
      database: z.strictObject({
        available: z.boolean(),
        /** Milliseconds of one round trip; absent while it is not available. */
        latency: z.number().optional(),
        /** In the reader's language, what is wrong and what is being done. */
        message: z.string().optional(),
      }),
    }),
  }),
};
