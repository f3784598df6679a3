import { makeSetupLink } from '../auth/setup-link.ts';
import { writeRunningServer } from '../db/embedded/running-server.ts';
import type { Environment } from '../environment.ts';
import { chooseAddress } from '../http/address.ts';
import { createLogger } from '../http/logging.ts';
import { uploadFolderIn } from '../imports/uploads.ts';
import { buildWebApp } from '../web-build.ts';
import type { Lifetime } from './lifetime.ts';
import { sayReady, startDatabase, takeMachine } from './machine.ts';
import { HouseServer, isApiOnly } from './serve-house.ts';

/** Vif in one process. */
export async function runAlone(environment: Environment, lifetime: Lifetime): Promise<void> {
  await takeMachine(environment, lifetime);
  const address = await chooseAddress(environment);
  const server = new HouseServer({
    environment,
    address,
    uploadFolder: uploadFolderIn(environment.dataFolder),
    logger: createLogger(environment.logLevel),
    lifetime,
  });
  let setupLink: string | undefined;
  // Two slow things side by side; a database that cannot be reached must not keep /health from answering.
  const opening = startDatabase(environment, lifetime).then((connection) =>
    server.open(connection, async (owner) => {
      setupLink = await makeSetupLink(owner, address.url);
    }),
  );
  opening.catch(() => undefined); // awaited below
  if (!isApiOnly()) await buildWebApp(lifetime.say);
  await server.listen();
  await writeRunningServer(environment.dataFolder, { pid: process.pid, address: address.local });

  await opening;
  if (lifetime.isStopping) return;
  server.beginJobs();
  sayReady(lifetime, address.url, setupLink);
}
