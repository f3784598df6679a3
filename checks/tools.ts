import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckResult } from './check-result.ts';
import { runTool } from './run-tool.ts';
import { sourceFiles } from './source-files.ts';

/** TypeScript, once per tsconfig.json: each part of the tree has its own globals (DOM, Node or neither). */
export async function types(root: string): Promise<CheckResult> {
  const files = sourceFiles(root);
  const projects = globSync('{.,bench,e2e,apps/*,apps/*/build,packages/*}/tsconfig.json', { cwd: root });
  const results = await Promise.all(
    projects.map((project) => runTool(root, 'tsc', ['--project', project, '--listFiles'])),
  );
  const lines = results.flatMap(({ output }) => output.split('\n'));
  const listed = (line: string) => /^(\/|[A-Za-z]:)\S.*\.([cm]?[jt]sx?|json)$/.test(line);
  const ours = new Set(lines.filter((line) => listed(line) && !line.includes('node_modules')));
  const problems = results.every(({ code }) => code === 0) ? [] : lines.filter((line) => !listed(line));
  const unread = files.filter((file) => !ours.has(join(root, file)));
  problems.push(...unread.map((file) => `${file}: in no tsconfig.json`));
  return { problems: [...new Set(problems)], read: ours.size };
}

/** oxlint: types, promises, React, accessibility, tests, and import cycles (`import/no-cycle`). */
export async function lint(root: string): Promise<CheckResult> {
  const { code, output } = await runTool(root, 'oxlint', ['--report-unused-disable-directives']);
  const read = Number(/ on (\d+) files?/.exec(output)?.[1] ?? 0);
  return { problems: code === 0 ? [] : [output], read };
}

/** Biome: layout and the order of imports; `npm run format` puts them right. */
export async function format(root: string): Promise<CheckResult> {
  const { code, output } = await runTool(root, 'biome', ['check', '--reporter=summary']);
  const read = Number(/Checked (\d+) files?/.exec(output)?.[1] ?? 0);
  return { problems: code === 0 ? [] : [output, 'npm run format puts this right'], read };
}

/** knip: files, exports and dependencies that nothing uses. */
export async function unused(root: string): Promise<CheckResult> {
  const { code, output } = await runTool(root, 'knip', ['--no-progress', '--treat-config-hints-as-errors']);
  return { problems: code === 0 ? [] : [output], read: sourceFiles(root).length };
}

/**
 * Loads the real `app.ts` in plain Node: Vitest hides import cycles that make Node stop with "Cannot access
 * before initialization".
 */
export async function smokeImport(root: string): Promise<CheckResult> {
  const app = 'apps/server/src/app.ts';
  if (!existsSync(join(root, app))) return { problems: [], read: 1, note: `no ${app} yet` };
  const { code, output } = await runTool(root, 'node', [
    '--input-type=module',
    '--eval',
    `await import('./${app}')`,
  ]);
  return { problems: code === 0 ? [] : [output || `ended with ${code}`], read: 1 };
}
