import { fact, field, openFact, saved, saveFact, title } from './record-page.ts';
import { makeOrganisation } from './records.ts';
import { expect, test } from './test.ts';

/** A colleague's save is to be seen within two seconds. */
const soon = { timeout: 2000 };

test('what a colleague saves appears by itself, and is not asked for by who is shown something else', async ({
  page,
  memberWith,
  open,
  t,
}) => {
  const { id } = await makeOrganisation(page.request, { name: 'Before' });
  const theirs = await open(await memberWith('manager'));
  await theirs.goto('/organisations');
  await expect(theirs.getByRole('link', { name: 'Before' })).toBeVisible();
  await page.goto(`/organisations/${id}`);
  await expect(title(page, 'Before')).toBeVisible();

  const asked: string[] = [];
  theirs.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await saveFact(page, t, t.organisations.fields.name, 'Renamed');
  await expect(theirs.getByRole('link', { name: 'Renamed' })).toBeVisible(soon);
  await expect(theirs.getByRole('link', { name: 'Before' })).toHaveCount(0);
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.every((path) => path.startsWith('/api/v1/organisations'))).toBe(true);
});

test('one’s own save is asked for once', async ({ page, t }) => {
  const { id } = await makeOrganisation(page.request, { name: 'Mine' });
  await page.goto(`/organisations/${id}`);
  await expect(title(page, 'Mine')).toBeVisible();
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (request.method() === 'GET' && pathname.endsWith(id)) asked.push(pathname);
  });
  await saveFact(page, t, t.organisations.fields.city, 'Lyon');
  await expect(fact(page, t.organisations.fields.city)).toHaveText('Lyon');
  // A colleague's save comes behind the echo of one's own.
  await page.request.post('/api/v1/people', { data: { lastName: 'Later', organisationId: id } });
  await expect(page.getByText('Later')).toBeVisible(soon);
  expect(asked.length).toBeLessThanOrEqual(2);
});

test('who was away is shown what they missed', async ({ page, memberWith, open }) => {
  await makeOrganisation(page.request, { name: 'Known' });
  const theirs = await open(await memberWith('readonly'));
  await theirs.goto('/organisations');
  await expect(theirs.getByRole('link', { name: 'Known' })).toBeVisible();
  await theirs.context().setOffline(true);
  await makeOrganisation(page.request, { name: 'Missed' });
  await theirs.context().setOffline(false);
  await expect(theirs.getByRole('link', { name: 'Missed' })).toBeVisible();
});

test('what one is typing stays while a colleague saves, who is seen as soon as one is done', async ({
  page,
  memberWith,
  open,
  t,
}) => {
  const { city, postalCode } = t.organisations.fields;
  const { id } = await makeOrganisation(page.request, { name: 'Typed upon', city: 'Paris' });
  const theirs = await open(await memberWith('manager'));
  for (const tab of [page, theirs]) {
    await tab.goto(`/organisations/${id}`);
    await expect(title(tab, 'Typed upon')).toBeVisible();
  }
  await openFact(page, t, city);
  await field(page, city).fill('Nice');
  await saveFact(theirs, t, postalCode, '69001');
  await expect(fact(page, postalCode)).toHaveText('69001', soon);
  await expect(field(page, city)).toHaveValue('Nice');
  await saved(page, () => field(page, city).press('Enter'));
  await expect(fact(theirs, city)).toHaveText('Nice', soon);
});
