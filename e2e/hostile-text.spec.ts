import type { Page } from '@playwright/test';
import { changeFact, fact, field, goTo, openPalette, row, title } from './record-page.ts';
import { expect, test } from './test.ts';

/** Short enough for every field: what a browser, a template or a stylesheet would make something of. */
const hostile = '<img src=x onerror=hacked=1>{{7*7}}${7*7}<b>';

async function expectNothingRan(page: Page): Promise<void> {
  expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
  await expect(page.locator('img[src="x"]')).toHaveCount(0);
  await expect(page.locator('body')).not.toContainText('49');
}

test('what is typed into an organisation is shown as it was typed', async ({ page, t, watch }) => {
  const { fields } = t.organisations;
  const typed = ['category', 'address', 'city', 'notes', 'externalId'] as const;
  await page.goto('/organisations/new');
  await field(page, fields.name).fill(`Org ${hostile}`);
  for (const name of typed) {
    const role = name === 'category' ? 'combobox' : 'textbox';
    await page.getByRole(role, { name: fields[name], exact: true }).fill(hostile);
  }
  await field(page, fields.postalCode).fill('<b>{{7*7}}</b>');
  watch.allow(400, /\/api\/v1\/organisations(\/duplicates)?$/);
  await field(page, fields.website).fill('javascript:hacked=1');
  await page.getByRole('button', { name: t.organisations.save }).click();
  await expect(page.getByText(t.wrong('invalid_website'))).toBeVisible();
  for (const label of [fields.email, fields.siren]) await field(page, label).fill(hostile);
  await field(page, fields.website).fill('data:text/html,<script>hacked=1</script>');
  await page.getByRole('button', { name: t.organisations.save }).click();
  for (const code of ['invalid_website', 'invalid_email', 'invalid_siren']) {
    await expect(page.getByText(t.wrong(code))).toBeVisible();
  }
  await expectNothingRan(page);
  for (const label of [fields.email, fields.siren]) await field(page, label).fill('');
  await field(page, fields.phone).fill(hostile);
  await field(page, fields.website).fill('https://example.com/?a="><img src=x onerror=hacked=1>');
  await page.getByRole('button', { name: t.organisations.save }).click();
  await expect(page.getByText(t.wrong('invalid_phone'))).toBeVisible();
  await field(page, fields.phone).fill('');
  await page.getByRole('button', { name: t.organisations.save }).click();

  await expect(title(page, `Org ${hostile}`)).toBeVisible();
  for (const name of ['category', 'address', 'city', 'externalId'] as const) {
    await expect(fact(page, fields[name])).toHaveText(hostile);
  }
  await expect(fact(page, fields.postalCode)).toHaveText('<b>{{7*7}}</b>');
  await expect(page.getByRole('region', { name: fields.notes })).toContainText(hostile);
  await expect(fact(page, fields.website).getByRole('link')).toHaveAttribute(
    'href',
    /^https:\/\/example\.com\//,
  );
  await expectNothingRan(page);

  await page.getByRole('link', { name: t.organisations.addPerson }).click();
  await expect(page.getByText(t.people.at(`Org ${hostile}`))).toBeVisible();
  await expectNothingRan(page);
  await goTo(page, t, t.app.organisations);
  await expect(row(page, `Org ${hostile}`)).toContainText(hostile);
  await openPalette(page, t);
  await page.keyboard.type('<img src');
  await expect(page.getByRole('option', { name: `Org ${hostile}` })).toBeVisible();
  await expectNothingRan(page);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: t.organisations.remove }).click();
  await expect(page.getByText(t.ui.removed(`Org ${hostile}`))).toBeVisible();
  await goTo(page, t, t.app.bin);
  await expect(row(page, `Org ${hostile}`)).toBeVisible();
  await expectNothingRan(page);
});

test('what is typed into a person is shown as it was typed', async ({ page, t, watch }) => {
  const { fields } = t.people;
  await page.goto('/people/new');
  for (const name of ['firstName', 'lastName', 'jobTitle', 'notes', 'externalId'] as const) {
    await field(page, fields[name]).fill(hostile);
  }
  watch.allow(400, /\/api\/v1\/people(\/duplicates)?$/);
  await field(page, fields.email).fill('a@b.test"><img src=x onerror=hacked=1>');
  await page.getByRole('button', { name: t.people.save }).click();
  await expect(page.getByText(t.wrong('invalid_email'))).toBeVisible();
  await field(page, fields.email).fill('');
  await page.getByRole('button', { name: t.people.save }).click();

  const name = `${hostile} ${hostile}`;
  await expect(title(page, name)).toBeVisible();
  await expect(page).toHaveTitle(`${name} · Vif`);
  for (const one of ['firstName', 'lastName', 'jobTitle', 'externalId'] as const) {
    await expect(fact(page, fields[one])).toHaveText(hostile);
  }
  await expect(page.getByRole('region', { name: fields.notes })).toContainText(hostile);
  await changeFact(page, t, fields.jobTitle, `"${hostile}`);
  await expect(fact(page, fields.jobTitle)).toHaveText(`"${hostile}`);
  await goTo(page, t, t.app.people);
  await expect(row(page, name)).toContainText(hostile);
  await expectNothingRan(page);
});

test('hostile text in an address is text too', async ({ page, t, watch }) => {
  watch.allow(400, /\/api\/v1\//);
  watch.allow(404, /\/api\/v1\//);
  for (const path of ['/organisations?q=', '/organisations?city=', '/organisations/new?name=', '/nowhere/']) {
    await page.goto(`${path}${encodeURIComponent(hostile)}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectNothingRan(page);
  }
  await page.goto('/organisations?columns=__proto__,constructor&sort=');
  await expect(title(page, t.organisations.organisations)).toBeVisible();
});
