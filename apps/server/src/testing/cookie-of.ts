import type { LightMyRequestResponse } from 'fastify';

/** The cookies an answer set, as the browser would send them back: the last of each name. */
export function cookieOf(answer: LightMyRequestResponse): string {
  const jar = new Map<string, string>();
  for (const { name, value, maxAge } of answer.cookies) {
    if (value === '' || maxAge === 0) jar.delete(name);
    else jar.set(name, `${name}=${encodeURIComponent(value)}`);
  }
  return [...jar.values()].join('; ');
}
