import { buildWebApp } from '@vif/server/src/web-build.ts';

/** Before the first test: two Vifs that start at once would both build the web into one folder. */
async function buildWeb(): Promise<void> {
  await buildWebApp(console.log);
}

// Playwright takes its global set-up from the default export.
// oxlint-disable-next-line import/no-default-export
export default buildWeb;
