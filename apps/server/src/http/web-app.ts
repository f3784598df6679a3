import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { pageContentPolicy } from './security-headers.ts';
import { answerUnknownAddress } from './unknown-address.ts';

export const webFolder = fileURLToPath(new URL('../../../web/dist', import.meta.url));
const noncePlaceholder = '__VIF_NONCE__';

/**
 * Serves the web app's built files: hashed ones compressed and immutable for a year, and the page, with a nonce of its
 * own, for every address that is not the API's.
 */
export async function serveWebApp(app: FastifyInstance, folder: string): Promise<void> {
  const page = await readFile(`${folder}/index.html`, 'utf8');
  await app.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    index: false,
    acceptRanges: false,
    preCompressed: true,
    maxAge: '1y',
    immutable: true,
    globIgnore: ['index.html*', '.vite/**', '**/*.br', '**/*.gz'],
    setHeaders(reply, path) {
      if (!/-[\w-]{8,}\.\w+(\.br|\.gz)?$/.test(path)) reply.header('cache-control', 'public, max-age=3600');
    },
  });
  app.setNotFoundHandler((request, reply) => {
    if (!wantsPage(request)) return answerUnknownAddress(request, reply);
    const nonce = randomBytes(16).toString('base64');
    return reply
      .headers({ 'content-security-policy': pageContentPolicy(nonce), 'cache-control': 'no-cache' })
      .type('text/html; charset=utf-8')
      .send(page.replaceAll(noncePlaceholder, nonce));
  });
}

/** Whether the address may be one of the web app's own, which it alone knows; never one that looks like the API's. */
function wantsPage({ method, url, headers }: FastifyRequest): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  return (
    /^\/(?!\/)/.test(url) && !/^\/(api|assets|health)(?![\w-])/i.test(url) && acceptsHtml(headers.accept)
  );
}

function acceptsHtml(accept: string | undefined): boolean {
  return accept === undefined || /text\/html|\*\/\*/.test(accept);
}
