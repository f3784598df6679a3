import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { assertions } from './assertions.ts';
import { boundaries } from './boundaries.ts';
import { bundleSize } from './bundle-size.ts';
import type { Check } from './check-result.ts';
import { fileLength } from './file-length.ts';
import { invalidation } from './invalidation.ts';
import { lockFile } from './lock-file.ts';
import { format, lint, smokeImport, types, unused } from './tools.ts';

const checks: Record<string, Check> = {
  types,
  lint,
  format,
  unused,
  boundaries,
  'file-length': fileLength,
  assertions,
  invalidation,
  'lock-file': lockFile,
  'smoke-import': smokeImport,
  'bundle-size': bundleSize,
};

const { values, positionals } = parseArgs({ options: { root: { type: 'string' } }, allowPositionals: true });
const root = resolve(values.root ?? `${import.meta.dirname}/..`);
const unknown = positionals.filter((name) => !checks[name]);
if (unknown.length > 0) {
  console.error(`No check is called ${unknown.join(', ')}; there are: ${Object.keys(checks).join(', ')}.`);
  process.exit(1);
}
const chosen = Object.entries(checks).filter(
  ([name]) => positionals.length === 0 || positionals.includes(name),
);

const outcomes = await Promise.all(chosen.map(([name, check]) => outcome(name, check)));
const failed = outcomes.filter((ok) => !ok).length;
console.log(`\n${outcomes.length - failed} checks passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function outcome(name: string, check: Check): Promise<boolean> {
  const start = performance.now();
  const { problems, read, note } = await check(root);
  if (read === 0) problems.push('read no file at all, so it proves nothing');
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(
    `${problems.length === 0 ? 'ok  ' : 'FAIL'} ${name.padEnd(13)} ${seconds} s  ${note ?? `${read} files`}`,
  );
  for (const problem of problems) console.log(problem.replaceAll(/^/gm, '     '));
  return problems.length === 0;
}
