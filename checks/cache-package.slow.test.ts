import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packWorkspace } from './pack-workspace.ts';
import { PackedProject } from './packed-project.ts';

let project: PackedProject;
let exports: Record<string, string>;
let entries: string[];

/** The package as people get it: packed by npm's own command and installed into an empty project, without a network. */
beforeAll(async () => {
  project = new PackedProject('cache');
  ({ exports } = JSON.parse(project.sourceManifest) as { exports: Record<string, string> }); // npm refuses another shape
  entries = Object.keys(exports);
  await packWorkspace('packages/cache', project.folder);
  project.write('package.json', '{ "name": "empty", "private": true }');
  const [tarball = ''] = globSync('*.tgz', { cwd: project.folder });
  // A cache of its own, which is empty: what npm does not find in the project it does not find at all.
  await project.run(
    'npm',
    'install',
    '--offline',
    '--cache',
    join(project.folder, 'npm-cache'),
    `./${tarball}`,
  );
});

afterAll(() => project.remove());

test('it brings what was built of the entries, its README and its licence, and nothing else', () => {
  const files = readdirSync(project.installed, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(project.installed, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
  const [built, rest] = [true, false].map((inDist) =>
    files.filter((file) => file.startsWith('dist/') === inDist),
  );
  expect(rest?.toSorted()).toEqual(['LICENSE', 'README.md', 'package.json']);
  expect(built).toContain('dist/index.js');
  const bare = built?.map((file) => file.replace(/\.(d\.ts|js)$/, '')) ?? [];
  const pairs = [...new Set(bare)].flatMap((module) => [`${module}.d.ts`, `${module}.js`]);
  expect(built?.toSorted()).toEqual(pairs.toSorted());
  const forOurTests = /\.test$|\/(killed-writer|mutants|race|redis-cluster|tcp-proxy|any-value)$/;
  expect(bare.filter((module) => forOurTests.test(module))).toEqual([]);
  const [licence, ours] = project.licences();
  expect(licence).toBe(ours);
});

test('its exports are those of the sources, which packing leaves as they are', () => {
  const built: unknown = JSON.parse(readFileSync(join(project.installed, 'package.json'), 'utf8'));
  const expected = entries.map((entry) => {
    const module = exports[entry]?.replace(/^\.\/src\/(.+)\.ts$/, './dist/$1');
    return [entry, { types: `${module}.d.ts`, default: `${module}.js` }];
  });
  expect(built).toHaveProperty('exports', Object.fromEntries(expected));
  expect(built).toHaveProperty('sideEffects', false);
  expect(built).not.toHaveProperty('dependencies');
  expect(built).not.toHaveProperty('scripts');
  expect(readFileSync(join(project.source, 'package.json'), 'utf8')).toBe(project.sourceManifest);
});

/** The one place that knows how a cache is read. */
const reading = `
const cache = new Cache({ authority: new MemoryAuthority(), maxBytes: 1e6 });
const value = await cache.getOrSet('key', async () => 42, { ttl: 1000, tags: ['a'] });
if (value !== 42) throw new Error('It should be 42: ' + String(value));
`;

const stored = `{
  value: new Map([['a', -0]]), token: { epoch: 'e', sequence: 1, tags: ['a'] }, namespace: 'n',
  storedAt: 0, expires: Infinity, keptUntil: Infinity, bytes: 8,
}`;

test('JavaScript uses it where nothing else is installed', async () => {
  project.write(
    'program.mjs',
    `import { Cache, canonicalKey, MemoryAuthority } from '@vif/cache';
     import { FilesystemTier } from '@vif/cache/filesystem';
     ${reading}
     const tier = await FilesystemTier.open({ folder: './tier', maxBytes: 1e6 });
     await tier.set('key', ${stored});
     console.log(value, canonicalKey({ b: 1, a: 2 }) === canonicalKey({ a: 2, b: 1 }), (await tier.get('key')).value);`,
  );
  expect(await project.run('node', 'program.mjs')).toBe("42 true Map(1) { 'a' => -0 }");
});

test('a bundle has only what is used of it', async () => {
  project.write(
    'bundled.mjs',
    "import { canonicalKey } from '@vif/cache';\nconsole.log(canonicalKey({ b: 1, a: 2 }));\n",
  );
  project.write(
    'vite.config.mjs',
    "export default { ssr: { noExternal: true }, build: { ssr: 'bundled.mjs', minify: false } };",
  );
  await project.run('vite', 'build');
  const bundle = readFileSync(join(project.folder, 'dist/bundled.mjs'), 'utf8');
  expect(bundle).toContain('canonicalKey');
  expect(bundle).not.toMatch(/\bimport\b|^class |redis|authority/im);
  expect(bundle.length).toBeLessThan(
    readFileSync(join(project.installed, 'dist/keys/canonical-key.js')).length * 1.5,
  );
  expect(await project.run('node', 'dist/bundled.mjs')).toBe('{a:2,b:1}');
});

/** What people may have set; without `types`, so that the declarations say themselves that they need Node's. */
const strictest = {
  target: 'es2024',
  module: 'nodenext',
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  skipLibCheck: false,
};

test('strict TypeScript compiles against it, its declarations checked too, and runs', async () => {
  project.link('typescript', '@types/node');
  project.write(
    'typed.mts',
    `import { Cache, canonicalKey, MemoryAuthority, MemoryTier, type Stored } from '@vif/cache';
     import { FilesystemTier } from '@vif/cache/filesystem';
     import { decode, encode } from '@vif/cache/values';
     ${reading}
     // @ts-expect-error a number is asked for
     export const wrong = () => new MemoryTier({ maxBytes: 'many' });
     export const open = (folder: string) => FilesystemTier.open<number>({ folder, maxBytes: 1e6 });
     const entry: Stored<Map<string, number>> = ${stored};
     const tier = new MemoryTier<Map<string, number>>({ maxBytes: 1e6 });
     tier.set('key', entry);
     const decoded = decode(encode(tier.get('key')?.value));
     const key: string = canonicalKey(['a']);
     console.log(value, key, 'value' in decoded && decoded.value);`,
  );
  project.write('tsconfig.json', JSON.stringify({ compilerOptions: strictest, files: ['typed.mts'] }));
  expect(await project.run('tsc')).toBe('');
  expect(await project.run('node', 'typed.mjs')).toBe('42 ["a"] Map(1) { \'a\' => -0 }');
});

/** What sub-paths are for; bentocache is not needed to compile or load its own. */
const peers = ['ioredis', 'keyv', 'prom-client', '@opentelemetry/api'];

test('strict TypeScript compiles against every sub-path', async () => {
  project.link('typescript', '@types/node', ...peers);
  const imports = entries.map((entry, at) => `export * as m${at} from '${nameOf(entry)}';`);
  project.write('all.mts', imports.join('\n'));
  project.write('tsconfig.json', JSON.stringify({ compilerOptions: strictest, files: ['all.mts'] }));
  expect(await project.run('tsc')).toBe('');
  const declarations = readdirSync(join(project.installed, 'dist'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.d.ts'))
    .map((file) => readFileSync(join(project.installed, 'dist', file), 'utf8'));
  // This compiler would take them; others and older ones do not.
  expect(declarations.filter((text) => /["']\.[^"'\n]*(?<!\.d)\.ts["']/.test(text))).toEqual([]);
});

test('every sub-path loads, and a tier is proven by the contract in it', async () => {
  project.link('vitest', 'fast-check', ...peers);
  const paths = entries.map(nameOf);
  expect(paths.length).toBeGreaterThanOrEqual(5);
  project.write(
    'contract.test.mjs',
    `import { MemoryTier } from '@vif/cache';
     import { tierContract } from '@vif/cache/testing';
     import { expect, test } from 'vitest';
     tierContract('memory', async (maxBytes) => ({ tier: new MemoryTier({ maxBytes }), close: async () => {} }));
     test.each(${JSON.stringify(paths)})('%s', async (path) => {
       expect(Object.keys(await import(path))).not.toEqual([]);
     });`,
  );
  expect(await project.run('vitest', 'run', '--root', project.folder)).toMatch(/Tests +\d+ passed/);
});

function nameOf(entry: string): string {
  return entry.replace('.', '@vif/cache');
}
