import { globSync } from 'node:fs';

const patterns = [
  '*.ts',
  'apps/*/*.ts',
  '{apps,packages}/*/build/**/*.ts',
  'apps/*/src/**/*.{ts,tsx}',
  'packages/*/src/**/*.{ts,tsx}',
  'checks/**/*.ts',
  'e2e/**/*.ts',
  'bench/**/*.ts',
];

/** Every TypeScript file we wrote below `root`, as sorted paths relative to it with forward slashes. */
export function sourceFiles(root: string): string[] {
  const found = globSync(patterns, { cwd: root, exclude: ['**/node_modules/**', '**/dist/**'] });
  return found.map((file) => file.replaceAll('\\', '/')).toSorted();
}

/** Whether a file is a test (quick or slow) and never runs in production. */
export function isTest(file: string): boolean {
  return /\.test\.tsx?$/.test(file);
}
