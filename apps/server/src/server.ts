import cluster from 'node:cluster';
import { readEnvironment } from './environment.ts';
import { runAlone } from './running/alone.ts';
import { Lifetime } from './running/lifetime.ts';
import { runPrimary } from './running/primary.ts';
import { runWorker } from './running/worker.ts';

if (cluster.isWorker) {
  await runWorker(readEnvironment());
} else {
  const lifetime = new Lifetime();
  try {
    const environment = readEnvironment();
    await (environment.workers > 1 ? runPrimary : runAlone)(environment, lifetime);
  } catch (error) {
    await lifetime.fail(error);
  }
}
