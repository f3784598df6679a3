import type { Authority, Awaitable } from '../authority.ts';

/** An authority with an empty memory of its own. */
export interface OpenedAuthority {
  readonly authority: Authority;
  /** Makes it lose its memory, in a way in which this kind of authority can. */
  readonly forget: () => Awaitable<void>;
  readonly close: () => Awaitable<void>;
}

/** Opens one that remembers at least this many bumps of a tag. */
export type OpenAuthority = (capacity: number) => Promise<OpenedAuthority>;
