import { type RouteAnswer, routes } from '@vif/contract';
import type { FastifyInstance } from 'fastify';
import type { Language } from '../doors/context.ts';
import { languageOf } from '../problems/language.ts';
import { version } from '../version.ts';

type Health = RouteAnswer<'health.get'>;

const texts: Record<Language, Record<'starting' | 'lost', string>> = {
  en: {
    starting: 'The database is not open yet. Vif keeps trying.',
    lost: 'The database cannot be reached. Vif keeps trying.',
  },
  fr: {
    starting: 'La base de données n’est pas encore ouverte. Vif continue d’essayer.',
    lost: 'La base de données est injoignable. Vif continue d’essayer.',
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
        .code(health.status === 'ok' ? 200 : 503)
        .header('cache-control', 'no-store')
        .send(health);
    },
  });
}

async function examine({ houseDoor }: FastifyInstance, language: Language): Promise<Health> {
  if (!houseDoor.isOpen) {
    return { status: 'starting', version, database: { available: false, message: texts[language].starting } };
  }
  try {
    const latency = Math.round((await houseDoor.house.database.ping()) * 1000) / 1000;
    return { status: 'ok', version, database: { available: true, latency } };
  } catch {
    return { status: 'unavailable', version, database: { available: false, message: texts[language].lost } };
  }
}
