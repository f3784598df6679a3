export { acknowledge, type Committed } from './acknowledge.ts';
export type { Authority, Awaitable, Position, Tag, Token, Verdict } from './authority.ts';
export { Cache, type CacheOptions, type Loaded, type Outcome, type ReadOptions } from './cache.ts';
export { canonicalKey } from './canonical-key.ts';
export { MemoryAuthority, type MemoryAuthorityOptions } from './memory-authority.ts';
export { MemoryTier, type MemoryTierOptions } from './memory-tier.ts';
export type { Counters, MissReason, Statistics } from './statistics.ts';
export type { Stored, Tier } from './tier.ts';
