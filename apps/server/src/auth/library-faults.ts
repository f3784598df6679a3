import { AsyncLocalStorage } from 'node:async_hooks';
import type { Logger } from 'pino';
import { isConnectionFault } from '../db/connection-faults.ts';
import { translateDatabaseError } from '../db/database-errors.ts';

interface Call {
  /** What the library said went wrong first. */
  fault?: Error;
}

/** The call that is running. */
const calls = new AsyncLocalStorage<Call>();

/**
 * Calls the sign-in library, and throws what went wrong under it: to its caller it says "internal", "not signed in", or
 * even "signed out", and the reason to its log alone.
 *
 * @throws {VifError} `database_unavailable`; what the call itself throws; any other fault as it is
 */
export async function surfacingFaults<T>(work: () => Promise<T>): Promise<T> {
  const call: Call = {};
  const answer = await calls.run(call, work).catch((error: unknown) => {
    throw translateDatabaseError(call.fault ?? error);
  });
  if (call.fault) throw translateDatabaseError(call.fault);
  return answer;
}

/**
 * The library's lines in Vif's log. That the database is lost is said at `debug`: whoever called answers 503, and that is
 * logged with its reason as it is for any other request.
 */
export function logOfLibrary(logger: Logger) {
  return (level: 'error' | 'warn' | 'info' | 'debug', msg: string, ...more: unknown[]): void => {
    const err = more.find((one) => one instanceof Error);
    const call = calls.getStore();
    if (call && err) call.fault ??= err;
    logger[isConnectionFault(err) ? 'debug' : level]({ msg, err });
  };
}
