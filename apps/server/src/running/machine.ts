import type pg from 'pg';
import { lockDataFolder } from '../db/embedded/data-folder-lock.ts';
import { startEmbedded } from '../db/embedded/embedded-postgres.ts';
import type { Environment } from '../environment.ts';
import type { Lifetime } from './lifetime.ts';

/** Between two looks whether who started Vif is there, in milliseconds. */
const parentLooks = 500;

/** Takes what one Vif has once, however many processes it is: the data folder, and its end. */
export async function takeMachine(
  { dataFolder, startedByNpm }: Environment,
  lifetime: Lifetime,
): Promise<void> {
  const lock = await lockDataFolder(dataFolder);
  lifetime.ends('folder', () => lock.release());
  lifetime.stopOnSignals();
  if (startedByNpm) stopWithParent(lifetime);
}

/** The owner's connection: the administrator's, or to the PostgreSQL that comes with Vif, which is started. */
export async function startDatabase(
  { databaseUrl, dataFolder }: Environment,
  lifetime: Lifetime,
): Promise<pg.ClientConfig> {
  if (databaseUrl !== undefined) return { connectionString: databaseUrl };
  lifetime.say(`The data is in ${dataFolder}.`);
  const embedded = await startEmbedded({ dataFolder, say: lifetime.say });
  lifetime.ends('database', () => embedded.stop());
  return embedded.connection;
}

/** What people read when Vif can be used. */
export function sayReady(lifetime: Lifetime, url: string, setupLink: string | undefined): void {
  lifetime.say(`Vif is ready: ${url}`);
  if (setupLink !== undefined) lifetime.say(`Nobody can sign in yet. Set it up, once, at: ${setupLink}`);
}

/** npm ends on SIGTERM without passing it on, and would leave Vif behind. */
function stopWithParent(lifetime: Lifetime) {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && void lifetime.stop(), parentLooks).unref();
}
