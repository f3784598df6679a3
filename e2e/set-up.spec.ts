import { expectAccessible } from './accessible.ts';
import { choose, field, title } from './record-page.ts';
import { type RunningVif, startVif } from './start-vif.ts';
import { test as base, expect } from './test.ts';

const test = base.extend<{ fresh: RunningVif }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads there which fixtures this one needs
  fresh: async ({}, lend) => {
    const vif = await startVif();
    await lend(vif);
    await vif.stop();
  },
});

test('the printed address makes the first administrator and workspace, once', async ({
  fresh,
  open,
  t,
  watch,
}) => {
  const page = await open(null);
  await page.goto(fresh.setupLink);
  await expect(title(page, t.setup.title)).toBeVisible();
  await expectAccessible(page);

  await field(page, t.setup.workspace).fill('Acme');
  await choose(page, t.setup.country, new Intl.DisplayNames(t.language, { type: 'region' }).of('BE') ?? '');
  await field(page, t.setup.name).fill('Ana Martin');
  await field(page, t.setup.email).fill('ana@acme.test');
  await field(page, t.setup.password).fill('short');
  watch.allow(400, /\/api\/v1\/setup\//);
  await page.getByRole('button', { name: t.setup.create }).click();
  await expect(field(page, t.setup.password)).toBeFocused();
  await expect(field(page, t.setup.password)).toHaveAttribute('aria-invalid', 'true');
  await expectAccessible(page);

  await field(page, t.setup.password).fill('a long enough password');
  await page.getByRole('button', { name: t.setup.create }).click();
  await expect(page).toHaveURL(`${fresh.address}/organisations`);
  await expect(page.getByRole('heading', { name: t.organisations.emptyTitle })).toBeVisible();
  await expect(page.getByRole('button', { name: /Acme/ })).toContainText('Ana Martin');
  await expect(page.getByRole('link', { name: t.app.members })).toBeVisible();
  await expectAccessible(page);

  const late = await open(null);
  watch.allow(404, /\/api\/v1\/setup\//);
  await late.goto(fresh.setupLink);
  await expect(title(late, t.setup.usedTitle)).toBeVisible();
  await expectAccessible(late);
  await late.getByRole('link', { name: t.setup.signIn }).click();
  await expect(title(late, t.signIn.title)).toBeVisible();
});
