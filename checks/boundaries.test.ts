import { expect, test } from 'vitest';
import { packageRules } from './boundaries.rules.ts';
import { boundaries } from './boundaries.ts';
import { check, plant } from './planted-project.ts';

const allowed = {
  'apps/server/src/server.ts': "import './app.ts';\nimport './environment.ts';\n",
  'apps/server/src/app.ts': "import './people/people.routes.ts';\nimport './db/pool.ts';\n",
  'apps/server/src/environment.ts': 'export {};\n',
  'apps/server/src/db/pool.ts': "import 'node:fs';\nimport 'pg';\nimport '../environment.ts';\n",
  'apps/server/src/auth/auth.ts': "import 'better-auth';\nimport '../db/pool.ts';\n",
  'apps/server/src/people/people.routes.ts':
    "import '@vif/contract';\nimport './people.queries.ts';\nimport type {} from 'pg';\nimport './merge/merge.ts';\nimport '../db/pool.ts';\n",
  'apps/server/src/people/people.queries.ts': '// import "../organisations/x.ts"\nexport {};\n',
  'apps/server/src/people/merge/merge.ts': "import '../people.queries.ts';\n",
  'apps/server/src/people/people.test.ts': "import '../testing/vif.ts';\nimport 'pg';\nimport '../app.ts';\n",
  'apps/server/src/testing/vif.ts': "import '../app.ts';\n",
  'apps/server/src/commands/import.ts': "import '../app.ts';\n",
  'apps/web/src/main.tsx':
    "import './people/people.tsx';\nimport type { Person } from '@vif/contract';\nimport '@vif/contract/permissions';\n",
  'apps/web/src/people/people.tsx': "import '../ui/button.tsx';\nvoid import('./form.tsx');\n",
  'apps/web/src/people/form.tsx': "import '@vif/contract/people';\n",
  'apps/web/src/ui/button.tsx': "import type {} from 'zod';\n",
  'packages/contract/src/index.ts': "export * from './people.ts';\n",
  'packages/contract/src/people.ts': "import 'zod';\n",
  'packages/contract/src/permissions.ts': 'export {};\n',
  'packages/cache/src/redis/tier.ts': "import 'ioredis';\n",
  'packages/cache/src/filesystem/tier.ts': "import 'node:fs';\n",
  'packages/cache-postgres/src/index.ts': "import '@vif/cache';\n",
};

test('imports that flow the right way pass', () => {
  expect(boundaries(plant(allowed))).toEqual({ problems: [], read: Object.keys(allowed).length });
});

/** One wrong-way import a rule: [file, what is planted in it, what `check` says]. */
const violations: [file: string, source: string, says: string][] = [
  // Layers of the server
  ['apps/server/src/people/a.ts', "import '../members/m.ts';", 'server features never import each other'],
  ['apps/server/src/people/a.ts', "import type { M } from '../members/m.ts';", 'never import each other'],
  ['apps/server/src/people/a.ts', "export * from '../members/m.ts';", 'never import each other'],
  ['apps/server/src/people/a.ts', "void import('../members/m.ts');", 'never import each other'],
  ['apps/server/src/people/a.ts', "export type M = import('../members/m.ts').M;", 'never import each other'],
  ['apps/server/src/people/sub/a.ts', "import '../../members/m.ts';", 'never import each other'],
  ['apps/server/src/people/a.test.ts', "import '../members/m.ts';", 'never import each other'],
  ['apps/server/src/people/a.ts', "import '../app.ts';", 'server features may not import server app'],
  ['apps/server/src/people/a.ts', "import '../testing/vif.ts';", 'may not import server testing'],
  ['apps/server/src/people/a.ts', "import '../commands/import.ts';", 'may not import server commands'],
  ['apps/server/src/db/a.ts', "import '../people/people.queries.ts';", 'may not import server features'],
  ['apps/server/src/environment.ts', "import './app.ts';", 'server plumbing may not import server app'],
  ['apps/server/src/app.ts', "import './server.ts';", 'server app may not import server entry'],
  [
    'apps/server/src/server.ts',
    "import './people/people.routes.ts';",
    'server entry may not import server features',
  ],
  // The web
  ['apps/web/src/people/a.tsx', "import '../members/m.tsx';", 'web features never import each other'],
  ['apps/web/src/ui/a.tsx', "import '../people/people.tsx';", 'web plumbing may not import web features'],
  ['apps/web/src/people/a.tsx', "import '../main.tsx';", 'web features may not import web app'],
  ['apps/web/src/people/a.tsx', "import { person } from '@vif/contract';", 'use the sub-path'],
  [
    'apps/web/src/people/people.tsx',
    "import './form.tsx';",
    'people.ts → zod: validation and phone numbers load',
  ],
  // Packages
  ['packages/contract/src/a.ts', "import '@vif/cache';", 'contract may not import cache'],
  ['packages/cache/src/a.ts', "import '@vif/cache-postgres';", 'cache may not import cache-postgres'],
  ['packages/cache/src/a.ts', "import '@vif/contract';", 'cache may not import contract'],
  [
    'apps/server/src/db/a.ts',
    "import '../../../../packages/contract/src/people.ts';",
    "use the package's name",
  ],
  ['apps/server/src/db/a.ts', "import '../../../web/src/lib/a.ts';", "use the package's name"],
  ['e2e/a.spec.ts', "import '../apps/server/src/app.ts';", "use the package's name"],
  ['packages/new/src/a.ts', 'export {};', 'belongs to no area'],
  // Libraries
  ['packages/contract/src/a.ts', "import 'node:fs';", 'the contract does no I/O'],
  ['apps/web/src/lib/a.ts', "import 'node:path';", 'the web runs in a browser'],
  ['apps/server/src/jobs/a.ts', "import 'ioredis';", 'only the Redis tier, authority and bus know Redis'],
  [
    'packages/cache/src/a.ts',
    "import 'node:fs/promises';",
    'only the filesystem tier touches files, and what has its SQL in them',
  ],
  ['apps/server/src/people/a.ts', "import 'better-auth/plugins';", 'the rest of the server asks auth'],
  ['apps/server/src/people/a.ts', "import 'pg';", 'would pass by the isolation of workspaces'],
];

test.each(violations)('%s with %s', (file, source, says) => {
  const { problems } = boundaries(plant({ ...allowed, [file]: source }));
  expect(problems).toEqual([expect.stringContaining(says)]);
});

test('every rule about a library has its planted violation', () => {
  const unproved = packageRules.filter(({ why }) => !violations.some(([, , says]) => why.includes(says)));
  expect(unproved).toEqual([]);
});

test('a planted wrong-way import makes `npm run check` fail', async () => {
  const right = await check(plant(allowed), 'boundaries');
  expect(right).toMatchObject({ code: 0, output: expect.stringContaining('1 checks passed, 0 failed') });

  const planted = { ...allowed, 'apps/server/src/people/a.ts': "\nimport '../members/m.ts';" };
  const wrong = await check(plant(planted), 'boundaries');
  expect(wrong.code).toBe(1);
  expect(wrong.output).toContain('apps/server/src/people/a.ts:2: imports apps/server/src/members/m.ts');
});

test('a project without files fails instead of passing', async () => {
  expect(await check(plant({}), 'boundaries')).toMatchObject({
    code: 1,
    output: expect.stringContaining('read no file at all'),
  });
});
