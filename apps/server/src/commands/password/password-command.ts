import { parseArgs } from 'node:util';
import { newPassword } from '@vif/contract/session';
import { setPassword } from '../../auth/set-password.ts';
import { CommandError } from '../reaching/command-error.ts';
import { reachHouse } from '../reaching/reach-house.ts';
import type { CommandContext } from '../reaching/run-command.ts';
import { askSecret } from './ask-secret.ts';
import { randomPassword } from './random-password.ts';
import { passwordTexts as english } from './texts.en.ts';
import { passwordTexts as french } from './texts.fr.ts';

type Texts = typeof english;

/**
 * Gives a user a new password and ends their sessions, beside the running server or without one.
 * @returns the exit code
 */
export async function passwordCommand(context: CommandContext): Promise<number> {
  const { environment, print } = context;
  const texts = environment.language === 'fr' ? french : english;
  const { values, email } = readArguments(context.args, texts);
  if (values.help === true) {
    print(texts.usage());
    return 0;
  }
  if (email === undefined) throw new CommandError(texts.usage());
  const asked = values.ask === true ? await askPassword(context, texts) : undefined;
  const password = asked ?? randomPassword();
  await using reached = await reachHouse(context);
  const name = await setPassword(reached.house, email, password);
  if (name === undefined) throw new CommandError(texts.nobody(email));
  print(texts.changed(name));
  if (asked === undefined) print(texts.password(password));
  return 0;
}

function readArguments(args: string[], texts: Texts) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { ask: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    });
    if (positionals.length > 1) throw new CommandError(texts.usage());
    return { values, email: positionals[0] };
  } catch {
    throw new CommandError(texts.usage());
  }
}

/** Asked before the database is opened, so that somebody who thinks about it holds nothing. */
async function askPassword({ signal, texts: common }: CommandContext, texts: Texts): Promise<string> {
  const password = await askSecret(texts.ask(), signal);
  if (password === undefined) throw new CommandError(common.interrupted());
  if (!newPassword.safeParse(password).success) {
    throw new CommandError(texts.length(newPassword.minLength ?? 0, newPassword.maxLength ?? 0));
  }
  if (process.stdin.isTTY && (await askSecret(texts.askAgain(), signal)) !== password) {
    throw new CommandError(texts.different());
  }
  return password;
}
