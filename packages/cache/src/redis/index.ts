export { RedisAuthority, type RedisAuthorityOptions } from './redis-authority.ts';
