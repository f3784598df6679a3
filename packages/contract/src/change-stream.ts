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

/** What a client says: tags that it holds from now on, and those that it no longer does. */
export interface Held {
  /** The position of the answers, or the last one heard: what was bumped since is told at once. */
  readonly since: string;
  readonly hold: readonly string[];
  readonly drop: readonly string[];
}

/** What the server says: which of the tags held were bumped up to a position; none says only how far it is. */
export type Changed = (
  | { readonly at: string; readonly tags: readonly string[] }
  /** Changes may have been missed: whatever is held may be outdated. */
  | { readonly at: string; readonly refetch: true }
) & {
  /** It answers what the client said it holds; answers come in the order of the questions. */
  readonly held?: true;
};
