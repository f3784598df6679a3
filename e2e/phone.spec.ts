import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { fact, field, goTo, row, saveFact, title } from './record-page.ts';
import { makeOrganisation, makePerson } from './records.ts';
import { expect, test } from './test.ts';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

/** A phone's page moves up and down only. */
async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const wide = await page.evaluate(() => {
    const root = document.documentElement;
    const inner = document.querySelector('main');
    return {
      page: root.scrollWidth - root.clientWidth,
      main: inner ? inner.scrollWidth - inner.clientWidth : 0,
    };
  });
  expect(wide, page.url()).toEqual({ page: 0, main: 0 });
}

test('a phone shows every page without scrolling sideways', async ({ page, open, t, watch }) => {
  const long = 'Compagnie Internationale des Participations Industrielles et Financières du Grand-Ouest';
  const { id } = await makeOrganisation(page.request, {
    name: long,
    email: 'un.nom.de.boite.aux.lettres.bien.trop.long@compagnie-internationale.example',
    website: 'https://www.compagnie-internationale-des-participations.example/fr/accueil/index.html',
    address: '118 bis, avenue du Maréchal-de-Lattre-de-Tassigny, bâtiment C, escalier 4',
    notes: 'averyveryveryveryveryveryveryveryveryveryveryveryveryverylongwordwithoutanyspace',
  });
  const { id: person } = await makePerson(page.request, {
    firstName: 'Marie-Charlotte-Antoinette',
    lastName: 'de La Rochefoucauld-Montbel',
    email: 'marie-charlotte-antoinette.de.la.rochefoucauld@compagnie-internationale.example',
    organisationId: id,
  });
  // Whose layout is another one on a phone; the rest is judged at full width.
  const judged = ['/organisations', '/organisations/new', `/organisations/${id}`];
  const pages = [
    ...judged,
    '/people',
    '/people/new',
    `/people/${person}`,
    '/bin/organisations',
    '/bin/people',
    '/members',
    '/password',
    '/nowhere',
  ];
  for (const path of pages) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectNoSidewaysScroll(page);
    if (judged.includes(path)) await expectAccessible(page);
  }
  watch.allow(401, /\/api\/v1\/me$/);
  const stranger = await open(null);
  await stranger.setViewportSize({ width: 390, height: 844 });
  await stranger.goto('/sign-in');
  await expect(title(stranger, t.signIn.title)).toBeVisible();
  await expectNoSidewaysScroll(stranger);
});

test('a phone has room for a page’s title, and marks what is in the bin', async ({ page, t }) => {
  const { id } = await makeOrganisation(page.request, { name: 'Compagnie Financière du Grand-Ouest' });
  await makePerson(page.request, { lastName: 'Vasseur', firstName: 'Rose', organisationId: id });
  await page.goto(`/people/new?organisationId=${id}`);
  await expect(page.getByText(t.people.at('Compagnie Financière du Grand-Ouest'))).toBeVisible();
  const { height = 0 } = (await title(page, t.people.newTitle).boundingBox()) ?? {};
  expect(height, 'one line of 20 pixels').toBeLessThan(32);

  await page.request.delete(`/api/v1/organisations/${id}`);
  await page.goto('/people?q=vasseur');
  await expect(row(page, 'Rose Vasseur')).toContainText(t.ui.inBin);
});

test('a phone makes, finds, edits an organisation and calls its person', async ({ page, t }) => {
  const { fields } = t.organisations;
  await page.goto('/organisations');
  await page.getByRole('link', { name: t.organisations.create }).first().tap();
  await field(page, fields.name).fill('Poche SARL');
  await field(page, fields.phone).fill('06 12 34 56 78');
  await expectNoSidewaysScroll(page);
  await page.getByRole('button', { name: t.organisations.save }).tap();
  await expect(title(page, 'Poche SARL')).toBeVisible();
  await expect(fact(page, fields.phone).getByRole('link')).toHaveAttribute('href', 'tel:+33612345678');
  await saveFact(page, t, fields.city, 'Brest');
  await expect(fact(page, fields.city)).toHaveText('Brest');

  await goTo(page, t, t.app.organisations);
  await page.getByRole('searchbox', { name: t.organisations.searchBox }).fill('poche');
  await expect(row(page, 'Poche SARL')).toContainText('Brest');
  await expectNoSidewaysScroll(page);
  await row(page, 'Poche SARL').getByRole('link').tap();
  await expect(title(page, 'Poche SARL')).toBeVisible();

  await page.getByRole('button', { name: t.app.account }).tap();
  await page.getByRole('link', { name: t.app.members }).tap();
  await expect(title(page, t.members.title)).toBeVisible();
  await page.getByRole('button', { name: t.members.invite, exact: true }).tap();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
});
