import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ClientConfig } from 'pg';
import { adoptOrStart } from './adopt-or-start.ts';
import { ensureDatabase, ownerConnection } from './owner-connection.ts';
import { boundLog } from './postgres-log.ts';
import type { PostgresSettings } from './postgres-settings.ts';
import type { Postmaster } from './postmaster.ts';
import { prepareLaunch } from './prepare-launch.ts';
import { isRunning } from './process-identity.ts';
import { removeStaleLockFiles } from './stale-lock-files.ts';
import { stopPostgres } from './stop-postgres.ts';

/**
 * The PostgreSQL that comes with Vif, while Vif runs.
 *
 * running → (its process is gone) → restarting → running, at the same address
 * running, restarting → stopping → stopped
 */
export interface EmbeddedPostgres {
  /** The owner's: of the database `vif` and of the whole server. */
  readonly connection: ClientConfig;
  /** Stops the server and returns when its process is gone. Again: the same promise. */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** Absolute or relative to the working folder. The caller holds its lock (`lockDataFolder`). */
  readonly dataFolder: string;
  /** Told, in a sentence, what the administrator should know. */
  readonly say: (sentence: string) => void;
  /** PostgreSQL's settings for this run, such as `unsafeTestSettings`; they go before postgresql.conf. */
  readonly settings?: PostgresSettings;
  /** For root: where files go that the user of the database can't reach otherwise. Default /var/lib/vif. */
  readonly ownPlaces?: string;
}

/** Milliseconds after which a start is slow enough to say something. */
const patience = 5_000;
const stillStarting =
  'The database is still starting: after a crash it first replays what was not in its files yet.';
/** Milliseconds between two looks at the process, one small file in /proc each. */
const watchInterval = 200;
/** Milliseconds: the first and the longest wait between two tries to start it again. */
const backOff = { first: 100, longest: 10_000 } as const;
/** Looks at the process between two looks at the log's size: about a minute. */
const looksPerLogCheck = 300;

/**
 * Starts the PostgreSQL that comes with Vif on the data folder, making its files at the first start, or
 * takes over the one that a killed Vif left running. From then on a server that ends by itself is started
 * again. It outlives Vif unless `stop` is called. Throws a StartRefusal with a sentence.
 *
 * @example
 * const postgres = await startEmbedded({ dataFolder: './data', say: console.log });
 * const pool = new Pool(postgres.connection);
 * await postgres.stop();
 */
export async function startEmbedded(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { say } = options;
  const { launch: wanted, version } = await prepareLaunch({
    ...options,
    dataFolder: resolve(options.dataFolder),
  });
  const slow = setTimeout(() => say(`${stillStarting} Its log is ${wanted.logFile}.`), patience);
  const { launch, postmaster } = await adoptOrStart(wanted, version).finally(() => clearTimeout(slow));
  try {
    await ensureDatabase(launch.address, launch.password);
  } catch (error) {
    // Whoever starts Vif again meets the same refusal; nothing keeps running in the meantime.
    await stopPostgres(launch);
    throw error;
  }

  const stopping = new AbortController();
  const watching = watch(postmaster);
  let stopped: Promise<void> | undefined;

  async function watch(first: Postmaster): Promise<void> {
    let current = first;
    for (let looks = 1; await pauseUnlessStopping(watchInterval); looks++) {
      if (looks % looksPerLogCheck === 0) await boundLog(launch.logFile).catch(() => {});
      if (await isRunning(current.identity)) continue;
      say(`The database ended by itself and is being started again (its log: ${launch.logFile}).`);
      const again = await startAgain();
      if (again !== undefined) current = again;
    }
  }

  async function startAgain(): Promise<Postmaster | undefined> {
    let failures = 0;
    for (
      let wait: number = backOff.first;
      await pauseUnlessStopping(wait);
      wait = Math.min(wait * 2, backOff.longest)
    ) {
      try {
        const { postmaster: again } = await adoptOrStart(launch, version, {
          sameAddress: true,
          signal: stopping.signal,
        });
        if (failures > 0) say('The database runs again.');
        return again;
      } catch (error) {
        if (stopping.signal.aborted) return undefined;
        failures += 1;
        if (failures === 1) say(error instanceof Error ? error.message : String(error));
      }
    }
    return undefined;
  }

  async function pauseUnlessStopping(milliseconds: number): Promise<boolean> {
    // A watch alone keeps no process alive.
    await pause(milliseconds, undefined, { ref: false, signal: stopping.signal }).catch(() => {});
    return !stopping.signal.aborted;
  }

  async function stop(): Promise<void> {
    stopping.abort();
    await watching;
    await stopPostgres(launch);
    // Of one that was killed just now; PostgreSQL has removed its own.
    await removeStaleLockFiles(launch.cluster, launch.address);
  }

  return {
    connection: ownerConnection(launch.address, launch.password),
    stop: () => (stopped ??= stop()),
  };
}
