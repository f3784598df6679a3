import { expectAccessible } from './accessible.ts';
import { field, goTo, notices, title } from './record-page.ts';
import { expect, test } from './test.ts';

test('who signs in comes to where they wanted to go, and leaves for good', async ({
  memberWith,
  open,
  t,
  watch,
}) => {
  const member = await memberWith('user');
  const page = await open(null);
  watch.allow(401, /\/api\/(v1\/me|auth\/sign-in\/email)$/);
  await page.goto('/people?sort=-lastName');
  await expect(title(page, t.signIn.title)).toBeVisible();
  await expectAccessible(page);

  await field(page, t.signIn.email).fill(member.email);
  await field(page, t.signIn.password).fill('not my password');
  await page.getByRole('button', { name: t.signIn.signIn }).click();
  await expect(page.getByRole('alert')).toContainText(t.problems.wrong_credentials.title);
  await expectAccessible(page);

  await field(page, t.signIn.password).fill(member.password);
  await page.keyboard.press('Enter');
  await expect(title(page, t.people.people)).toBeVisible();
  await expect(page).toHaveURL(/\/people\?sort=-lastName$/);

  await page.getByRole('button', { name: t.app.account }).click();
  await page.getByRole('button', { name: t.app.signOut }).click();
  await expect(title(page, t.signIn.title)).toBeVisible();
  await page.goBack();
  await expect(title(page, t.signIn.title)).toBeVisible();
});

test('a new password signs the other devices out', async ({ memberWith, open, t, watch }) => {
  const member = await memberWith('user');
  const page = await open(member);
  const other = await open(member);
  await other.goto('/organisations');
  await page.goto('/password');
  await expect(title(page, t.password.title)).toBeVisible();
  await expectAccessible(page);

  watch.allow(400, /\/me\/password$/);
  await field(page, t.password.current).fill(member.password);
  await field(page, t.password.next).fill('short');
  await page.getByRole('button', { name: t.password.save }).click();
  await expect(field(page, t.password.next)).toBeFocused();
  await field(page, t.password.next).fill('an even longer password');
  await page.getByRole('button', { name: t.password.save }).click();
  await expect(notices(page, t)).toContainText(t.password.done);

  watch.allow(401, /\/api\/v1\//);
  await goTo(other, t, t.app.people);
  await expect(title(other, t.signIn.title)).toBeVisible();
  await goTo(page, t, t.app.people);
  await expect(title(page, t.people.people)).toBeVisible();
});

test('language and colours are chosen and kept', async ({ page, t }) => {
  const other =
    t.language === 'fr' ? { name: 'English', title: 'People' } : { name: 'Français', title: 'Personnes' };
  await page.goto('/people');
  await page.getByRole('button', { name: t.app.account }).click();
  await expectAccessible(page);
  await page.getByRole('group', { name: t.app.colours }).getByText(t.app.dark).click();
  await page.getByRole('group', { name: t.app.language }).getByText(other.name).click();
  await expect(title(page, other.title)).toBeVisible();
  await page.reload();
  await expect(title(page, other.title)).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
});
