import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { changeFact, field, openPalette } from './record-page.ts';
import { importOrganisations, makeOrganisation, makePerson } from './records.ts';
import { startVif } from './start-vif.ts';
import { expect, test } from './test.ts';

// `npm run e2e -- screenshots`: every page in both schemes and at two widths, for people to look at.

const folder = join(import.meta.dirname, '../test-results/screenshots');
const widths = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

test.describe.configure({ timeout: 240_000 });

/** Takes a page in each scheme and width, as it is now. */
async function take(page: Page, language: string, name: string): Promise<void> {
  for (const size of widths) {
    await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.waitForLoadState('networkidle');
      await page.screenshot({
        path: join(folder, `${name}-${language}-${size.width}-${colorScheme}.png`),
        animations: 'disabled',
      });
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

test('screenshots of set-up, sign-in and joining', async ({ page, open, t, watch }) => {
  watch.allow(401, /\/api\/v1\/me$/);
  watch.allow(404, /\/api\/v1\/(setup|invitations)\//);
  watch.allow(400, /\/api\/v1\/setup\//);
  const fresh = await startVif();
  const visitor = await open(null);
  await visitor.goto(fresh.setupLink);
  await expect(field(visitor, t.setup.workspace)).toBeVisible();
  await take(visitor, t.language, 'set-up');
  await visitor.getByRole('button', { name: t.setup.create }).click();
  await expect(field(visitor, t.setup.workspace)).toBeFocused();
  await take(visitor, t.language, 'set-up-wrong');
  await fresh.stop();
  await visitor.goto(`/setup/${'x'.repeat(43)}`);
  await expect(visitor.getByRole('heading', { name: t.setup.usedTitle })).toBeVisible();
  await take(visitor, t.language, 'set-up-used');
  await visitor.goto('/sign-in');
  await expect(field(visitor, t.signIn.email)).toBeVisible();
  await take(visitor, t.language, 'sign-in');
  const invited = await page.request.post('/api/v1/members/invitations', {
    data: { email: 'bruno@acme.test', role: 'manager' },
  });
  const { link } = (await invited.json()) as { link: string }; // the contract's answer
  await visitor.goto(link);
  await expect(field(visitor, t.join.name)).toBeVisible();
  await take(visitor, t.language, 'join');
});

test('screenshots of empty pages', async ({ open, t }) => {
  const fresh = await startVif();
  const page = await open(null);
  const token = new URL(fresh.setupLink).pathname.split('/').at(-1);
  await page.request.post(`${fresh.address}/api/v1/setup/${token}`, {
    data: {
      workspace: 'Neuf',
      country: 'FR',
      name: 'Ana Martin',
      email: 'ana@neuf.test',
      password: 'a long enough password',
    },
  });
  for (const path of ['organisations', 'people', 'bin/organisations']) {
    await page.goto(`${fresh.address}/${path}`);
    await expect(page.getByRole('heading', { level: 2 })).toBeVisible();
    await take(page, t.language, `empty-${path.replace('/', '-')}`);
  }
  await fresh.stop();
});

test('screenshots of records', async ({ page, open, memberWith, t, watch }) => {
  watch.allow(400, /\/api\/v1\//);
  watch.allow(404, /\/api\/v1\//);
  watch.allow(412, /\/api\/v1\//);
  await memberWith('manager', 'Élodie Fournier');
  await memberWith('user', 'Karim Benali');
  const cities = ['Paris', 'Lyon', 'Marseille', 'Lille', 'Nantes', 'Strasbourg', 'Bordeaux'];
  const kinds = ['Banque privée', 'Assurance', 'Family office', 'Société de gestion', 'CGP'];
  const names = [
    'Gravity Investments',
    'Financière de l’Échiquier',
    'Crédit du Léman',
    'Maison Durand',
    'Atlas Patrimoine',
  ];
  await importOrganisations(
    page.request,
    Array.from(
      { length: 60 },
      (_, place) => `${names[place % 5]} ${place + 1},${cities[place % 7]},${kinds[place % 5]}`,
    ),
  );
  const { id } = await makeOrganisation(page.request, {
    name: 'Compagnie Financière du Grand-Ouest',
    category: 'Société de gestion',
    siren: '732829320',
    annualRevenue: 60_000_000,
    email: 'contact@grand-ouest.example',
    phone: '02 40 12 34 56',
    website: 'https://www.grand-ouest.example',
    address: '12, quai de la Fosse',
    postalCode: '44000',
    city: 'Nantes',
    country: 'FR',
    notes:
      'Rencontrés au salon Patrimonia.\n\nVeulent une présentation du fonds obligataire avant la fin du trimestre.',
  });
  const people = [
    ['Lucie', 'Marchand', 'Directrice financière'],
    ['Hugo', 'Petit', 'Gérant'],
    ['Inès', 'Le Goff', 'Analyste'],
  ] as const;
  let person = '';
  for (const [firstName, lastName, jobTitle] of people) {
    const email = `${lastName.replace(' ', '')}@grand-ouest.example`.toLowerCase();
    const made = await makePerson(page.request, {
      firstName,
      lastName,
      jobTitle,
      email,
      phone: '06 12 34 56 78',
      organisationId: id,
    });
    person = made.id;
  }
  const { id: binned } = await makeOrganisation(page.request, { name: 'Ancien Client SARL', city: 'Rouen' });
  await makePerson(page.request, { lastName: 'Vasseur', firstName: 'Rose', organisationId: binned });
  await page.request.delete(`/api/v1/organisations/${binned}`);

  const shots: Record<string, string> = {
    organisations: '/organisations',
    'organisations-filtered': '/organisations?city=Lyon&category=Assurance&sort=-annualRevenue',
    'organisations-none': '/organisations?q=introuvable',
    organisation: `/organisations/${id}`,
    'organisation-binned': `/organisations/${binned}`,
    'organisation-new': '/organisations/new',
    people: '/people',
    person: `/people/${person}`,
    'person-new': `/people/new?organisationId=${id}`,
    bin: '/bin/organisations',
    members: '/members',
    password: '/password',
    'not-found': '/nowhere',
    problem: '/organisations?sort=nonsense',
  };
  for (const [name, path] of Object.entries(shots)) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await take(page, t.language, name);
  }

  await page.goto('/organisations/new');
  await field(page, t.organisations.fields.name).fill('compagnie financiere du grand ouest');
  await field(page, t.organisations.fields.siren).fill('123');
  await expect(page.getByText(t.ui.duplicates(1))).toBeVisible();
  await page.getByRole('button', { name: t.organisations.save }).click();
  await expect(page.getByText(t.wrong('invalid_siren'))).toBeVisible();
  await take(page, t.language, 'organisation-new-wrong');

  await page.goto('/organisations');
  await page.getByRole('button', { name: t.ui.addFilter, exact: true }).click();
  await expect(page.getByRole('option').first()).toBeVisible();
  await take(page, t.language, 'list-filter');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: t.ui.display }).click();
  await expect(page.getByRole('checkbox').first()).toBeVisible();
  await take(page, t.language, 'list-display');
  await page.goto('/organisations');
  await page.getByRole('button', { name: t.app.account }).click();
  await expect(page.getByRole('button', { name: t.app.signOut })).toBeVisible();
  await take(page, t.language, 'account');
  await page.keyboard.press('Escape');
  await openPalette(page, t);
  await page.keyboard.type('grand');
  await expect(page.getByRole('option', { name: /Grand-Ouest/ }).first()).toBeVisible();
  await take(page, t.language, 'palette');

  await page.goto('/members');
  await page.getByRole('button', { name: t.members.invite, exact: true }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await take(page, t.language, 'invite');
  await page.getByRole('dialog').getByRole('textbox').fill('zoe@acme.test');
  await page.getByRole('button', { name: t.members.makeLink }).click();
  await expect(page.getByRole('button', { name: t.members.copy })).toBeVisible();
  await take(page, t.language, 'invite-link');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: t.members.removeOf('Karim Benali') }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await take(page, t.language, 'member-remove');

  await page.goto(`/organisations/${id}`);
  await page.getByRole('button', { name: t.ui.edit(t.organisations.fields.city) }).click();
  await expect(field(page, t.organisations.fields.city)).toBeFocused();
  await take(page, t.language, 'fact-edited');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: t.organisations.remove }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await take(page, t.language, 'organisation-remove');
  await page.keyboard.press('Escape');

  const theirs = await open(await memberWith('manager', 'Marc Roy'));
  await theirs.goto(`/organisations/${id}`);
  await changeFact(theirs, t, t.organisations.fields.city, 'Rennes');
  await expect(theirs.getByText('Rennes', { exact: true })).toBeVisible();
  await theirs.waitForLoadState('networkidle');
  await changeFact(page, t, t.organisations.fields.city, 'Vannes');
  await expect(page.getByRole('dialog', { name: t.ui.conflictTitle })).toBeVisible();
  await take(page, t.language, 'conflict');
  await page.goto('/api/docs');
  await expect(page.getByRole('link', { name: 'organisations', exact: true })).toBeVisible();
  await take(page, t.language, 'api-docs');
});
