import { existsSync, readFileSync } from 'node:fs';
import { join, matchesGlob, posix } from 'node:path';
import { type Area, areas, firstLoad, packageRules, testsMayAlsoImport } from './boundaries.rules.ts';
import type { CheckResult } from './check-result.ts';
import { type Import, importsOf } from './imports.ts';
import { isTest, sourceFiles } from './source-files.ts';

/** Judges every import below `root` by `boundaries.rules.ts`. */
export function boundaries(root: string): CheckResult {
  const files = sourceFiles(root);
  const graph = new Map(files.map((file) => [file, importsOf(file, readFileSync(join(root, file), 'utf8'))]));
  const problems: string[] = [];
  for (const [file, imports] of graph) {
    if (!areaOf(file)) problems.push(`${file}: belongs to no area of checks/boundaries.rules.ts`);
    for (const found of imports) {
      const problem = judge(root, file, found);
      if (problem) problems.push(`${file}:${found.line}: ${problem}`);
    }
  }
  return { problems: [...problems, ...firstLoadProblems(root, graph)], read: files.length };
}

function judge(root: string, file: string, { specifier, isType }: Import): string | undefined {
  const target = resolve(root, file, specifier);
  if (target === undefined) return isType || isTest(file) ? undefined : judgePackage(file, specifier);

  if (specifier.startsWith('.') && workspaceOf(target) !== workspaceOf(file)) {
    return `imports ${target} by its path: use the package's name`;
  }
  if (specifier === '@vif/contract' && file.startsWith('apps/web/') && !isType) {
    return 'imports values from @vif/contract, which brings every schema: use the sub-path, as @vif/contract/permissions';
  }
  const from = areaOf(file);
  const to = areaOf(target);
  if (!from || !to) return;
  if (from === to) {
    if (!from.apart || folderIn(from, file) === folderIn(from, target)) return;
    return `imports ${target}: ${from.name} never import each other`;
  }
  if (from.mayImport.includes(to.name)) return;
  if (isTest(file) && testsMayAlsoImport.includes(to.name)) return;
  return `imports ${target}: ${from.name} may not import ${to.name}`;
}

function judgePackage(file: string, specifier: string): string | undefined {
  const broken = packageRules.find(
    ({ packages, within, onlyIn }) =>
      packages.some((name) => covers(name, specifier)) &&
      matchesGlob(file, within) &&
      !onlyIn.some((pattern) => matchesGlob(file, pattern)),
  );
  return broken && `imports ${specifier}: ${broken.why}`;
}

/** Follows static, not erased imports from the entry and names the way to what must not be reached. */
function firstLoadProblems(root: string, graph: Map<string, Import[]>): string[] {
  const { entry } = firstLoad;
  const hasWeb = [...graph.keys()].some((file) => file.startsWith(`${posix.dirname(entry)}/`));
  if (hasWeb && !graph.has(entry)) return [`${entry}: is missing, so the first load was not followed`];
  const problems: string[] = [];
  const ways = new Map([[entry, [entry]]]);
  for (const [file, way] of ways) {
    for (const { specifier, isType, isDynamic } of graph.get(file) ?? []) {
      if (isType || isDynamic) continue;
      const target = resolve(root, file, specifier);
      if (target !== undefined) {
        if (!ways.has(target)) ways.set(target, [...way, target]);
      } else if (firstLoad.mustNotReach.some((name) => covers(name, specifier))) {
        problems.push(`${way.join(' → ')} → ${specifier}: ${firstLoad.why}`);
      }
    }
  }
  return problems;
}

/** The file a specifier means, relative to `root`; undefined for npm packages and built-in modules. */
function resolve(root: string, file: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(file), specifier);
  const [, name, path = 'index'] = /^@vif\/([^/]+)(?:\/(.+))?$/.exec(specifier) ?? [];
  if (name === undefined) return;
  const source = `packages/${name}/src/${path}`;
  return existsSync(join(root, `${source}.tsx`)) ? `${source}.tsx` : `${source}.ts`;
}

function areaOf(file: string): Area | undefined {
  return areas.find(({ files }) => files.some((pattern) => matchesGlob(file, pattern)));
}

/** `people` for `apps/server/src/people/x.ts` in the area `apps/server/src/*` and all below. */
function folderIn(area: Area, file: string): string | undefined {
  const depth = area.files[0]?.split('/').indexOf('*') ?? -1;
  return file.split('/')[depth];
}

/** `apps/server` for a file below it; undefined outside the workspaces. */
function workspaceOf(file: string): string | undefined {
  return /^(apps|packages)\/[^/]+/.exec(file)?.[0];
}

function covers(name: string, specifier: string): boolean {
  if (name.endsWith(':*')) return specifier.startsWith(name.slice(0, -1));
  return specifier === name || specifier.startsWith(`${name}/`);
}
