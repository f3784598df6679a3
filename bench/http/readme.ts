import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const readme = join(import.meta.dirname, '../README.md');
const between = /(<!-- http: written by npm run bench -- http -->\n)[^]*(<!-- http: end -->)/;

/**
 * Writes the results into bench/README.md, between their marks.
 * @throws {Error} when the marks are gone
 */
export async function writeReadme(results: string): Promise<void> {
  const text = await readFile(readme, 'utf8');
  if (!between.test(text)) throw new Error('bench/README.md has lost the marks between which results stand.');
  await writeFile(
    readme,
    text.replace(between, (_all, first: string, last: string) => `${first}\n${results}\n\n${last}`),
  );
}
