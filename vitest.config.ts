import { defineConfig } from 'vitest/config';

const slow = '**/*.slow.test.ts';
const outside = ['**/node_modules/**', '**/dist/**', 'e2e/**'];
const globalSetup = ['apps/server/src/testing/global-setup.ts'];
/** A busy machine is no failure. */
const testTimeout = 30_000;

/** The suites: all but `slow` are `npm test`; `slow` is `npm run test:slow`. */
export default defineConfig({
  test: {
    // One more than the two cores this is made for: files of processes and databases mostly wait.
    maxWorkers: 3,
    projects: [
      {
        test: {
          name: 'server',
          include: ['apps/server/src/**/*.test.ts'],
          exclude: [...outside, slow],
          globalSetup,
          testTimeout,
          hookTimeout: testTimeout,
        },
      },
      {
        test: {
          name: 'packages',
          include: ['packages/*/src/**/*.test.ts'],
          exclude: [...outside, slow],
          testTimeout,
          hookTimeout: testTimeout,
        },
      },
      { test: { name: 'web', include: ['apps/web/src/**/*.test.{ts,tsx}'], exclude: [...outside, slow] } },
      {
        test: {
          name: 'checks',
          include: ['checks/**/*.test.ts'],
          exclude: [...outside, slow],
          testTimeout,
        },
      },
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
