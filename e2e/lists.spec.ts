import { expectAccessible } from './accessible.ts';
import { fact, goTo, row, title } from './record-page.ts';
import { importOrganisations, makeOrganisation, makePerson } from './records.ts';
import { expect, test } from './test.ts';

test('an empty list says what it is for, and a search that finds nothing how to go on', async ({
  page,
  t,
}) => {
  await page.goto('/organisations?q=nobody-is-called-so');
  await expect(page.getByRole('heading', { name: t.ui.noRows })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: t.ui.clearFilters }).click();
  await expect(page).toHaveURL(/\/organisations$/);
  await page.goto('/bin/people?q=nobody-is-called-so');
  await expect(page.getByText(t.bin.noneFound)).toBeVisible();
});

test('filters, order and columns are in the address, and Back takes a filter off', async ({
  page,
  open,
  admin,
  t,
}) => {
  const { fields } = t.organisations;
  await makeOrganisation(page.request, { name: 'Filtré A', city: 'Colmar', category: 'Banque' });
  await makeOrganisation(page.request, { name: 'Filtré B', city: 'Colmar', category: 'Assurance' });
  await makeOrganisation(page.request, { name: 'Filtré C', city: 'Vannes', category: 'Banque' });
  await page.goto('/organisations?q=filtre');
  await expect(row(page, 'Filtré C')).toBeVisible();

  await page.getByRole('button', { name: t.ui.addFilter, exact: true }).click();
  await expectAccessible(page);
  await page.getByRole('option', { name: fields.city }).click();
  await page.getByRole('combobox', { name: fields.city }).fill('Colmar');
  await page.getByRole('option', { name: 'Colmar' }).click();
  await expect(page).toHaveURL(/city=Colmar/);
  await expect(row(page, 'Filtré C')).toBeHidden();
  await page.getByRole('button', { name: t.ui.addFilter, exact: true }).click();
  await page.getByRole('option', { name: fields.category }).click();
  await page.getByRole('option', { name: 'Banque' }).click();
  await expect(page).toHaveURL(/category=Banque/);
  await expect(row(page, 'Filtré B')).toBeHidden();
  await expect(row(page, 'Filtré A')).toBeVisible();
  await expectAccessible(page);

  await page.goBack();
  await expect(page).not.toHaveURL(/category/);
  await expect(row(page, 'Filtré B')).toBeVisible();
  await page.getByRole('button', { name: t.ui.removeFilter(`${fields.city} Colmar`) }).click();
  await expect(row(page, 'Filtré C')).toBeVisible();

  const head = page.getByRole('columnheader', { name: fields.category });
  await head.getByRole('button').click();
  await expect(head).toHaveAttribute('aria-sort', 'ascending');
  await head.getByRole('button').click();
  await expect(head).toHaveAttribute('aria-sort', 'descending');
  await expect(page).toHaveURL(/sort=-category/);
  await expect(page.getByRole('row').nth(3)).toContainText('Filtré B');

  await page.getByRole('button', { name: t.ui.display }).click();
  await page.getByRole('checkbox', { name: fields.city }).click();
  await page.getByRole('checkbox', { name: fields.email }).click();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('columnheader', { name: fields.city })).toBeHidden();
  await expect(page.getByRole('columnheader', { name: fields.email })).toBeVisible();

  // The address alone shows somebody else the same.
  const other = await open(admin);
  await other.goto(page.url());
  await expect(other.getByRole('columnheader', { name: fields.email })).toBeVisible();
  await expect(other.getByRole('columnheader', { name: fields.city })).toBeHidden();
  await expect(other.getByRole('row').nth(3)).toContainText('Filtré B');
  await expect(other.getByRole('searchbox', { name: t.organisations.searchBox })).toHaveValue('filtre');
});

test('Back returns to the same place in a long list', async ({ page }) => {
  const names = Array.from({ length: 300 }, (_, place) => `Longue liste ${String(place).padStart(3, '0')}`);
  await importOrganisations(
    page.request,
    names.map((name) => `${name},Lyon,Longue`),
  );
  await page.goto('/organisations?category=Longue');
  await row(page, 'Longue liste 000').getByRole('link').focus();
  await page.keyboard.press('End');
  await expect(row(page, 'Longue liste 299').getByRole('link')).toBeFocused();
  for (let up = 0; up < 8; up++) await page.keyboard.press('PageUp');
  const there = row(page, 'Longue liste 219');
  await expect(there.getByRole('link')).toBeFocused();
  await expect(there).toBeInViewport();
  const before = await there.boundingBox();
  await page.keyboard.press('Enter');
  await expect(title(page, 'Longue liste 219')).toBeVisible();
  await page.goBack();
  await expect(there).toBeInViewport();
  expect((await there.boundingBox())?.y).toBe(before?.y);
});

test('people are narrowed to an organisation, and their organisation is one press away', async ({
  page,
  t,
}) => {
  const { id } = await makeOrganisation(page.request, { name: 'Maison Durand', city: 'Dijon' });
  await makePerson(page.request, { lastName: 'Durand', firstName: 'Paul', organisationId: id });
  await makePerson(page.request, { lastName: 'Durant', firstName: 'Paule' });
  await goToPeople();
  await page.getByRole('button', { name: t.ui.addFilter, exact: true }).click();
  await page.getByRole('option', { name: t.people.fields.organisationId }).click();
  await page.getByRole('combobox', { name: t.people.fields.organisationId }).fill('maison dur');
  await page.getByRole('option', { name: 'Maison Durand' }).click();
  await expect(page).toHaveURL(new RegExp(`organisationId=${id}`));
  await expect(row(page, 'Paule Durant')).toBeHidden();
  await expect(page.getByRole('button', { name: /Maison Durand/ })).toBeVisible();
  await row(page, 'Paul Durand').getByRole('link', { name: 'Maison Durand' }).click();
  await expect(title(page, 'Maison Durand')).toBeVisible();

  async function goToPeople() {
    await page.goto('/organisations');
    await goTo(page, t, t.app.people);
    await expect(row(page, 'Paule Durant')).toBeVisible();
  }
});

test('an address that is odd says so, and the shell stays', async ({ page, t, watch }) => {
  watch.allow(400, /\/api\/v1\/organisations/);
  watch.allow(404, /\/api\/v1\/organisations\//);
  for (const address of ['/organisations/nothing', '/nowhere', `/organisations/${crypto.randomUUID()}`]) {
    await page.goto(address);
    await expect(title(page, t.app.notFound)).toBeVisible();
    await expect(page).toHaveTitle(`${t.app.notFound} · Vif`);
    await expectAccessible(page);
  }
  await page.goto('/organisations?sort=nonsense');
  await expect(page.getByRole('alert')).toContainText(t.problems.invalid_input.title);
  await expectAccessible(page);
  await goTo(page, t, t.app.people);
  await expect(title(page, t.people.people)).toBeVisible();
});

test('without a connection nothing that is there goes away, and it comes back by itself', async ({
  page,
  context,
  t,
}) => {
  const { id } = await makeOrganisation(page.request, { name: 'Câble coupé' });
  await page.goto('/organisations?q=cable+coupe');
  await expect(row(page, 'Câble coupé')).toBeVisible();
  await context.setOffline(true);
  await page.getByRole('searchbox', { name: t.organisations.searchBox }).fill('autre chose');
  await expect(page.getByText(t.app.noConnection)).toBeVisible({ timeout: 20_000 });
  await expectAccessible(page);
  await context.setOffline(false);
  await expect(page.getByText(t.app.noConnection)).toBeHidden({ timeout: 20_000 });
  await page.goto(`/organisations/${id}`);
  await expect(fact(page, t.organisations.fields.name)).toHaveText('Câble coupé');
});
