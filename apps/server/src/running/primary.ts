import { rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { makeSetupLink } from '../auth/setup-link.ts';
import { isConnectionFault } from '../db/connection-faults.ts';
import { writeRunningServer } from '../db/embedded/running-server.ts';
import { migrate } from '../db/migrate.ts';
import { reachServer } from '../db/reach-server.ts';
import type { Environment } from '../environment.ts';
import { chooseAddress } from '../http/address.ts';
import { uploadFolderIn } from '../imports/uploads.ts';
import { buildWebApp } from '../web-build.ts';
import type { Lifetime } from './lifetime.ts';
import { sayReady, startDatabase, takeMachine } from './machine.ts';
import { isApiOnly } from './serve-house.ts';
import { WorkerPool } from './worker-pool.ts';

/** The first of several processes: it has the data folder and the database's server, migrates, and keeps the workers. */
export async function runPrimary(environment: Environment, lifetime: Lifetime): Promise<void> {
  await takeMachine(environment, lifetime);
  const address = await chooseAddress(environment);
  const opening = startDatabase(environment, lifetime).then(async (connection) => {
    const setupLink = await prepare(connection, address.url, lifetime);
    return { connection, setupLink };
  });
  opening.catch(() => undefined); // awaited below
  if (!isApiOnly()) await buildWebApp(lifetime.say);
  // Of more workers than there are now, perhaps.
  await rm(uploadFolderIn(environment.dataFolder), { recursive: true, force: true });
  if (lifetime.isStopping) return;
  const args = process.argv.slice(2);
  const workers = new WorkerPool({ count: environment.workers, address, args, say: lifetime.say });
  lifetime.ends('workers', () => workers.stop());
  await writeRunningServer(environment.dataFolder, { pid: process.pid, address: address.local });

  // A worker that cannot listen says so before the database is there.
  const { connection, setupLink } = await Promise.race([opening, failureOf(workers)]);
  workers.open(connection);
  await workers.ready;
  if (!lifetime.isStopping) sayReady(lifetime, address.url, setupLink);
}

/** Brings the schema up to date before anybody opens it. */
async function prepare(
  connection: pg.ClientConfig,
  url: string,
  lifetime: Lifetime,
): Promise<string | undefined> {
  for (;;) {
    const owner = await reachServer(connection, lifetime.say, lifetime.signal);
    try {
      await migrate(owner);
      return await makeSetupLink(owner, url);
    } catch (error) {
      if (!isConnectionFault(error)) throw error;
      lifetime.say('The connection to the database was lost while opening it. Vif tries again.');
      await pause(1000);
    } finally {
      await owner.end().catch(() => undefined);
    }
  }
}

function failureOf(workers: WorkerPool): Promise<never> {
  return new Promise((_, reject) => {
    workers.ready.catch(reject);
  });
}
