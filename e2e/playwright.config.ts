import { defineConfig } from '@playwright/test';
import { findChromium } from './chromium.ts';

const executablePath = findChromium();

/** Two workers, each with a Vif, a database and a browser of its own: what two cores carry. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  // Hundreds of pictures to look at, which prove nothing by themselves: `npm run e2e -- screenshots`.
  testIgnore: process.env['VIF_SCREENSHOTS'] ? [] : '**/screenshots.spec.ts',
  outputDir: '../test-results',
  workers: 2,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  projects: [
    { name: 'fr', use: { locale: 'fr-FR' } },
    { name: 'en', use: { locale: 'en-GB' } },
  ],
  use: {
    browserName: 'chromium',
    timezoneId: 'Europe/Paris',
    reducedMotion: 'reduce',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
