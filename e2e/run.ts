import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildWebApp } from '@vif/server/src/web-build.ts';
import { findChromium } from './chromium.ts';

/** `npm run e2e`: Playwright with the machine's own browser; without one there is nothing to run. */
if (findChromium() === undefined) {
  const ci = process.env['CI'] === 'true';
  console.log(
    `e2e ${ci ? 'failed' : 'skipped'}: no Chromium or Chrome on this machine. Install one, or set CHROMIUM_PATH.`,
  );
  process.exit(ci ? 1 : 0);
}

// Before two Vifs start at once, which would both build the web into one folder.
await buildWebApp(console.log);

const playwright = join(import.meta.dirname, '../node_modules/.bin/playwright');
const config = join(import.meta.dirname, 'playwright.config.ts');
const asked = process.argv.slice(2);
const { status } = spawnSync(playwright, ['test', '--config', config, ...asked], {
  stdio: 'inherit',
  env: { ...process.env, ...(asked.includes('screenshots') && { VIF_SCREENSHOTS: '1' }) },
});
process.exit(status ?? 1);
