import { type Browser, test as base, expect, type Page } from '@playwright/test';
import type { Role } from '@vif/contract/permissions';
import { joinAs, type Session, setUp } from './people-of-vif.ts';
import { type RunningVif, startVif } from './start-vif.ts';
import { Watch } from './watch.ts';
import { type Words, words } from './words.ts';

interface OfTheWorker {
  /** A Vif for this worker's tests, set up. */
  readonly vif: RunningVif;
  readonly admin: Session;
}

interface OfTheTest {
  readonly t: Words;
  readonly watch: Watch;
  /** A page of another browser, watched too: of somebody signed in, or of nobody. */
  readonly open: (session: Session | null) => Promise<Page>;
  /** A new member who has a role, signed in. */
  readonly memberWith: (role: Role, name?: string) => Promise<Session>;
}

/** Tests have a Vif of their worker's, and a page on which its administrator is signed in. */
export const test = base.extend<OfTheTest, OfTheWorker>({
  vif: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads there which fixtures this one needs
    async ({}, lend) => {
      const vif = await startVif();
      await lend(vif);
      await vif.stop();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  admin: [async ({ vif }, lend) => lend(await setUp(vif)), { scope: 'worker' }],
  baseURL: ({ vif }, lend) => lend(vif.address),
  storageState: ({ admin }, lend) => lend(admin.state),
  t: ({ locale }, lend) => lend(words[locale === 'fr-FR' ? 'fr' : 'en']),
  watch: [
    async ({ context }, lend) => {
      const watch = new Watch();
      await watch.follow(context);
      await lend(watch);
      expect(
        watch.take(),
        'nothing was refused, thrown or reported that the test did not bring about',
      ).toEqual([]);
    },
    { auto: true },
  ],
  open: async ({ browser, watch }, lend) => {
    const opened: Awaited<ReturnType<Browser['newContext']>>[] = [];
    await lend(async (session) => {
      const context = await browser.newContext({
        storageState: session?.state ?? { cookies: [], origins: [] },
      });
      opened.push(context);
      await watch.follow(context);
      return context.newPage();
    });
    for (const context of opened) await context.close();
  },
  memberWith: ({ vif, admin }, lend) => lend((role, name) => joinAs(vif, admin, role, name)),
});

export { expect } from '@playwright/test';
