import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { changeFact, choose, fact, field, goTo, notices, row, saved, title } from './record-page.ts';
import { makeOrganisation } from './records.ts';
import { expect, test } from './test.ts';
import type { Words } from './words.ts';

/** How many records the list says there are. */
async function counted(page: Page, t: Words): Promise<number> {
  const said = page.getByRole('heading', { level: 1 }).locator('..').getByRole('status');
  await expect(said).not.toBeEmpty();
  const text = await said.locator('span').last().innerText();
  return text === t.ui.records(0) ? 0 : Number.parseInt(text, 10);
}

test('a new organisation is in the list, in the count and in the search at once, in every tab', async ({
  page,
  context,
  t,
  watch,
}) => {
  await makeOrganisation(page.request, { name: '1001 Menuiseries Générales', city: 'Lyon' });
  await page.goto('/organisations');
  const before = await counted(page, t);
  const otherTab = await context.newPage();
  await otherTab.goto('/organisations');
  expect(await counted(otherTab, t)).toBe(before);

  await page.getByRole('link', { name: t.organisations.create }).first().click();
  await expect(title(page, t.organisations.newTitle)).toBeVisible();
  await expect(field(page, t.organisations.fields.name)).toBeFocused();
  await page.keyboard.type('1001 menuiseries generales');
  const alike = page.getByRole('status').filter({ hasText: t.ui.duplicates(1) });
  await expect(alike).toContainText('1001 Menuiseries Générales');
  await expect(alike).toContainText(t.ui.because.name);
  await field(page, t.organisations.fields.siren).fill('732 829 321');
  await field(page, t.organisations.fields.phone).fill('06 12 34 56 78');
  watch.allow(400, /\/api\/v1\/organisations(\/duplicates)?$/);
  await page.getByRole('button', { name: t.organisations.save }).click();
  await expect(page.getByText(t.wrong('invalid_siren'))).toBeVisible();
  await expect(field(page, t.organisations.fields.siren)).toBeFocused();
  await expectAccessible(page);

  await field(page, t.organisations.fields.siren).fill('732 829 320');
  await page.getByRole('button', { name: t.organisations.save }).click();
  await expect(title(page, '1001 menuiseries generales')).toBeVisible();
  await expect(fact(page, t.organisations.fields.siren)).toHaveText('732 829 320');
  // The reader's own country's numbers nationally, others with their prefix.
  await expect(fact(page, t.organisations.fields.phone)).toHaveText(
    t.language === 'fr' ? '06 12 34 56 78' : '+33 6 12 34 56 78',
  );
  await expectAccessible(page);

  for (const tab of [page, otherTab]) {
    if (tab === page) await goTo(page, t, t.app.organisations);
    await expect(row(tab, '1001 menuiseries generales')).toBeVisible();
    expect(await counted(tab, t)).toBe(before + 1);
    await tab.getByRole('searchbox', { name: t.organisations.searchBox }).fill('1001 MENUISERÏES génér');
    await expect(tab).toHaveURL(/q=/);
    await expect.poll(() => counted(tab, t)).toBe(2);
  }
});

test('a name is enough', async ({ page, t }) => {
  await page.goto('/organisations/new');
  await field(page, t.organisations.fields.name).fill('Deux Champs SA');
  await field(page, t.organisations.fields.city).fill('Nantes');
  await page.getByRole('button', { name: t.organisations.save }).click();
  await expect(notices(page, t)).toContainText(t.organisations.made('Deux Champs SA'));
  await goTo(page, t, t.app.organisations);
  await expect(row(page, 'Deux Champs SA')).toContainText('Nantes');
});

test('what is typed and not saved is not lost by a slip', async ({ page, t }) => {
  await page.goto('/organisations/new');
  await field(page, t.organisations.fields.name).fill('Almost lost');
  await goTo(page, t, t.app.people);
  const dialog = page.getByRole('dialog', { name: t.ui.unsaved });
  await expectAccessible(page);
  await dialog.getByRole('button', { name: t.ui.keepEditing }).click();
  await expect(field(page, t.organisations.fields.name)).toHaveValue('Almost lost');
  await goTo(page, t, t.app.people);
  await dialog.getByRole('button', { name: t.ui.leave }).click();
  await expect(title(page, t.people.people)).toBeVisible();
});

test('facts are edited where they stand; what is refused comes back', async ({ page, t, watch }) => {
  const { id } = await makeOrganisation(page.request, { name: 'In place', country: 'FR' });
  const { fields } = t.organisations;
  await page.goto(`/organisations/${id}`);
  await changeFact(page, t, fields.phone, '06 12 34 56 78');
  await expect(fact(page, fields.phone)).toHaveText(
    t.language === 'fr' ? '06 12 34 56 78' : '+33 6 12 34 56 78',
  );
  await changeFact(page, t, fields.annualRevenue, '60 M€');
  await expect(fact(page, fields.annualRevenue)).toHaveText(
    t.language === 'fr' ? '60 000 000 €' : '€60,000,000',
  );
  await changeFact(page, t, fields.website, 'example.com/a');
  await expect(fact(page, fields.website).getByRole('link')).toHaveAttribute('rel', /noopener/);

  await page.getByRole('button', { name: t.ui.edit(fields.country) }).click();
  await choose(page, fields.country, new Intl.DisplayNames(t.language, { type: 'region' }).of('DE') ?? '');
  await expect(fact(page, fields.country)).not.toHaveText('France');
  await page.getByText(fields.active, { exact: true }).last().hover();
  await page.getByRole('switch', { name: fields.active }).setChecked(false, { force: true });
  await expect(page.getByText(t.organisations.inactive, { exact: true })).toBeVisible();

  watch.allow(400, /\/api\/v1\/organisations\//);
  await changeFact(page, t, fields.siren, '123');
  await expect(page.getByText(t.wrong('invalid_siren'))).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(fact(page, fields.siren)).toHaveText('–');
  await expect(page.getByRole('button', { name: t.ui.edit(fields.siren) })).toBeFocused();

  await page.getByRole('button', { name: t.ui.addTo(fields.notes) }).click();
  await field(page, fields.notes).fill('One line\nand another');
  await saved(page, () => page.getByRole('button', { name: t.ui.save, exact: true }).click());
  await expect(page.getByRole('region', { name: fields.notes })).toContainText('and another');
  await page.reload();
  await expect(page.getByRole('region', { name: fields.notes })).toContainText('and another');
  await expect(fact(page, fields.annualRevenue)).toContainText('60');
});

test('deleting can be undone, and what is in the bin is marked and comes back', async ({ page, t }) => {
  const { id } = await makeOrganisation(page.request, { name: 'Binned & back' });
  await page.goto(`/organisations/${id}`);
  await page.getByRole('link', { name: t.organisations.addPerson }).click();
  await field(page, t.people.fields.lastName).fill('Marchand');
  await field(page, t.people.fields.firstName).fill('Lucie');
  await page.getByRole('button', { name: t.people.save }).click();
  const people = page.getByRole('region', { name: t.organisations.people });
  await expect(people.getByRole('link', { name: 'Lucie Marchand' })).toBeVisible();
  await expect(title(page, 'Binned & back')).toBeVisible();

  const remove = async () => {
    await page.getByRole('button', { name: t.organisations.remove }).click();
    const dialog = page.getByRole('dialog', { name: t.organisations.removeTitle('Binned & back') });
    await expect(dialog).toContainText(t.organisations.removeText(1));
    return dialog.getByRole('button', { name: t.organisations.remove }).click();
  };
  await remove();
  await expect(title(page, t.organisations.organisations)).toBeVisible();
  await expect(row(page, 'Binned & back')).toBeHidden();
  await notices(page, t).getByRole('button', { name: t.ui.undo }).click();
  await expect(notices(page, t)).toContainText(t.ui.restored('Binned & back'));
  await row(page, 'Binned & back').getByRole('link').first().click();
  await expect(title(page, 'Binned & back')).toBeVisible();

  await remove();
  await expect(title(page, t.organisations.organisations)).toBeVisible();
  await goTo(page, t, t.app.people);
  await expect(row(page, 'Lucie Marchand')).toContainText(t.ui.inBin);
  await row(page, 'Lucie Marchand').getByRole('link', { name: 'Lucie Marchand' }).click();
  await expect(fact(page, t.people.fields.organisationId)).toContainText(t.ui.inBin);
  await expectAccessible(page);
  await fact(page, t.people.fields.organisationId).getByRole('link').click();
  await expect(page.getByText(t.organisations.binnedText)).toBeVisible();
  await expect(page.getByRole('button', { name: t.ui.edit(t.organisations.fields.name) })).toBeHidden();
  await expectAccessible(page);

  await goTo(page, t, t.app.bin);
  await expect(row(page, 'Binned & back')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: t.bin.restoreOf('Binned & back') }).click();
  await expect(row(page, 'Binned & back')).toBeHidden();
  await goTo(page, t, t.app.people);
  await expect(row(page, 'Lucie Marchand')).not.toContainText(t.ui.inBin);
});
