export { authorityContract } from './authority-contract.ts';
export { jointTierContract, type OpenJointTier } from './joint-tier-contract.ts';
export type { OpenAuthority, OpenedAuthority } from './opened-authority.ts';
export { freePort, RedisServer, whyNoRedis } from './redis-server.ts';
export { type OpenTier, type TierTraits, tierContract } from './tier-contract.ts';
