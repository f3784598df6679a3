import type { Client } from 'pg';
import { fold } from '../../records/search-text.ts';
import { CommandError } from './command-error.ts';
import type { CommandContext } from './run-command.ts';

export interface WorkspaceFound {
  readonly id: string;
  readonly name: string;
}

/**
 * The workspace that is called so, or has this id; the only one when none is asked for.
 * @throws {CommandError} listing those that there are
 */
export async function findWorkspace(
  owner: Client,
  asked: string | undefined,
  { texts }: Pick<CommandContext, 'texts'>,
): Promise<WorkspaceFound> {
  const { rows } = await owner.query<WorkspaceFound>(
    'select id, name from auth.organization order by name collate app.reading, id',
  );
  const names = rows.map(({ name }) => name);
  const [only] = rows;
  if (!only) throw new CommandError(texts.noWorkspace());
  if (asked === undefined) {
    if (rows.length > 1) throw new CommandError(texts.whichWorkspace(names));
    return only;
  }
  const exact = rows.filter(({ id, name }) => id === asked || name === asked);
  const [found, ...others] = exact.length > 0 ? exact : rows.filter(({ name }) => fold(name) === fold(asked));
  if (!found) throw new CommandError(texts.unknownWorkspace(asked, names));
  if (others.length > 0) {
    throw new CommandError(
      texts.ambiguousWorkspace(
        asked,
        [found, ...others].map(({ id }) => id),
      ),
    );
  }
  return found;
}

/**
 * The id of the member with this e-mail.
 * @throws {CommandError} listing those that there are
 */
export async function findMember(
  owner: Client,
  workspace: WorkspaceFound,
  email: string | undefined,
  { texts }: Pick<CommandContext, 'texts'>,
): Promise<string> {
  const { rows } = await owner.query<{ id: string; email: string }>(
    `select u.id, u.email from auth.member m join auth."user" u on u.id = m."userId"
     where m."organizationId" = $1 order by m."createdAt", u.email`,
    [workspace.id],
  );
  const emails = rows.map((row) => row.email);
  if (email === undefined) throw new CommandError(texts.whichMember(emails));
  const member = rows.find((row) => row.email === email.trim().toLowerCase());
  if (!member) throw new CommandError(texts.unknownMember(email, workspace.name, emails));
  return member.id;
}
