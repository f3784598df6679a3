import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Client } from 'pg';
import { endSession, openSession } from '../../auth/open-session.ts';
import { findMember, findWorkspace } from '../reaching/find-member.ts';
import { progressLine } from '../reaching/progress-line.ts';
import { reachApp } from '../reaching/reach-app.ts';
import { reachHouse } from '../reaching/reach-house.ts';
import type { CommandContext } from '../reaching/run-command.ts';
import { explainLoss } from './explain-loss.ts';
import { type ImportArguments, readArguments } from './read-arguments.ts';
import { sendFile } from './send-file.ts';
import { shown } from './summary.ts';
import { tellOutcome } from './tell-outcome.ts';
import { importTexts as english } from './texts.en.ts';
import { importTexts as french } from './texts.fr.ts';

type Texts = typeof english;

/**
 * Sends a CSV file to Vif and tells what became of it.
 * @returns the exit code
 */
export async function importCommand(context: CommandContext): Promise<number> {
  const texts = context.environment.language === 'fr' ? french : english;
  const asked = await readArguments(context, texts);
  if (asked === undefined) {
    context.print(texts.usage());
    return 0;
  }
  await using reached = await reachHouse(context);
  const { house, owner } = reached;
  const workspace = await findWorkspace(owner, asked.workspace, context);
  const userId = await findMember(owner, workspace, asked.as, context);
  await using app = await reachApp(reached, context);
  const cookie = await openSession(house, userId, workspace.id);
  const importing = { kind: asked.kind, workspaceId: workspace.id, userId, since: await timeOf(owner) };
  try {
    const answer = await send({ ...asked, address: app.address, cookie }, context, texts);
    return await tellOutcome(answer, asked.path, context, texts);
  } catch (error) {
    throw await explainLoss(error, owner, importing, context, texts);
  } finally {
    await endSession(house, cookie);
  }
}

async function timeOf(owner: Client): Promise<Date> {
  const { rows } = await owner.query<{ now: Date }>('select clock_timestamp() as now');
  return rows[0]?.now ?? new Date();
}

async function send(
  { kind, path, address, cookie }: ImportArguments & { readonly address: string; readonly cookie: string },
  { environment, signal }: CommandContext,
  texts: Texts,
): ReturnType<typeof sendFile> {
  const file = basename(path);
  const url = new URL(`${address}/api/v1/${kind}/import`);
  url.searchParams.set('file', file.slice(0, 255));
  using progress = progressLine(process.stderr);
  const { size } = await stat(path);
  return await sendFile({
    url,
    path,
    headers: { cookie: underBothNames(cookie), 'accept-language': environment.language },
    signal,
    progress(bytes) {
      const percent = Math.floor((100 * bytes) / Math.max(size, bytes, 1));
      progress.show(percent < 100 ? texts.sending(shown(file), percent) : texts.importing(shown(file)));
    },
  });
}

/** A server that is reached past its public address knows the cookie by the name that its address's scheme gives it. */
function underBothNames(cookies: string): string {
  const bare = cookies.split('; ').map((cookie) => cookie.replace(/^__Secure-/, ''));
  return bare.flatMap((cookie) => [cookie, `__Secure-${cookie}`]).join('; ');
}
