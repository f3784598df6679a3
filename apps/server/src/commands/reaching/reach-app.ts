import { setTimeout as pause } from 'node:timers/promises';
import { buildApp } from '../../app.ts';
import { HouseDoor } from '../../house.ts';
import { uploadFolderIn } from '../../imports/uploads.ts';
import { CommandError } from './command-error.ts';
import type { ReachedHouse } from './reach-house.ts';
import type { CommandContext } from './run-command.ts';

/** Vif's HTTP application, to be asked at `address`. */
export interface ReachedApp extends AsyncDisposable {
  /** Such as http://127.0.0.1:3000. */
  readonly address: string;
}

/** Milliseconds that a server's database may take to open. */
const patience = 60_000;

/**
 * The application of the running server once it is ready, or one of this process on a free loopback port.
 * @throws {CommandError} when the server does not become ready
 */
export async function reachApp(reached: ReachedHouse, context: CommandContext): Promise<ReachedApp> {
  const { running, house, logger } = reached;
  if (running) {
    await untilReady(running.address, context);
    return { address: running.address, [Symbol.asyncDispose]: async () => undefined };
  }
  const houseDoor = new HouseDoor();
  houseDoor.open(house);
  const app = await buildApp({
    houseDoor,
    logger,
    url: 'http://127.0.0.1',
    uploadFolder: uploadFolderIn(context.environment.dataFolder),
  });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  return { address, [Symbol.asyncDispose]: () => app.close() };
}

async function untilReady(address: string, { signal, texts }: CommandContext): Promise<void> {
  for (const deadline = Date.now() + patience; ; await pause(200, undefined, { signal })) {
    const answer = await fetch(`${address}/health`, { signal }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    signal.throwIfAborted();
    if (Date.now() > deadline) throw new CommandError(texts.notReady(address));
  }
}
