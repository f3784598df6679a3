import { expectAccessible } from './accessible.ts';
import { fact, field, openFact, saved, saveFact, title } from './record-page.ts';
import { makeOrganisation } from './records.ts';
import { expect, test } from './test.ts';

test('who changes the same field as somebody else sees both values and chooses', async ({
  page,
  memberWith,
  open,
  t,
  watch,
}) => {
  const { city } = t.organisations.fields;
  const { id } = await makeOrganisation(page.request, { name: 'Contested', city: 'Paris' });
  const theirs = await open(await memberWith('manager'));
  for (const tab of [page, theirs]) {
    await tab.goto(`/organisations/${id}`);
    await expect(title(tab, 'Contested')).toBeVisible();
  }
  // Who began before the other saved does not see it where they type.
  await openFact(page, t, city);
  await saveFact(theirs, t, city, 'Lyon');
  await expect(fact(theirs, city)).toHaveText('Lyon');

  watch.allow(412, /\/api\/v1\/organisations\//);
  const dialog = page.getByRole('dialog', { name: t.ui.conflictTitle });
  const side = (name: string, value: string) => dialog.getByRole('radio', { name: `${name} ${value}` });
  await field(page, city).fill('Nice');
  await field(page, city).press('Enter');
  await expect(side(t.ui.theirs, 'Lyon')).toBeVisible();
  await expect(side(t.ui.mine, 'Nice')).toBeChecked();
  await expectAccessible(page);
  await saved(page, () => dialog.getByRole('button', { name: t.ui.saveChoice }).click());
  await expect(fact(page, city)).toHaveText('Nice');
  await theirs.reload();
  await expect(fact(theirs, city)).toHaveText('Nice');

  await openFact(page, t, city);
  await saveFact(theirs, t, city, 'Brest');
  await expect(fact(theirs, city)).toHaveText('Brest');
  await field(page, city).fill('Metz');
  await field(page, city).press('Enter');
  await side(t.ui.theirs, 'Brest').check();
  await dialog.getByRole('button', { name: t.ui.saveChoice }).click();
  await expect(fact(page, city)).toHaveText('Brest');
  await page.reload();
  await expect(fact(page, city)).toHaveText('Brest');
});

test('who changes other fields than somebody else is not asked, and both are kept', async ({
  page,
  memberWith,
  open,
  t,
  watch,
}) => {
  const { city, postalCode } = t.organisations.fields;
  const { id } = await makeOrganisation(page.request, { name: 'Shared', city: 'Paris' });
  const theirs = await open(await memberWith('manager'));
  for (const tab of [page, theirs]) {
    await tab.goto(`/organisations/${id}`);
    await expect(title(tab, 'Shared')).toBeVisible();
  }
  await saveFact(theirs, t, city, 'Lyon');
  await expect(fact(theirs, city)).toHaveText('Lyon');
  watch.allow(412, /\/api\/v1\/organisations\//);
  await saveFact(page, t, postalCode, '69001');
  await expect(fact(page, city)).toHaveText('Lyon');
  await expect(fact(page, postalCode)).toHaveText('69001');
  await expect(page.getByRole('dialog')).toBeHidden();
  await theirs.reload();
  await expect(fact(theirs, city)).toHaveText('Lyon');
  await expect(fact(theirs, postalCode)).toHaveText('69001');
});
