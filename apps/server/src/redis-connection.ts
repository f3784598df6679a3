import type { RedisOptions } from 'ioredis';

/**
 * What an address says of how to get into a Redis.
 * @param url redis: or rediss:, checked by the environment
 * @example redisConnection('rediss://vif:secret@redis.example.org:6380/2')
 */
export function redisConnection(url: string): RedisOptions {
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'), // an IPv6 address
    port: port === '' ? 6379 : Number(port),
    ...(username !== '' && { username: decodeURIComponent(username) }),
    ...(password !== '' && { password: decodeURIComponent(password) }),
    ...(pathname.length > 1 && { db: Number(pathname.slice(1)) }),
    ...(protocol === 'rediss:' && { tls: {} }),
  };
}
