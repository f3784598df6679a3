import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckResult } from './check-result.ts';
import { isTest, sourceFiles } from './source-files.ts';

const mostLines = 300;
const mostLinesOfATest = 400;

/** A file over the limit is two concepts. */
export function fileLength(root: string): CheckResult {
  const files = sourceFiles(root);
  const problems = files.flatMap((file) => {
    const lines = readFileSync(join(root, file), 'utf8').trimEnd().split('\n').length;
    const most = isTest(file) ? mostLinesOfATest : mostLines;
    return lines > most ? [`${file}: ${lines} lines, at most ${most}: split it by what it is about`] : [];
  });
  return { problems, read: files.length };
}
