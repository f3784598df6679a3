import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { mutations, type Rule } from './mutations.ts';
import type { Engine } from './world.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * Works with the real code without one of its rules, as modules of its own.
 * @throws {Error} when the code no longer has the text that the mutation changes
 */
export async function withoutRule<Result>(
  rule: Rule,
  work: (engine: Engine) => Promise<Result>,
): Promise<Result> {
  const { file, from, to } = mutations[rule];
  const folder = await mkdtemp(join(tmpdir(), `vif-cache-without-${rule}-`));
  try {
    for (const part of ['src', 'sql', 'package.json'])
      await cp(join(root, part), join(folder, part), { recursive: true });
    await symlink(join(root, '../../node_modules'), join(folder, 'node_modules'));
    const path = join(folder, file);
    const source = await readFile(path, 'utf8');
    if (source.split(from).length !== 2) throw new Error(`${file} does not have once: ${from}`);
    await writeFile(
      path,
      source.replace(from, () => to),
    );
    const address = pathToFileURL(join(folder, 'src/index.ts')).href;
    return await work((await import(/* @vite-ignore */ address)) as Engine); // a copy of that very module but for one rule
  } finally {
    await rm(folder, { recursive: true });
  }
}
