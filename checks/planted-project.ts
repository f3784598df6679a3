import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { runTool } from './run-tool.ts';

const repository = join(import.meta.dirname, '..');
const shared = [
  '.gitignore',
  '.oxlintrc.json',
  'biome.json',
  'tsconfig.base.json',
  'apps/server/tsconfig.json',
];

/**
 * Writes a project of its own into a temporary folder, with this one's configuration and packages, and
 * removes it when the test ends: what a test plants never stands in this tree. Returns its path.
 */
export function plant(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'vif-checks-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
  for (const file of shared) cpSync(join(repository, file), join(root, file));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
}

/** Runs `npm run check` on another project than this one, whole or only the checks named. */
export function check(root: string, ...names: string[]): Promise<{ code: number | null; output: string }> {
  return runTool(root, 'node', [join(repository, 'checks/check.ts'), '--root', root, ...names]);
}
