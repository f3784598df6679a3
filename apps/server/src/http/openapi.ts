import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import fastifyStatic from '@fastify/static';
import { problem, type Route, routes } from '@vif/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { version } from '../version.ts';

/**
 * The API's description, OpenAPI 3.1, from the contract's routes.
 * @param url Vif's public address
 */
function openApiDocument(url: string) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of Object.values<Route>(routes)) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Vif',
      version,
      summary: 'A self-hosted CRM, in French and English.',
    },
    servers: [{ url }],
    paths,
    components: {
      schemas: { Problem: schemaOf(problem, 'output') },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: cookieName(url) } },
    },
  };
}

function cookieName(url: string): string {
  return `${url.startsWith('https:') ? '__Secure-' : ''}vif.session_token`;
}

function operationOf(route: Route) {
  const { name, summary, access, params, query, answer, status = 200, ifMatch, socket } = route;
  const parameters = [
    ...parametersOf(params, 'path'),
    ...parametersOf(query, 'query'),
    ...(ifMatch ? [{ name: 'If-Match', in: 'header', required: true, schema: { type: 'string' } }] : []),
  ];
  return {
    operationId: name,
    tags: [name.split('.')[0]],
    summary,
    security: access === 'public' ? [] : [{ session: [] }],
    ...(typeof access === 'object' && {
      description: `Asks the permission ${access.resource}.${access.action}.`,
    }),
    ...(parameters.length > 0 && { parameters }),
    ...requestBodyOf(route),
    responses: {
      ...(socket && { 101: { description: 'A WebSocket; docs/live-changes.md has its messages' } }),
      ...(!socket && {
        [answer ? status : 204]: answer
          ? { description: 'Done', content: { 'application/json': { schema: schemaOf(answer, 'output') } } }
          : { description: 'Done' },
      }),
      default: {
        description: 'What went wrong, in the language of Accept-Language',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

function requestBodyOf({ csv, body }: Route) {
  if (csv) {
    return { requestBody: { required: true, content: { 'text/csv': { schema: { type: 'string' } } } } };
  }
  if (!body) return {};
  return {
    requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'input') } } },
  };
}

function parametersOf(schema: z.ZodObject | undefined, place: 'path' | 'query') {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, unknown>;
    required?: string[];
  }; // the JSON Schema of an object
  return Object.entries(properties).map(([name, one]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: one,
  }));
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output') {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}

const browser = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

/** `GET /api/v1/openapi.json`, and `GET /api/docs`: the same to browse and to try. */
export async function serveOpenApi(app: FastifyInstance, url: string): Promise<void> {
  const document = JSON.stringify(openApiDocument(url));
  app.get('/api/v1/openapi.json', (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(document),
  );
  const page = await readFile(new URL('./api-docs.html', import.meta.url), 'utf8');
  const script = await readFile(new URL('./api-docs.js', import.meta.url), 'utf8');
  app.get('/api/docs', (_request, reply) =>
    reply.header('content-security-policy', docsContentPolicy).type('text/html; charset=utf-8').send(page),
  );
  app.get('/api/docs/start.js', (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').send(script),
  );
  await app.register(fastifyStatic, {
    root: browser,
    prefix: '/api/docs/',
    decorateReply: false,
    index: false,
    acceptRanges: false,
    maxAge: '1h',
    // The bundle and its style, not the package's own page, which points at somebody's shop.
    allowedPath: (path) => ['/swagger-ui.css', '/swagger-ui-bundle.js'].includes(path),
  });
}

/** The browser of the API writes style attributes; it runs no inline script. */
const docsContentPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
