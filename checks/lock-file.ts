import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckResult } from './check-result.ts';

interface Manifest {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

/**
 * Every dependency is pinned exactly, and the lock file names no host: npm installs from the registry each
 * person has configured, and checks what it gets by the integrity hash.
 */
export function lockFile(root: string): CheckResult {
  const manifests = globSync(['package.json', '{apps,packages}/*/package.json'], { cwd: root });
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const hosts = lock.split('\n').flatMap((line, index) => {
    return /"resolved":.*:\/\//.test(line)
      ? [`package-lock.json:${index + 1}: names a host: ${line.trim()}`]
      : [];
  });
  return {
    problems: [...hosts, ...manifests.flatMap((file) => unpinned(root, file))],
    read: manifests.length,
  };
}

function unpinned(root: string, file: string): string[] {
  // npm itself refuses a package.json of another shape, and `npm ci` ran before this.
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, file), 'utf8')) as Manifest;
  return Object.entries({ ...dependencies, ...devDependencies })
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
    .map(([name, version]) => `${file}: ${name} is ${version}: pin one version`);
}
