import { open, rm } from 'node:fs/promises';
import type { RouteAnswer } from '@vif/contract';
import { writeRejectedRows } from '../../csv/write-rejected-rows.ts';
import { hasCode } from '../../db/embedded/has-code.ts';

type Answer = RouteAnswer<'organisations.import'>;

/**
 * Writes the rows that were not taken beside the file they came from, never over another file.
 * @returns its path
 * @example writeRejectedFile('/home/a/accounts.csv', answer) // '/home/a/accounts.rejected.csv', or '….rejected-2.csv'
 */
export async function writeRejectedFile(
  path: string,
  { header, rejected, separator }: Answer,
): Promise<string> {
  const free = await takeFreeName(path);
  try {
    const rows = rejected.map(({ line, column, reason, cells }) => ({
      line,
      reason: column === null ? reason : `${column}: ${reason}`,
      cells,
    }));
    await writeRejectedRows(free, header, rows, { separator });
    return free;
  } catch (error) {
    await rm(free, { force: true });
    throw error;
  }
}

/** The name's file is made empty, so that nobody takes it in between. */
async function takeFreeName(path: string): Promise<string> {
  const base = path.replace(/(\.rejected(-\d+)?)?\.csv$/i, '');
  for (let number = 1; ; number++) {
    const name = `${base}.rejected${number === 1 ? '' : `-${number}`}.csv`;
    try {
      await (await open(name, 'wx', 0o600)).close();
      return name;
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error;
    }
  }
}
