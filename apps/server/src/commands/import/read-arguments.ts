import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { hasCode } from '../../db/embedded/has-code.ts';
import { uploadLimit } from '../../imports/uploads.ts';
import { CommandError } from '../reaching/command-error.ts';
import type { CommandContext } from '../reaching/run-command.ts';
import type { importTexts } from './texts.en.ts';

type Texts = typeof importTexts;

/** What the import command is asked for. */
export interface ImportArguments {
  readonly kind: 'organisations' | 'people';
  readonly path: string;
  readonly workspace: string | undefined;
  readonly as: string | undefined;
}

/**
 * Reads the command's arguments; undefined when it is asked how it is used.
 * @throws {CommandError} with how it is used, or why the file cannot be sent
 */
export async function readArguments(
  { args, environment }: CommandContext,
  texts: Texts,
): Promise<ImportArguments | undefined> {
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
