import { setTimeout as pause } from 'node:timers/promises';
import type { Client, ClientConfig } from 'pg';
import type { Logger } from 'pino';
import { lockDataFolder } from '../../db/embedded/data-folder-lock.ts';
import { startEmbedded } from '../../db/embedded/embedded-postgres.ts';
import { findRunningDatabase } from '../../db/embedded/running-database.ts';
import { type RunningServer, readRunningServer } from '../../db/embedded/running-server.ts';
import { StartRefusal } from '../../db/embedded/start-refusal.ts';
import { openOwner } from '../../db/open-owner.ts';
import { reachServer } from '../../db/reach-server.ts';
import { createLogger } from '../../http/logging.ts';
import { type OpenHouse, openHouse } from '../../open-house.ts';
import { CommandError } from './command-error.ts';
import type { CommandContext } from './run-command.ts';

/** Vif's database with its owner's rights, beside the running server or without one. */
export interface ReachedHouse extends AsyncDisposable {
  readonly house: OpenHouse;
  /** What it writes is seen by the running server's readers before it is answered. */
  readonly owner: Client;
  /** The server that runs on the data folder; undefined when this command has the folder to itself. */
  readonly running: RunningServer | undefined;
  readonly logger: Logger;
}

/** Milliseconds that a server may take to start or stop, and the database to answer. */
const patience = { server: 30_000, database: 60_000 } as const;

/**
 * Opens the database as the server would: through the one that runs, or, when none does, with the data folder's lock
 * held and the database started until it is disposed of.
 * @throws {CommandError} with a sentence in the reader's language
 */
export async function reachHouse(context: CommandContext): Promise<ReachedHouse> {
  const { environment, signal, tell } = context;
  const closing = new AsyncDisposableStack();
  try {
    const running = await findServerOrLock(context, closing);
    signal.throwIfAborted();
    const connection = await connectionTo(running, context, closing);
    const owner = await reachOwner(connection, context);
    closing.defer(() => owner.end());
    const logger = createLogger(environment.logLevel);
    const house = await openHouse(owner, {
      connection,
      databaseAppUrl: environment.databaseAppUrl,
      poolSize: environment.databasePool,
      url: environment.url ?? running?.address ?? 'http://127.0.0.1',
      logger,
    });
    closing.defer(() => house.close());
    const writing = await openOwner(connection, house.cache.acknowledge);
    closing.defer(() => writing.end());
    signal.throwIfAborted();
    return { house, owner: writing, running, logger, [Symbol.asyncDispose]: () => closing.disposeAsync() };
  } catch (error) {
    await closing.disposeAsync().catch((fault: unknown) => tell(String(fault)));
    throw error;
  }
}

/** The running server, once it says where it is; else the data folder is locked until the end. */
async function findServerOrLock(
  { environment: { dataFolder }, signal, texts }: CommandContext,
  closing: AsyncDisposableStack,
): Promise<RunningServer | undefined> {
  for (const deadline = Date.now() + patience.server; ; await pause(200, undefined, { signal })) {
    const running = await readRunningServer(dataFolder);
    if (running) return running;
    try {
      const lock = await lockDataFolder(dataFolder);
      closing.defer(() => lock.release());
      return undefined;
    } catch (error) {
      if (!(error instanceof StartRefusal) || error.code !== 'data-folder-in-use') throw error;
      if (Date.now() > deadline) throw new CommandError(texts.stillStarting());
    }
  }
}

async function connectionTo(
  running: RunningServer | undefined,
  { environment: { databaseUrl, dataFolder }, texts, tell }: CommandContext,
  closing: AsyncDisposableStack,
): Promise<ClientConfig> {
  if (databaseUrl !== undefined) return { connectionString: databaseUrl };
  if (running) {
    const connection = await findRunningDatabase(dataFolder);
    if (!connection) throw new CommandError(texts.otherDatabase(dataFolder));
    return connection;
  }
  const embedded = await startEmbedded({ dataFolder, say: tell });
  closing.defer(() => embedded.stop());
  return embedded.connection;
}

async function reachOwner(
  connection: ClientConfig,
  { texts, tell, signal }: CommandContext,
): Promise<Client> {
  const late = AbortSignal.timeout(patience.database);
  try {
    return await reachServer(connection, tell, AbortSignal.any([signal, late]));
  } catch (error) {
    throw late.aborted ? new CommandError(texts.notReached()) : error;
  }
}
