import { existsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const slow = '**/*.slow.test.ts';
const outside = ['**/node_modules/**', '**/dist/**', 'e2e/**'];
const server = 'apps/server/src/testing/global-setup.ts';
const globalSetup = existsSync(server) ? [server] : [];

/** The suites: all but `slow` are `npm test`; `slow` is `npm run test:slow`. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'server',
          include: ['apps/server/src/**/*.test.ts'],
          exclude: [...outside, slow],
          globalSetup,
        },
      },
      { test: { name: 'packages', include: ['packages/*/src/**/*.test.ts'], exclude: [...outside, slow] } },
      { test: { name: 'web', include: ['apps/web/src/**/*.test.{ts,tsx}'], exclude: [...outside, slow] } },
      { test: { name: 'checks', include: ['checks/**/*.test.ts'], exclude: [...outside, slow] } },
      {
        test: {
          name: 'slow',
          include: [slow],
          exclude: outside,
          globalSetup,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
