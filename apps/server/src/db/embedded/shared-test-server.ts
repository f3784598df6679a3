import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbedded } from './embedded-postgres.ts';
import { unsafeTestSettings } from './postgres-settings.ts';

/**
 * Starts one PostgreSQL for a whole run of the test suite, in a new temporary folder and with settings that
 * are fast because they forget everything in a power cut. `stop` removes the folder as well.
 *
 * @example
 * const server = await startSharedTestServer();
 * project.provide('postgres', server.connection);
 * return () => server.stop();
 */
export async function startSharedTestServer(): Promise<EmbeddedPostgres> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'vif-test-'));
  const server = await startEmbedded({ dataFolder, say: () => {}, settings: unsafeTestSettings });
  return {
    connection: server.connection,
    async stop() {
      await server.stop();
      await rm(dataFolder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
