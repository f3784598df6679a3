import { parseArgs } from 'node:util';
import { CommandError } from '../reaching/command-error.ts';
import { findWorkspace } from '../reaching/find-member.ts';
import { progressLine } from '../reaching/progress-line.ts';
import { reachHouse } from '../reaching/reach-house.ts';
import type { CommandContext } from '../reaching/run-command.ts';
import { addRecords } from './add-records.ts';
import { makeDemoWorkspace } from './demo-workspace.ts';
import { seedTexts as english } from './texts.en.ts';
import { seedTexts as french } from './texts.fr.ts';

type Texts = typeof english;

const mostAtOnce = 1_000_000;

/**
 * Fills a workspace with invented French data, beside the running server or without one.
 * @returns the exit code
 */
export async function seedCommand(context: CommandContext): Promise<number> {
  const { environment, print, tell, signal } = context;
  const texts = environment.language === 'fr' ? french : english;
  const asked = readArguments(context.args, texts);
  if (asked === undefined) {
    print(texts.usage());
    return 0;
  }
  const { organisations, people } = asked;
  await using reached = await reachHouse(context);
  const { owner, house } = reached;
  const made = await makeDemoWorkspace(owner, house.auth, asked.workspace);
  if (made) {
    print(texts.madeWorkspace(made.name));
    print(texts.signIn(made.email, made.password));
    print(texts.others([...made.others]));
  }
  const workspace = made ?? (await findWorkspace(owner, asked.workspace, context));
  const began = performance.now();
  tell(texts.adding(organisations, people, workspace.name));
  using line = progressLine(process.stderr);
  try {
    const progress = (kind: 'organisations' | 'people', done: number) => line.show(texts[kind](done));
    await addRecords(owner, { workspaceId: workspace.id, organisations, people, signal, progress });
  } catch (error) {
    throw signal.aborted ? new CommandError(texts.interrupted()) : error;
  }
  line.show(texts.tidying());
  await owner.query('vacuum (analyze) data.organisations, data.people');
  line.show('');
  print(texts.done(organisations, people, (performance.now() - began) / 1000));
  return 0;
}

function readArguments(args: string[], texts: Texts) {
  const { help, workspace, organisations, people } = parse(args, texts);
  if (help === true) return undefined;
  if (organisations === undefined && people === undefined) {
    throw new CommandError(`${texts.nothing()}\n\n${texts.usage()}`);
  }
  return {
    workspace,
    organisations: numberOf('organisations', organisations, texts),
    people: numberOf('people', people, texts),
  };
}

function parse(args: string[], texts: Texts) {
  try {
    return parseArgs({
      args,
      options: {
        organisations: { type: 'string' },
        people: { type: 'string' },
        workspace: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch {
    throw new CommandError(texts.usage());
  }
}

function numberOf(option: string, text = '0', texts: Texts): number {
  const number = Number(text.replaceAll(/[_,\s]/g, ''));
  if (!Number.isInteger(number) || number < 0 || number > mostAtOnce || text.trim() === '') {
    throw new CommandError(texts.number(option));
  }
  return number;
}
