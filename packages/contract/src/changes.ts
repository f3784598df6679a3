import { z } from 'zod';
import { route } from './route.ts';

/**
 * Says of an answer what it depends on: where the changes stood before it was read, a space, and its tags, separated by
 * commas. All of it is opaque, and says nothing to whoever works in another workspace or as something else.
 */
export const dependsHeader = 'vif-depends';

/** Tags that one socket may hold. */
export const mostHeld = 2000;
/** Bytes of a message. */
export const longestMessage = 65_536;

/** Why the server closed a socket. */
export const closed = {
  /** The session is over. */
  signedOut: 4401,
  /** The session works in another workspace or as something else than when the socket opened. */
  moved: 4409,
} as const;

const position = z.string().regex(/^[\w-]{8}\.\d{1,16}$/);
const tags = z.array(z.string().regex(/^[\w-]{8}$/)).max(mostHeld);

/** What a client says: tags that it holds from now on, and those that it no longer does. */
export const held = z.strictObject({
  /** The position of the answers, or the last one heard: what was bumped since is told at once. */
  since: position,
  hold: tags,
  drop: tags,
});
export type Held = z.infer<typeof held>;

/** What the server says: which of the tags held were bumped up to a position; none says only how far it is. */
export type Changed =
  | { readonly at: string; readonly tags: readonly string[] }
  /** Changes may have been missed: whatever is held may be outdated. */
  | { readonly at: string; readonly refetch: true };

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
