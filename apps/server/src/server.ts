import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { buildApp } from './app.ts';
import { makeSetupLink } from './auth/setup-link.ts';
import { isConnectionFault } from './db/connection-faults.ts';
import { lockDataFolder } from './db/embedded/data-folder-lock.ts';
import { type EmbeddedPostgres, startEmbedded } from './db/embedded/embedded-postgres.ts';
import { writeRunningServer } from './db/embedded/running-server.ts';
import { StartRefusal } from './db/embedded/start-refusal.ts';
import { reachServer } from './db/reach-server.ts';
import { type Environment, readEnvironment } from './environment.ts';
import { HouseDoor } from './house.ts';
import { chooseAddress } from './http/address.ts';
import { createLogger } from './http/logging.ts';
import { webFolder } from './http/web-app.ts';
import { uploadFolderIn } from './imports/uploads.ts';
import { emptyBinsHourly } from './jobs/empty-bins.ts';
import { type OpenHouse, openHouse } from './open-house.ts';
import { buildWebApp } from './web-build.ts';

/** Requests under way are given this long when Vif stops, in milliseconds. */
const drainTime = 10_000;
/** Between two looks whether who started Vif is there, in milliseconds. */
const parentLooks = 500;

/** For people, on standard output; the log's JSON lines go to standard error. */
const say = (sentence: string) => void process.stdout.write(`${sentence}\n`);
// Who no longer listens must not keep Vif from working, or from stopping in order.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

/** What is to be closed at the end, last opened first. */
const closing: (() => Promise<unknown> | void)[] = [];
const stopping = new AbortController();

try {
  await start(readEnvironment());
} catch (error) {
  await fail(error);
}

async function start(environment: Environment): Promise<void> {
  const lock = await lockDataFolder(environment.dataFolder);
  closing.push(() => lock.release());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());
  if (environment.startedByNpm) stopWithParent();

  const address = await chooseAddress(environment);
  const logger = createLogger(environment.logLevel);
  const houseDoor = new HouseDoor();
  // Two slow things side by side; a database that cannot be reached must not keep /health from answering.
  const opening = open(environment, address.url, houseDoor, logger);
  opening.catch(() => undefined); // awaited below
  const apiOnly = process.argv.includes('--api-only');
  if (!apiOnly) await buildWebApp(say);
  const app = await buildApp({
    houseDoor,
    logger,
    url: address.url,
    uploadFolder: uploadFolderIn(environment.dataFolder),
    webFolder: apiOnly ? undefined : webFolder,
    behindProxy: environment.url !== undefined,
  });
  closing.push(() => drain(app));
  await app.listen({ port: address.port, host: address.host });
  await writeRunningServer(environment.dataFolder, { pid: process.pid, address: address.local });

  const setupLink = await opening;
  if (stopping.signal.aborted) return;
  closing.push(emptyBinsHourly(houseDoor.house.database, (err) => logger.error({ err })));
  say(`Vif is ready: ${address.url}`);
  if (setupLink !== undefined) say(`Nobody can sign in yet. Set it up, once, at: ${setupLink}`);
}

/** Opens the database, trying for as long as it takes, and then the house's door. */
async function open(
  environment: Environment,
  url: string,
  houseDoor: HouseDoor,
  logger: ReturnType<typeof createLogger>,
): Promise<string | undefined> {
  let embedded: EmbeddedPostgres | undefined;
  if (environment.databaseUrl === undefined) {
    say(`The data is in ${environment.dataFolder}.`);
    embedded = await startEmbedded({ dataFolder: environment.dataFolder, say });
    closing.splice(1, 0, () => embedded?.stop());
  }
  const connection = embedded?.connection ?? { connectionString: environment.databaseUrl };
  for (;;) {
    const owner = await reachServer(connection, say, stopping.signal);
    try {
      const house: OpenHouse = await openHouse(owner, {
        connection,
        databaseAppUrl: environment.databaseAppUrl,
        poolSize: environment.databasePool,
        cache: { memory: environment.cacheMemory, redisUrl: environment.redisUrl },
        url,
        logger,
      });
      const link = await makeSetupLink(owner, url).catch(async (error: unknown) => {
        await house.close();
        throw error;
      });
      closing.splice(embedded ? 2 : 1, 0, () => house.close());
      houseDoor.open(house);
      return link;
    } catch (error) {
      if (!isConnectionFault(error)) throw error;
      say('The connection to the database was lost while opening it. Vif tries again.');
      await pause(1000);
    } finally {
      await owner.end().catch(() => undefined);
    }
  }
}

/** npm ends on SIGTERM without passing it on, and would leave Vif behind. */
function stopWithParent() {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && void stop(), parentLooks).unref();
}

/** Lets requests under way end, then closes what is left of their connections. */
async function drain(app: FastifyInstance) {
  const timer = setTimeout(() => app.server.closeAllConnections(), drainTime);
  // A connection kept alive becomes idle when its last answer is out, which is after the server began to close.
  const idle = setInterval(() => app.server.closeIdleConnections(), 50);
  await app.close();
  clearInterval(idle);
  clearTimeout(timer);
}

async function stop(): Promise<void> {
  if (stopping.signal.aborted) return;
  stopping.abort();
  say('Stopping …');
  for (const close of closing.toReversed())
    await Promise.resolve(close()).catch((error: unknown) => say(String(error)));
  process.exit(process.exitCode ?? 0);
}

/** Vif cannot go on: says why in a sentence and gives back what it holds. */
async function fail(error: unknown): Promise<void> {
  if (stopping.signal.aborted) return;
  process.exitCode = 1;
  process.stderr.write(`${sentenceOf(error)}\n`);
  await stop();
}

function sentenceOf(error: unknown): string {
  if (error instanceof StartRefusal) return error.message;
  if (error instanceof Error)
    return 'code' in error && error.code === 'EADDRINUSE' ? addressInUse(error) : error.message;
  return String(error);
}

function addressInUse(error: Error): string {
  return `The address is in use (${error.message}). Stop what uses it, or set PORT to another number.`;
}
