import { expectAccessible } from './accessible.ts';
import { fact, field, goTo, notices, openPalette, title } from './record-page.ts';
import { makeOrganisation } from './records.ts';
import { expect, test } from './test.ts';

test('a member comes by a one-time link, and sees what their role allows', async ({
  page,
  open,
  t,
  watch,
}) => {
  const { id } = await makeOrganisation(page.request, { name: 'Of the administrator' });
  await page.goto('/members');
  await expect(title(page, t.members.title)).toBeVisible();
  await page.getByRole('button', { name: t.members.invite, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('radio', { name: t.members.roles.user })).toBeChecked();
  await expectAccessible(page);
  await dialog.getByRole('textbox', { name: t.members.email }).fill('Bruno@Acme.test');
  await dialog.getByRole('button', { name: t.members.makeLink }).click();

  await expect(dialog.getByRole('heading', { name: t.members.linkTitle })).toBeVisible();
  await expectAccessible(page);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await dialog.getByRole('button', { name: t.members.copy }).click();
  await expect(dialog.getByText(t.members.copied)).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await expect(dialog.getByRole('textbox', { name: t.members.link })).toHaveValue(link);
  await dialog.getByRole('button', { name: t.members.done }).click();
  await expect(page.getByRole('heading', { name: t.members.invitations })).toBeVisible();
  await expectAccessible(page);

  const bruno = await open(null);
  await bruno.goto(link);
  await expect(title(bruno, t.join.title('Acme'))).toBeVisible();
  await expect(bruno.getByText(t.join.newcomer('bruno@acme.test'))).toBeVisible();
  await expectAccessible(bruno);
  await field(bruno, t.join.name).fill('Bruno Roux');
  await field(bruno, t.join.password).fill('a long enough password');
  await bruno.getByRole('button', { name: t.join.join }).click();
  await expect(title(bruno, t.organisations.organisations)).toBeVisible();

  const late = await open(null);
  watch.allow(404, /\/api\/v1\/invitations\//);
  await late.goto(link);
  await expect(title(late, t.join.invalidTitle)).toBeVisible();
  await expectAccessible(late);

  await expect(bruno.getByRole('link', { name: t.app.bin })).toBeVisible();
  await expect(bruno.getByRole('link', { name: t.app.members })).toBeHidden();
  await expect(bruno.getByRole('link', { name: t.organisations.create }).first()).toBeVisible();
  await bruno.goto(`/organisations/${id}`);
  await expect(fact(bruno, t.organisations.fields.name)).toHaveText('Of the administrator');
  await expect(bruno.getByRole('button', { name: t.organisations.remove })).toBeHidden();
  await expect(bruno.getByRole('button', { name: t.ui.edit(t.organisations.fields.name) })).toBeHidden();
  watch.allow(403, /\/api\/v1\/members$/);
  await bruno.goto('/members');
  await expect(bruno.getByRole('alert')).toContainText(t.problems.forbidden.title);
  await expectAccessible(bruno);
});

test('a new role counts from the next request on', async ({ page, memberWith, open, t, watch }) => {
  const member = await memberWith('user', 'Claire Petit');
  const theirs = await open(member);
  await theirs.goto('/organisations');
  await expect(title(theirs, t.organisations.organisations)).toBeVisible();

  await page.goto('/members');
  await page.getByRole('combobox', { name: t.members.roleOf(member.name) }).click();
  await page.getByRole('option', { name: t.members.roles.readonly }).click();
  await expect(notices(page, t)).toContainText(t.members.roleChanged(member.name, t.members.roles.readonly));

  watch.allow(401, /\/api\/v1\//);
  await goTo(theirs, t, t.app.people);
  await expect(title(theirs, t.signIn.title)).toBeVisible();
  await field(theirs, t.signIn.email).fill(member.email);
  await field(theirs, t.signIn.password).fill(member.password);
  await theirs.getByRole('button', { name: t.signIn.signIn }).click();
  await expect(title(theirs, t.people.people)).toBeVisible();
  await expect(theirs.getByRole('link', { name: t.people.create })).toBeHidden();
  await openPalette(theirs, t);
  await expect(theirs.getByRole('option', { name: t.app.changePassword })).toBeVisible();
  await expect(theirs.getByRole('option', { name: t.app.newPerson })).toBeHidden();
  await expect(theirs.getByRole('option', { name: t.app.members })).toBeHidden();
});

test('who is removed is out at once, and somebody else has their records', async ({
  page,
  memberWith,
  open,
  t,
  watch,
}) => {
  const leaving = await memberWith('user', 'David Moreau');
  const successor = await memberWith('manager', 'Emma Laurent');
  const theirs = await open(leaving);
  await theirs.goto('/organisations');
  const { id } = await makeOrganisation(theirs.request, { name: 'Of who leaves' });

  await page.goto('/members');
  await page.getByRole('button', { name: t.members.removeOf(leaving.name) }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(t.members.removeMoves(1, 0));
  await expectAccessible(page);
  await dialog.getByRole('combobox', { name: t.members.successor }).click();
  await page.getByRole('option', { name: successor.name }).click();
  await dialog.getByRole('button', { name: t.members.remove }).click();
  await expect(notices(page, t)).toContainText(t.members.removed(leaving.name));
  await expect(page.getByRole('rowheader', { name: leaving.name })).toBeHidden();

  await page.goto(`/organisations/${id}`);
  await expect(fact(page, t.organisations.fields.ownerId)).toHaveText(successor.name);
  watch.allow(401, /\/api\/v1\//);
  await goTo(theirs, t, t.app.people);
  await expect(title(theirs, t.signIn.title)).toBeVisible();
});
