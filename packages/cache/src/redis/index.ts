export type { RedisAuthority } from './redis-authority.ts';
export type { RedisCluster } from './redis-connection.ts';
export { type RedisPartition, RedisStore, type RedisStoreOptions } from './redis-store.ts';
export type { RedisTier } from './redis-tier.ts';
