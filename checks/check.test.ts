import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { check, plant } from './planted-project.ts';

const db = 'apps/server/src/db';

/** Every check is seen to fail on one planted fault: [check, files, what it says]. Boundaries have their own test. */
const faults: [name: string, files: Record<string, string>, says: string][] = [
  ['types', { [`${db}/a.ts`]: 'export const first: string = ["a"][0];\n' }, 'TS2322'],
  ['types', { [`${db}/a.ts`]: 'export enum Colour {\n  Red,\n}\n' }, 'TS1294'],
  ['types', { [`${db}/a.ts`]: "import { b } from './b';\nb();\n" }, 'TS2834'],
  ['types', { [`${db}/a.ts`]: 'export {};\n', 'e2e/a.ts': 'export {};\n' }, 'e2e/a.ts: in no tsconfig.json'],
  ['lint', { [`${db}/a.ts`]: 'async function a(): Promise<void> {}\na();\n' }, 'no-floating-promises'],
  ['lint', { [`${db}/a.ts`]: 'export const a = (b: any): unknown => b;\n' }, 'no-explicit-any'],
  ['lint', { [`${db}/a.ts`]: 'export const a = process.env.PORT;\n' }, 'no-process-env'],
  ['lint', { [`${db}/a.ts`]: 'export default 1;\n' }, 'no-default-export'],
  [
    'lint',
    {
      [`${db}/a.ts`]: "import { b } from './b.ts';\n\nexport const a = (): number => b();\n",
      [`${db}/b.ts`]: "import { a } from './a.ts';\n\nexport const b = (): number => a();\n",
    },
    'import(no-cycle)',
  ],
  ['format', { [`${db}/a.ts`]: 'export const a = "a"\n' }, 'npm run format'],
  ['unused', { [`${db}/a.ts`]: 'export {};\n' }, 'apps/server/src/db/a.ts'],
  ['file-length', { [`${db}/a.ts`]: '//\n'.repeat(301) }, 'db/a.ts: 301 lines, at most 300'],
  ['file-length', { [`${db}/a.test.ts`]: '//\n'.repeat(401) }, 'db/a.test.ts: 401 lines, at most 400'],
  ['assertions', { [`${db}/a.ts`]: '// no\n\nexport const a = 1 as unknown;\n' }, 'db/a.ts:3: `as` without'],
  [
    'invalidation',
    { [`${db}/a.ts`]: "import { tableTags } from '@vif/cache-postgres';\n" },
    'db/a.ts:1: makes tags by hand with tableTags',
  ],
  ['invalidation', { [`${db}/a.ts`]: 'cache.invalidateTags(all);\n' }, 'db/a.ts:1: invalidates by hand'],
  ['invalidation', { [`${db}/a.ts`]: "const a = { tags: ['a'] };\n" }, 'db/a.ts:1: says by tags'],
  ['invalidation', { [`${db}/a.ts`]: "const a = ['data.people'];\n" }, 'lists the table data.people'],
  [
    'lock-file',
    { 'package-lock.json': '{\n"resolved": "https://a.example/b.tgz"\n}' },
    'lock.json:2: names a host',
  ],
  ['lock-file', { 'package.json': '{ "dependencies": { "a": "^1.0.0" } }' }, 'a is ^1.0.0: pin one version'],
  [
    'smoke-import',
    {
      'apps/server/src/app.ts': "import { b } from './db/b.ts';\n\nexport const a = 1;\nexport { b };\n",
      [`${db}/b.ts`]: "import { a } from '../app.ts';\n\nexport const b = a + 1;\n",
    },
    "Cannot access 'a' before initialization",
  ],
];

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

const sound = {
  'package.json': json({ name: 'vif', type: 'module', dependencies: { a: '1.0.0' } }),
  'apps/server/package.json': json({ name: '@vif/server', type: 'module' }),
  'package-lock.json': '{}',
  [`${db}/sound.ts`]: '// it is\nexport const sound = 1 as unknown;\nexport const list = [1] as const;\n',
};

test('a sound project passes', async () => {
  const names = [
    'types',
    'lint',
    'format',
    'file-length',
    'assertions',
    'invalidation',
    'lock-file',
    'smoke-import',
    'bundle-size',
  ];
  const { output, code } = await check(plant(sound), ...names);
  expect(output).toContain(`${names.length} checks passed, 0 failed`);
  expect(code).toBe(0);
});

test.each(faults)('%s fails on %j', async (name, files, says) => {
  const { code, output } = await check(plant({ ...sound, ...files }), name);
  expect(output).toContain(says);
  expect(output).toContain('0 checks passed, 1 failed');
  expect(code).toBe(1);
});

test('bundle-size fails when the first load is too heavy, and counts a shared chunk once', async () => {
  const chunk = (bytes: number) =>
    randomBytes(bytes / 2)
      .toString('latin1')
      .replaceAll(/[^ -~]/g, 'x');
  const web = (bytes: number) => ({
    'apps/web/index.html': '',
    'apps/web/dist/assets/main.js': chunk(1000),
    'apps/web/dist/assets/list.js': chunk(1000),
    'apps/web/dist/assets/shared.js': chunk(bytes),
    'apps/web/dist/assets/later.js': chunk(1_000_000),
    'apps/web/dist/.vite/manifest.json': JSON.stringify({
      'index.html': {
        file: 'assets/main.js',
        isEntry: true,
        imports: ['_shared.js'],
        dynamicImports: ['later.tsx'],
      },
      'src/organisations/organisations-list-page.tsx': { file: 'assets/list.js', imports: ['_shared.js'] },
      '_shared.js': { file: 'assets/shared.js' },
      'later.tsx': { file: 'assets/later.js' },
    }),
  });
  expect(await check(plant(web(200_000)), 'bundle-size')).toMatchObject({ code: 0 });
  expect(await check(plant(web(800_000)), 'bundle-size')).toMatchObject({
    code: 1,
    output: expect.stringMatching(/first load: \d+\.\d kB brotli in 3 files, at most 170/),
  });
});
