import { setTimeout as pause } from 'node:timers/promises';
import { endOrphans } from './end-orphans.ts';
import { type Launch, launchPostgres } from './launch-postgres.ts';
import { versionAnswering } from './owner-connection.ts';
import { chooseTcpAddress, type PostgresAddress } from './postgres-address.ts';
import { findPostmaster, type Postmaster } from './postmaster.ts';
import type { PostmasterFile } from './postmaster-file.ts';
import { removeStaleLockFiles } from './stale-lock-files.ts';
import { StartRefusal } from './start-refusal.ts';
import { stopPostgres } from './stop-postgres.ts';

/** A running server and how it was started, or would have been: an adopted one may have another port. */
export interface Started {
  readonly launch: Launch;
  readonly postmaster: Postmaster;
}

export interface StartOptions {
  /** True for a restart: clients know the address, so another one is no use. */
  readonly sameAddress?: boolean;
  readonly signal?: AbortSignal;
}

/** Milliseconds for the children of a killed server: to end by themselves, when told to, and at all. */
const childrenEnd = { alone: 1_000, told: 5_000, atAll: 15_000 } as const;
/** Milliseconds for a server that was left running to answer. */
const answersWithin = 10_000;

/** What PostgreSQL says while children of the killed one are still there. */
const childrenLeft = /pre-existing shared memory block/;
/** What it says when another program took the port between our choice and its start. */
const portTaken = /Address already in use/;

/**
 * Takes over the server that runs on the cluster when it answers to our password and is of our version, as
 * after a kill -9 of Vif; otherwise stops it, if there is one, and starts it.
 */
export async function adoptOrStart(
  launch: Launch,
  version: string,
  options: StartOptions = {},
): Promise<Started> {
  const adopted = await adopt(launch, version, options);
  if (adopted !== undefined) return adopted;
  await stopPostgres(launch);
  await removeStaleLockFiles(launch.cluster, launch.address);

  const began = Date.now();
  for (let wait = 50, current = launch; ; wait = Math.min(wait * 2, 1_000)) {
    try {
      return { launch: current, postmaster: await launchPostgres(current, options.signal) };
    } catch (error) {
      const tried = Date.now() - began;
      const said = error instanceof StartRefusal ? error.message : '';
      const mayPass = childrenLeft.test(said) || (portTaken.test(said) && options.sameAddress !== true);
      if (!mayPass || tried > childrenEnd.atAll || options.signal?.aborted === true) throw error;
      if (tried > childrenEnd.alone) {
        await endOrphans(launch.cluster, launch.user, tried > childrenEnd.told ? 'SIGKILL' : 'SIGQUIT');
      }
      await pause(wait);
      if (portTaken.test(said)) current = { ...launch, address: await chooseTcpAddress() };
    }
  }
}

async function adopt(launch: Launch, version: string, options: StartOptions): Promise<Started | undefined> {
  for (const deadline = Date.now() + answersWithin; Date.now() < deadline; await pause(50)) {
    const postmaster = await findPostmaster(launch.cluster, launch.user);
    if (postmaster === undefined || options.signal?.aborted === true) return undefined;
    // After the data folder was moved its socket still works there, but it writes to its old path.
    if (postmaster.file.cluster !== launch.cluster) return undefined;
    const address = addressOf(postmaster.file, launch.address);
    if (address === undefined) return undefined;
    if (options.sameAddress === true && address.port !== launch.address.port) return undefined;
    if (postmaster.file.status !== 'ready') continue;
    // An older one is left from before an update of Vif, and its programs may be gone from under it.
    const answering = await versionAnswering(address, launch.password);
    return answering === version ? { launch: { ...launch, address }, postmaster } : undefined;
  }
  return undefined;
}

/** Where it listens, if that is where we would have it. */
function addressOf(file: PostmasterFile, wanted: PostgresAddress): PostgresAddress | undefined {
  if (wanted.kind === 'tcp') return file.socketFolder === '' ? { kind: 'tcp', port: file.port } : undefined;
  return file.socketFolder === wanted.folder && file.port === wanted.port ? wanted : undefined;
}
