import { join } from 'node:path';
import type { Environment } from '../environment.ts';
import { createLogger } from '../http/logging.ts';
import { uploadFolderIn } from '../imports/uploads.ts';
import { Lifetime, sentenceOf } from './lifetime.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { HouseServer } from './serve-house.ts';

/**
 * One of several processes that answer requests. States: here → listening → open. It is told to stop by a signal, and ends
 * at once when the first process is gone, as Node has it.
 */
export async function runWorker(environment: Environment): Promise<void> {
  const begun = Promise.withResolvers<Extract<ToWorker, { kind: 'begin' }>>();
  const opens = Promise.withResolvers<Extract<ToWorker, { kind: 'open' }>>();
  process.on('message', (message: ToWorker) => {
    if (message.kind === 'begin') begun.resolve(message);
    else opens.resolve(message);
  });
  tell({ kind: 'here' });
  const { number, address } = await begun.promise;
  const lifetime = new Lifetime(number);
  lifetime.stopOnSignals();
  try {
    const server = new HouseServer({
      environment,
      address,
      // Each empties its own when it starts.
      uploadFolder: join(uploadFolderIn(environment.dataFolder), String(number)),
      logger: createLogger(environment.logLevel).child({ worker: number }),
      lifetime,
    });
    await server.listen();
    await server.open((await opens.promise).connection, () => Promise.resolve());
    if (lifetime.isStopping) return;
    if (number === 1) server.beginJobs();
    tell({ kind: 'ready' });
  } catch (error) {
    if (lifetime.isStopping) return;
    tell({ kind: 'failed', sentence: sentenceOf(error) });
    process.exitCode = 1;
    await lifetime.stop();
  }
}

function tell(message: FromWorker): void {
  process.send?.(message);
}
