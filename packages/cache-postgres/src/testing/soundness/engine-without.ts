import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { mutations, type Rule } from './mutations.ts';
import type { Engine } from './world.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** A copy of the package. */
interface Copy {
  /** A module of it, by its path in the package. */
  load<Module>(this: void, path: string): Promise<Module>;
  remove(this: void): Promise<void>;
}

/**
 * The real code without one of its rules, as modules of its own.
 * @throws {Error} when the code no longer has the text that the mutation changes
 */
export async function copyWithout(rule: Rule): Promise<Copy> {
  const { file, from, to } = mutations[rule];
  const folder = await mkdtemp(join(tmpdir(), `vif-cache-without-${rule}-`));
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
  return {
    load: async <Module>(module: string) =>
      (await import(/* @vite-ignore */ pathToFileURL(join(folder, module)).href)) as Module, // a copy of what the caller names, but for one rule
    remove: () => rm(folder, { recursive: true }),
  };
}

/** Works with the package without one of its rules. */
export async function withoutRule<Result>(
  rule: Rule,
  work: (engine: Engine) => Promise<Result>,
): Promise<Result> {
  const { load, remove } = await copyWithout(rule);
  try {
    return await work(await load<Engine>('src/index.ts'));
  } finally {
    await remove();
  }
}
