import { importAnswer } from '@vif/contract/imports';
import { problem } from '@vif/contract/problem';
import { CommandError } from '../reaching/command-error.ts';
import type { CommandContext } from '../reaching/run-command.ts';
import { writeRejectedFile } from './rejected-file.ts';
import type { sendFile } from './send-file.ts';
import { shown, summaryOf } from './summary.ts';
import type { importTexts } from './texts.en.ts';

type Texts = typeof importTexts;

/**
 * Prints what became of an import and writes the rejected rows to a file.
 * @returns the exit code: 2 when rows were rejected
 * @throws {CommandError} with the server's sentence when nothing was imported
 */
export async function tellOutcome(
  { status, body }: Awaited<ReturnType<typeof sendFile>>,
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
