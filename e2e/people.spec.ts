import { expectAccessible } from './accessible.ts';
import {
  changeFact,
  choose,
  fact,
  field,
  goTo,
  notices,
  row,
  saved,
  saveFact,
  title,
} from './record-page.ts';
import { makeOrganisation, makePerson } from './records.ts';
import { expect, test } from './test.ts';

test('a person is made, found, edited, deleted, brought back', async ({ page, t }) => {
  const { fields } = t.people;
  await makeOrganisation(page.request, { name: 'Atelier Noël', city: 'Lille' });
  await page.goto('/people');
  await page.getByRole('link', { name: t.people.create }).first().click();
  await expect(field(page, fields.firstName)).toBeFocused();
  await field(page, fields.firstName).fill('Zoé');
  await field(page, fields.lastName).fill('Lefèvre');
  await page.getByRole('combobox', { name: fields.organisationId }).fill('noel');
  await page.getByRole('option', { name: 'Atelier Noël' }).click();
  await field(page, fields.jobTitle).fill('Directrice');
  await field(page, fields.phone).fill('06 12 34 56 78');
  await expectAccessible(page);
  await page.getByRole('button', { name: t.people.save }).click();
  await expect(title(page, 'Zoé Lefèvre')).toBeVisible();
  await expect(notices(page, t)).toContainText(t.people.made('Zoé Lefèvre'));
  await expect(fact(page, fields.organisationId).getByRole('link')).toHaveText('Atelier Noël');
  await expect(fact(page, fields.phone)).toHaveText(
    t.language === 'fr' ? '06 12 34 56 78' : '+33 6 12 34 56 78',
  );
  await expectAccessible(page);

  await saveFact(page, t, fields.jobTitle, 'Présidente');
  await expect(fact(page, fields.jobTitle)).toHaveText('Présidente');
  await page.getByRole('link', { name: t.people.people }).first().click();
  await page.getByRole('searchbox', { name: t.people.searchBox }).fill('612345');
  await expect(row(page, 'Zoé Lefèvre')).toContainText('Présidente');
  await expectAccessible(page);
  await row(page, 'Zoé Lefèvre').getByRole('link', { name: 'Zoé Lefèvre' }).click();

  await page.getByRole('button', { name: t.people.remove }).click();
  await expect(title(page, t.people.people)).toBeVisible();
  await notices(page, t).getByRole('button', { name: t.ui.undo }).click();
  await row(page, 'Zoé Lefèvre').getByRole('link', { name: 'Zoé Lefèvre' }).click();
  await page.getByRole('button', { name: t.people.remove }).click();
  await expect(title(page, t.people.people)).toBeVisible();

  await goTo(page, t, t.app.bin);
  await page.getByRole('navigation', { name: t.bin.kinds }).getByRole('link', { name: t.bin.people }).click();
  await expect(row(page, 'Zoé Lefèvre')).toBeVisible();
  await expectAccessible(page);
  await row(page, 'Zoé Lefèvre').getByRole('link', { name: 'Zoé Lefèvre' }).click();
  await expect(page.getByText(t.ui.inBin, { exact: true })).toBeVisible();
  await page.getByRole('button', { name: t.ui.restore, exact: true }).click();
  await expect(page.getByRole('button', { name: t.people.remove })).toBeVisible();
});

test('a person who looks like another one, and a number that is none', async ({ page, t, watch }) => {
  const { fields } = t.people;
  await makePerson(page.request, {
    firstName: 'Jean',
    lastName: 'Dupont-Moretti',
    email: 'jean@dupont.test',
  });
  await page.goto('/people/new');
  await field(page, fields.lastName).fill('DUPONT MORETTI');
  await field(page, fields.firstName).fill('Jean');
  await field(page, fields.email).fill('jean@dupont.test');
  const alike = page.getByRole('status').filter({ hasText: t.ui.duplicates(1) });
  await expect(alike).toContainText('Jean Dupont-Moretti');
  await expect(alike).toContainText(t.ui.because.email);

  watch.allow(400, /\/api\/v1\/people(\/duplicates)?$/);
  await field(page, fields.phone).fill('12');
  await page.getByRole('button', { name: t.people.save }).click();
  await expect(page.getByText(t.wrong('invalid_phone'))).toBeVisible();
  await expect(field(page, fields.phone)).toBeFocused();
  await field(page, fields.phone).fill('+44 20 7946 0958');
  await page.getByRole('button', { name: t.people.save }).click();
  await expect(fact(page, fields.phone)).toHaveText(
    t.language === 'fr' ? '+44 20 7946 0958' : '020 7946 0958',
  );
});

test('an external id that is taken leads to who has it', async ({ page, t, watch }) => {
  const { id } = await makePerson(page.request, { lastName: 'Holder', externalId: 'P-1' });
  await makePerson(page.request, { lastName: 'Wanter' });
  await page.goto('/people?q=wanter');
  await row(page, 'Wanter').getByRole('link', { name: 'Wanter' }).click();
  watch.allow(409, /\/api\/v1\/people\//);
  await changeFact(page, t, t.people.fields.externalId, 'P-1');
  await expect(page.getByRole('link', { name: t.ui.openOther })).toHaveAttribute('href', `/people/${id}`);
  await expectAccessible(page);
});

test('a person changes their organisation', async ({ page, t }) => {
  const { id: from } = await makeOrganisation(page.request, { name: 'Before SARL' });
  await makeOrganisation(page.request, { name: 'After SARL' });
  const { id } = await makePerson(page.request, { lastName: 'Mover', organisationId: from });
  await page.goto(`/people/${id}`);
  await page.getByRole('button', { name: t.ui.edit(t.people.fields.organisationId) }).click();
  await saved(page, () => choose(page, t.people.fields.organisationId, 'After SARL'));
  await expect(fact(page, t.people.fields.organisationId)).toHaveText('After SARL');
  await page.goto(`/organisations/${from}`);
  await expect(page.getByText(t.organisations.noPeople)).toBeVisible();
});
