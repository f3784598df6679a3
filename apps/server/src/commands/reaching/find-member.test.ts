import { afterAll, beforeAll, expect, it } from 'vitest';
import { startVif, type TestVif } from '../../testing/test-vif.ts';
import { findMember, findWorkspace } from './find-member.ts';
import { reachingTexts as english } from './texts.en.ts';
import { reachingTexts as french } from './texts.fr.ts';

let vif: TestVif;
beforeAll(async () => {
  vif = await startVif();
});
afterAll(() => vif.close());

const en = { texts: english };
const fr = { texts: french };
const find = (asked: string | undefined, context = en) => findWorkspace(vif.database.owner, asked, context);

it('takes the only workspace, one by its name whatever its accents and case, or by its id', async () => {
  await expect(find(undefined)).rejects.toThrow('There is no workspace yet: start Vif with “npm start”');
  const { id } = await vif.workspace('Étoile');
  expect(await find(undefined)).toEqual({ id, name: 'Étoile' });
  const other = await vif.workspace('Other');
  await expect(find(undefined)).rejects.toThrow('Name the workspace with --workspace: “Étoile”, “Other”.');
  await expect(find('Nowhere', fr)).rejects.toThrow(
    'Il n’y a pas d’espace « Nowhere ». Il y a : « Étoile », « Other ».',
  );
  expect(await find('etoile')).toMatchObject({ id });
  expect(await find(other.id)).toMatchObject({ name: 'Other' });
  const twin = await vif.workspace('Other');
  await expect(find('Other')).rejects.toThrow(/Several workspaces are called “Other”/);
  expect(await find(twin.id)).toMatchObject({ id: twin.id });
});

it('takes a member of the workspace by their e-mail, and lists them otherwise', async () => {
  const acme = await vif.workspace('Acme');
  const foreign = await vif.workspace('Foreign');
  const { owner } = vif.database;
  const emailOf = async (id: string) =>
    (await owner.query<{ email: string }>('select email from auth."user" where id = $1', [id])).rows[0]
      ?.email ?? '';
  const workspace = { id: acme.id, name: 'Acme' };
  const email = await emailOf(acme.user.userId);
  expect(await findMember(owner, workspace, ` ${email.toUpperCase()}`, en)).toBe(acme.user.userId);
  const stranger = await emailOf(foreign.admin.userId);
  await expect(findMember(owner, workspace, stranger, en)).rejects.toThrow(
    `No member of “Acme” has the e-mail ${stranger}. There is: `,
  );
  await expect(findMember(owner, workspace, undefined, en)).rejects.toThrow(email);
});
