import { type RouteAnswer, routes } from '@vif/contract';
import type { FastifyInstance } from 'fastify';
import type { Language } from '../doors/context.ts';
import type { House } from '../house.ts';
import { languageOf } from '../problems/language.ts';
import { version } from '../version.ts';

type Health = RouteAnswer<'health.get'>;

const texts: Record<Language, Record<'starting' | 'lost' | 'uncached' | 'off', string>> = {
  en: {
    starting: 'The database is not open yet. Vif keeps trying.',
    lost: 'The database cannot be reached. Vif keeps trying.',
    uncached: 'The cache is off for now; the log says why. Answers are right, and slower.',
    off: 'The cache is turned off (CACHE_MEMORY=0).',
  },
  fr: {
    starting: 'La base de données n’est pas encore ouverte. Vif continue d’essayer.',
    lost: 'La base de données est injoignable. Vif continue d’essayer.',
    uncached:
      'Le cache est coupé pour l’instant ; le journal dit pourquoi. Les réponses sont justes, et plus lentes.',
    off: 'Le cache est désactivé (CACHE_MEMORY=0).',
  },
};

/** `GET /health`: 200 while Vif can work, 503 otherwise; answers before set-up and while the database is away. */
export function healthRoutes(app: FastifyInstance): void {
  const { method, path, name } = routes['health.get'];
  app.route({
    method,
    url: path,
    config: { route: name },
    async handler(request, reply) {
      const health = await examine(app, languageOf(request.headers['accept-language']));
      return reply
        .code(health.status === 'ok' || health.status === 'degraded' ? 200 : 503)
        .header('cache-control', 'no-store')
        .send(health);
    },
  });
}

async function examine({ houseDoor }: FastifyInstance, language: Language): Promise<Health> {
  if (!houseDoor.isOpen) {
    return { status: 'starting', version, database: { available: false, message: texts[language].starting } };
  }
  const { house } = houseDoor;
  const cache = await examineCache(house, language);
  try {
    const latency = milliseconds(await house.database.ping());
    const status = cache.available || !house.cache.wanted ? 'ok' : 'degraded';
    return { status, version, database: { available: true, latency }, cache };
  } catch {
    const database = { available: false, message: texts[language].lost };
    return { status: 'unavailable', version, database, cache };
  }
}

async function examineCache({ cache }: House, language: Language): Promise<NonNullable<Health['cache']>> {
  const { lag } = cache;
  const latency = await cache.ping();
  const available = cache.available && latency !== undefined;
  return {
    available,
    ...(latency !== undefined && { latency: milliseconds(latency) }),
    ...(lag !== undefined && Number.isFinite(lag) && { lag: milliseconds(lag) }),
    ...(!available && { message: texts[language][cache.wanted ? 'uncached' : 'off'] }),
  };
}

function milliseconds(exact: number): number {
  return Math.round(exact * 1000) / 1000;
}
