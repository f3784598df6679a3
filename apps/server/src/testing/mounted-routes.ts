import type { FastifyInstance } from 'fastify';

/** Every method and path that the application answers, read from its router and not from what we believe. */
export function mountedRoutes(app: FastifyInstance): string[] {
  const trail: string[] = [];
  const found: string[] = [];
  for (const line of app.printRoutes({ commonPrefix: false }).split('\n')) {
    const read = /^(?<branch>[│ ]*)[├└]── (?<part>\S+) \((?<methods>.+)\)$/.exec(line)?.groups;
    if (!read) continue;
    const { branch = '', part = '', methods = '' } = read;
    const depth = branch.length / 4;
    trail.splice(depth, trail.length, part);
    for (const method of methods.split(', '))
      if (method !== 'HEAD') found.push(`${method} ${trail.join('')}`);
  }
  return found;
}
