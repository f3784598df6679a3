import { z } from 'zod';
import { type Held, mostHeld } from './change-stream.ts';
import { route } from './route.ts';

const position = z.string().regex(/^[\w-]{8}\.\d{1,16}$/);
const tags = z.array(z.string().regex(/^[\w-]{8}$/)).max(mostHeld);

export const held: z.ZodType<Held> = z.strictObject({ since: position, hold: tags, drop: tags });

export const changeRoutes = {
  follow: route({
    name: 'changes.follow',
    method: 'GET',
    path: '/api/v1/changes',
    summary: 'A WebSocket that tells which answers changed',
    access: 'session',
    socket: true,
  }),
};
