import { readFileSync } from 'node:fs';

/**
 * `node checks/sum-results.ts FILE.json …`: adds up the JSON reports of Vitest and Playwright and ends with
 * one line, `N passed, N failed`. A report that is missing, empty or says that its run failed counts as a
 * failure of its own: a runner that broke before its first test must not look green.
 */
interface Report {
  /** Vitest */
  success?: boolean;
  numPassedTests?: number;
  numFailedTests?: number;
  /** Playwright */
  stats?: { expected: number; unexpected: number; flaky: number };
  errors?: unknown[];
}

let passed = 0;
let failed = 0;
for (const file of process.argv.slice(2)) {
  const report = read(file);
  const good = report.numPassedTests ?? report.stats?.expected ?? 0;
  const bad = report.numFailedTests ?? (report.stats ? report.stats.unexpected + report.stats.flaky : 0);
  const broke = good === 0 || report.success === false || (report.errors ?? []).length > 0;
  passed += good;
  failed += broke ? Math.max(bad, 1) : bad;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

function read(file: string): Report {
  try {
    // The runners' own reports: both formats are documented, and a field that is missing counts as zero.
    return JSON.parse(readFileSync(file, 'utf8')) as Report;
  } catch {
    return {};
  }
}
