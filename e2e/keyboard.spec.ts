import { expectAccessible } from './accessible.ts';
import { changeFact, fact, field, notices, openPalette, row, title } from './record-page.ts';
import { makeOrganisation } from './records.ts';
import { expect, test } from './test.ts';

test('Ctrl K finds a record from anywhere, accents aside, and Escape gives the focus back', async ({
  page,
  t,
}) => {
  await makeOrganisation(page.request, { name: 'Gravity Investments', city: 'Paris' });
  await page.goto('/people');
  const link = page.getByRole('link', { name: t.people.create }).first();
  await link.focus();
  const palette = await openPalette(page, t);
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();
  await expect(link).toBeFocused();

  await openPalette(page, t);
  await page.keyboard.type('gràvity');
  await expect(palette.getByRole('option', { name: 'Gravity Investments' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(title(page, 'Gravity Investments')).toBeVisible();

  await openPalette(page, t);
  await page.keyboard.type(t.app.bin.toLowerCase());
  await expect(palette.getByRole('option', { name: t.app.bin })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(title(page, t.bin.title)).toBeVisible();
});

test('Escape closes what opens over a page, and the focus is where it was', async ({ page, t }) => {
  await makeOrganisation(page.request, { name: 'Échappée' });
  await page.goto('/organisations?q=echappee');
  const panels = [
    { button: page.getByRole('button', { name: t.app.account }), inside: page.getByText(t.app.signOut) },
    {
      button: page.getByRole('button', { name: t.ui.addFilter, exact: true }),
      inside: page.getByRole('option', { name: t.organisations.fields.city }),
    },
    { button: page.getByRole('button', { name: t.ui.display }), inside: page.getByText(t.ui.compactRows) },
  ];
  for (const { button, inside } of panels) {
    await button.focus();
    await page.keyboard.press('Enter');
    await expect(inside).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(inside).toBeHidden();
    await expect(button).toBeFocused();
  }
});

test('the first Tab leads past the navigation', async ({ page, t }) => {
  await page.goto('/members');
  await expect(title(page, t.members.title)).toBeVisible();
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: t.app.skip });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: t.members.invite, exact: true })).toBeFocused();
});

test('an organisation is made, edited, deleted and brought back without a mouse', async ({ page, t }) => {
  const { fields } = t.organisations;
  await page.goto('/organisations/new');
  await expect(field(page, fields.name)).toBeFocused();
  await page.keyboard.type('Clavier & Fils');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Facteurs');
  await page.keyboard.press('Tab');
  await expect(field(page, fields.siren)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(title(page, 'Clavier & Fils')).toBeVisible();
  await expect(fact(page, fields.category)).toHaveText('Facteurs');

  await page.getByRole('button', { name: t.ui.edit(fields.city) }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('Rennes');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: t.ui.edit(fields.city) })).toBeFocused();
  await expect(fact(page, fields.city)).toHaveText('Rennes');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Paris');
  await page.keyboard.press('Escape');
  await expect(fact(page, fields.city)).toHaveText('Rennes');

  await page.getByRole('button', { name: t.organisations.remove }).focus();
  await page.keyboard.press('Enter');
  await expect(title(page, t.organisations.organisations)).toBeVisible();
  await notices(page, t).getByRole('button', { name: t.ui.undo }).focus();
  await page.keyboard.press('Enter');
  await expect(row(page, 'Clavier & Fils')).toBeVisible();
});

test('a list is walked by its arrows, with one stop for Tab', async ({ page, t }) => {
  for (const name of ['Flèche 1', 'Flèche 2', 'Flèche 3']) await makeOrganisation(page.request, { name });
  await page.goto('/organisations?q=fleche');
  await row(page, 'Flèche 1').getByRole('link').focus();
  await page.keyboard.press('ArrowDown');
  await expect(row(page, 'Flèche 2').getByRole('link')).toBeFocused();
  await page.keyboard.press('j');
  await expect(row(page, 'Flèche 3').getByRole('link')).toBeFocused();
  await page.keyboard.press('Home');
  await expect(row(page, 'Flèche 1').getByRole('link')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(row(page, 'Flèche 2').getByRole('link')).not.toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(row(page, 'Flèche 1').getByRole('link')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(title(page, 'Flèche 1')).toBeVisible();
  await changeFact(page, t, t.organisations.fields.city, 'Lyon');
  await expect(fact(page, t.organisations.fields.city)).toHaveText('Lyon');
});
