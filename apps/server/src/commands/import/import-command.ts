import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { importAnswer } from '@vif/contract/imports';
import { problem } from '@vif/contract/problem';
import type { Client } from 'pg';
import { endSession, openSession } from '../../auth/open-session.ts';
import { hasCode } from '../../db/embedded/has-code.ts';
import { uploadLimit } from '../../imports/uploads.ts';
import { CommandError } from '../reaching/command-error.ts';
import { findMember, findWorkspace } from '../reaching/find-member.ts';
import { progressLine } from '../reaching/progress-line.ts';
import { reachApp } from '../reaching/reach-app.ts';
import { reachHouse } from '../reaching/reach-house.ts';
import type { CommandContext } from '../reaching/run-command.ts';
import { type ImportAsked, wasImported } from './import-outcome.ts';
import { writeRejectedFile } from './rejected-file.ts';
import { sendFile } from './send-file.ts';
import { shown, summaryOf } from './summary.ts';
import { importTexts as english } from './texts.en.ts';
import { importTexts as french } from './texts.fr.ts';

type Texts = typeof english;

interface Asked {
  readonly kind: 'organisations' | 'people';
  readonly path: string;
  readonly workspace: string | undefined;
  readonly as: string | undefined;
}

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
  try {
    const importing = { kind: asked.kind, workspaceId: workspace.id, userId, since: await timeOf(owner) };
    const answer = await send({ ...asked, address: app.address, cookie }, context, texts).catch(
      async (error) => {
        throw await explainLoss(error, owner, importing, context, texts);
      },
    );
    return await tellOutcome(answer, asked.path, context, texts);
  } finally {
    await endSession(house, cookie);
  }
}

/** @throws {CommandError} with how it is used, or why the file cannot be sent */
async function readArguments(
  { args, environment }: CommandContext,
  texts: Texts,
): Promise<Asked | undefined> {
  const read = parse(args, texts);
  if (read.values.help === true) return undefined;
  const [kind, file, ...rest] = read.positionals;
  if ((kind !== 'organisations' && kind !== 'people') || file === undefined || rest.length > 0) {
    throw new CommandError(texts.usage());
  }
  const path = resolve(environment.callerFolder, file);
  const size = await sizeOf(path, texts);
  if (size > uploadLimit) throw new CommandError(texts.tooLarge());
  return { kind, path, workspace: read.values.workspace, as: read.values.as };
}

function parse(args: string[], texts: Texts) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        workspace: { type: 'string' },
        as: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch {
    throw new CommandError(texts.usage());
  }
}

async function sizeOf(path: string, texts: Texts): Promise<number> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new CommandError(texts.notAFile(path));
    return found.size;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) throw new CommandError(texts.noFile(path));
    if (hasCode(error, 'EACCES', 'EPERM')) throw new CommandError(texts.unreadable(path));
    throw error;
  }
}

async function timeOf(owner: Client): Promise<Date> {
  const { rows } = await owner.query<{ now: Date }>('select clock_timestamp() as now');
  return rows[0]?.now ?? new Date();
}

type Answered = Awaited<ReturnType<typeof sendFile>>;

async function send(
  { kind, path, address, cookie }: Asked & { readonly address: string; readonly cookie: string },
  { environment, signal }: CommandContext,
  texts: Texts,
): Promise<Answered> {
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

/** What became of an import whose answer did not come. */
async function explainLoss(
  error: unknown,
  owner: Client,
  asked: ImportAsked,
  { signal }: CommandContext,
  texts: Texts,
): Promise<unknown> {
  const isLost = signal.aborted || hasCode(error, 'ECONNRESET', 'EPIPE', 'ECONNREFUSED');
  if (!isLost) return error;
  const done = await wasImported(owner, asked).catch(() => undefined);
  const sentences = signal.aborted ? texts.interrupted : texts.connectionLost;
  if (done === undefined) return new CommandError(sentences.unknown());
  return new CommandError(done ? sentences.imported() : sentences.nothing());
}

async function tellOutcome(
  { status, body }: Answered,
  path: string,
  { print, tell, environment }: CommandContext,
  texts: Texts,
): Promise<number> {
  if (status !== 200) {
    const { code, detail } = problem.parse(JSON.parse(body));
    throw new CommandError(code === 'not_signed_in' ? texts.otherDatabase() : detail);
  }
  const answer = importAnswer.parse(JSON.parse(body));
  for (const line of summaryOf(answer, texts, environment.language)) print(line);
  if (answer.rejected.length === 0) return 0;
  try {
    print(texts.rejectedFile(await writeRejectedFile(path, answer)));
  } catch (error) {
    tell(texts.rejectedNotWritten(path, error instanceof Error ? error.message : String(error)));
    for (const { line, column, reason } of answer.rejected)
      tell(texts.warning(line, shown(column === null ? reason : `${column}: ${reason}`)));
  }
  return 2;
}
