import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type VifProcesses, vifProcesses } from '../testing/vif-processes.ts';

/** One Vif for the file, through its life: seeded while nothing runs, then with the server running. */
let vif: VifProcesses;
let password: string;
let server: Awaited<ReturnType<VifProcesses['startServer']>>;
const email = 'camille.martin@demo.example';

beforeAll(async () => {
  vif = await vifProcesses();
  const seeded = await vif.run(['seed', '--organisations', '40', '--people', '60']);
  if (!seeded.stdout.includes('Added 40 organisations and 60 people in ')) throw new Error(seeded.stderr);
  password = /camille\.martin@demo\.example with the password (\S+)/.exec(seeded.stdout)?.[1] ?? '';
  server = await vif.startServer();
}, 60_000);
afterAll(async () => {
  await server?.stop();
  await vif?.remove();
}, 30_000);

const signIn = (secret: string) =>
  fetch(`${server.address}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: secret }),
  });
async function get(path: string, cookie: string) {
  const answer = await fetch(`${server.address}${path}`, { headers: { cookie } });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }; // JSON objects, all of them
}
const cookieOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');

describe('beside the running server', () => {
  it('an import is seen by the next read, and again creates none', async () => {
    const cookie = cookieOf(await signIn(password));
    const file = join(vif.folder, 'accounts.csv');
    await writeFile(
      file,
      '"ID","NAME","BILLINGCITY","BILLINGCOUNTRY","ANNUALREVENUE"\n' +
        '"001x1","Gravity Investments","FORT COLLINS","US","6.0E7"\n"001x2","Éole","Brest","FR",""\n"001x3","","","",""\n',
    );
    const asked = ['import', 'organisations', 'accounts.csv', '--as', email, '--workspace', 'demonstration'];
    const first = await vif.run(asked, { env: { LANG: 'fr_FR.UTF-8' } });
    expect(first.code, first.stderr).toBe(2);
    expect(first.stdout).toMatch(
      /ANNUALREVENUE +annualRevenue\n3 lignes\n2 créées\n0 mises à jour\n0 inchangées\n/,
    );
    const found = await get(`/api/v1/organisations?q=${encodeURIComponent('gràvity')}`, cookie);
    expect(found.body).toMatchObject({ total: 1, items: [{ annualRevenue: 60_000_000, country: 'US' }] });

    const again = await vif.run(asked, { env: { LANG: 'C', INIT_CWD: vif.folder } });
    expect(again.code).toBe(2);
    expect(again.stdout).toMatch(
      /3 rows\n0 created\n0 updated\n2 unchanged\n0 restored from the bin\n1 rejected\n/,
    );
    expect((await get('/api/v1/organisations/count', cookie)).body).toEqual({ total: 42 });

    const files = (await readdir(vif.folder)).filter((name) => name.includes('rejected')).toSorted();
    expect(files).toEqual(['accounts.rejected-2.csv', 'accounts.rejected.csv']);
    expect(await readFile(join(vif.folder, 'accounts.rejected.csv'), 'utf8')).toMatch(
      /^\uFEFFID,NAME,BILLINGCITY,BILLINGCOUNTRY,ANNUALREVENUE,line,reason\r\n001x3,,,,,4,NAME: À remplir\r\n$/,
    );
    const owner = await vif.owner();
    const { rows } = await owner.query('select count(*)::int as sessions from auth.session');
    expect(rows, 'the commands’ sessions have ended').toEqual([{ sessions: 1 }]);
  }, 60_000);

  it('a refusal and a mistake are a sentence and exit code 1', async () => {
    const empty = join(vif.folder, 'empty.csv');
    await writeFile(empty, '');
    const [refused, nobody, missing] = await Promise.all([
      vif.run(['import', 'people', empty, '--as', email]),
      vif.run(['import', 'people', empty, '--as', 'nobody@demo.example']),
      vif.run(['import', 'people', 'nowhere.csv', '--as', email]),
    ]);
    expect(refused).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'empty.csv: The file is empty. Nothing was imported.\n',
    });
    expect(nobody.code).toBe(1);
    expect(nobody.stderr).toMatch(
      /^No member of “Démonstration” has the e-mail nobody@demo\.example\. There is: aurelie\./,
    );
    expect(missing).toMatchObject({
      code: 1,
      stderr: `There is no file ${join(vif.folder, 'nowhere.csv')}.\n`,
    });
  }, 60_000);

  it('a new password works at once, the old one and every session no longer', async () => {
    const before = cookieOf(await signIn(password));
    expect((await get('/api/v1/me', before)).status).toBe(200);
    const changed = await vif.run(['password', email.toUpperCase()]);
    expect(changed).toMatchObject({ code: 0, stderr: '' });
    const next = /Password: (\S+)/.exec(changed.stdout)?.[1] ?? '';
    expect((await get('/api/v1/me', before)).status).toBe(401);
    expect((await signIn(password)).status).toBe(401);
    expect((await signIn(next)).status).toBe(204);

    const typed = await vif.run(['password', email, '--ask'], { input: 'un mot de passe choisi\n' });
    expect(typed).toMatchObject({
      code: 0,
      stdout: 'Camille Martin has a new password, and every session of theirs has ended.\n',
    });
    expect((await signIn('un mot de passe choisi')).status).toBe(204);
    const short = await vif.run(['password', email, '--ask'], { input: 'short\n' });
    expect(short).toMatchObject({
      code: 1,
      stderr: 'A password has 12 to 128 characters. Nothing was changed.\n',
    });
    expect((await signIn('un mot de passe choisi')).status).toBe(204);
  }, 60_000);
});
