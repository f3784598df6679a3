import { once } from 'node:events';
import Fastify from 'fastify';
import type { Exchange } from '../vif/exchange.ts';
import { headersToSet } from '../vif/exchange.ts';

/** A process of its own: is sent what to answer, listens, and sends where. It ends with whoever started it. */
process.on('disconnect', () => process.exit());
// What start-bare.ts sends, and nobody else can.
const [exchanges] = (await once(process, 'message')) as [Exchange[]];

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[]>;
  /** Bytes: as text it would be encoded for each answer, at 45,000 instead of 58,000 answers a second. */
  readonly body: Buffer;
}

/** By address, and by the ETag that the client says it has. */
const answers = new Map<string, Map<string | undefined, Answer>>();
for (const exchange of exchanges) {
  const { address, asked, status, body } = exchange;
  const ofAddress = answers.get(address) ?? new Map<string | undefined, Answer>();
  ofAddress.set(asked['if-none-match'], {
    status,
    headers: headersToSet(exchange),
    body,
  });
  answers.set(address, ofAddress);
}

const app = Fastify();
for (const path of new Set(exchanges.map(({ address }) => address.split('?')[0] ?? ''))) {
  app.get(path, (request, reply) => {
    const answer = answers.get(request.url)?.get(request.headers['if-none-match']);
    if (!answer) return reply.code(404).send();
    reply.code(answer.status).headers(answer.headers);
    return answer.status === 304 ? reply.send() : reply.send(answer.body);
  });
}
process.send?.(await app.listen({ host: '127.0.0.1', port: 0 }));
