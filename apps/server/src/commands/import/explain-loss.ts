import type { Client } from 'pg';
import { hasCode } from '../../db/embedded/has-code.ts';
import { importLock } from '../../imports/import-lock.ts';
import { CommandError } from '../reaching/command-error.ts';
import type { CommandContext } from '../reaching/run-command.ts';
import type { importTexts } from './texts.en.ts';

export interface ImportAsked {
  readonly kind: 'organisations' | 'people';
  readonly workspaceId: string;
  readonly userId: string;
  /** The database's time before the file was sent. */
  readonly since: Date;
}

/**
 * Whether an import whose answer was lost was committed: waits until it holds its lock no longer, then looks for the
 * audit entry that every committed one leaves.
 */
async function wasImported(owner: Client, asked: ImportAsked): Promise<boolean> {
  await owner.query(`set lock_timeout = '60s'`);
  // Held for this statement alone.
  await owner.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    importLock(`app.${asked.kind}`, asked.workspaceId),
  ]);
  const { rowCount } = await owner.query(
    'select from data.audit_entries where workspace_id = $1 and user_id = $2 and operation = $3 and at >= $4 limit 1',
    [asked.workspaceId, asked.userId, `${asked.kind}.import`, asked.since],
  );
  return rowCount === 1;
}

/** What to throw for an import whose answer did not come: an error that says whether it was committed. */
export async function explainLoss(
  error: unknown,
  owner: Client,
  asked: ImportAsked,
  { signal }: CommandContext,
  texts: typeof importTexts,
): Promise<unknown> {
  if (error instanceof CommandError) return error;
  const isLost = signal.aborted || hasCode(error, 'ECONNRESET', 'EPIPE', 'ECONNREFUSED');
  if (!isLost) return error;
  const sentences = signal.aborted ? texts.interrupted : texts.connectionLost;
  try {
    const done = await wasImported(owner, asked);
    return new CommandError(done ? sentences.imported() : sentences.nothing());
  } catch {
    return new CommandError(sentences.unknown());
  }
}
