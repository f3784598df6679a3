import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Asker, startVif, type TestVif } from '../testing/test-vif.ts';

let vif: TestVif;
let admin: Asker;
beforeAll(async () => {
  vif = await startVif();
  ({ admin } = await vif.workspace('Acme'));
});
afterAll(() => vif.close());

/** Fields of free text and how long each may be. */
const kinds = [
  {
    path: '/api/v1/organisations',
    required: 'name',
    lengths: { name: 200, category: 100, address: 500, postalCode: 20, city: 100, notes: 20_000 },
  },
  {
    path: '/api/v1/people',
    required: 'lastName',
    lengths: { lastName: 100, firstName: 100, jobTitle: 150, notes: 20_000 },
  },
];

// oxlint-disable-next-line no-control-regex -- control characters are exactly what it looks for
const controls = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/;

const nasty = [
  `'; drop table data.organisations; --`,
  `" or ""="`,
  `$1 \${process.env.HOME} {{7*7}} %s %d \\u0041 \\' \\`,
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  '</textarea><svg/onload=alert(1)>',
  `=cmd|' /C calc'!A0`,
  '%_%_\\%',
  'null',
  'NaN',
  '[object Object]',
  '__proto__',
  'مرحبا \u202Eevil\u202C שלום',
  '👩‍👩‍👧‍👦🏳️‍🌈',
  'e\u0301\u0327 ﬁ ½ İı ẞ Σς',
  'a\tb\r\nc',
  '\u200B\u2060zero',
  '北京 東京 서울',
  '𠀀𝒳',
  '\uFFFE\uFFFF\uFFFD',
];

/** Any text that may be stored, of at most `max` UTF-16 units. */
const textOf = (max: number) =>
  fc
    .oneof(
      fc.constantFrom(...nasty),
      fc.string({ unit: 'binary', maxLength: Math.min(max, 300) }),
      fc.string({ unit: 'grapheme', maxLength: Math.min(max, 300) }),
      fc.string({ unit: 'grapheme', minLength: Math.floor(max / 2), maxLength: max }),
    )
    .map((text) => text.slice(0, max).toWellFormed())
    .filter((text) => !controls.test(text));

for (const { path, required, lengths } of kinds) {
  describe(path, () => {
    const bodies = fc
      .record(Object.fromEntries(Object.entries(lengths).map(([field, max]) => [field, textOf(max)])))
      .filter((body) => body[required]?.trim() !== '');
    const stored = (body: Record<string, string>) =>
      Object.fromEntries(Object.entries(body).map(([field, text]) => [field, text.trim() || null]));

    it('gives every text back as it was typed, when made, read, changed and listed', async () => {
      const { id } = (await admin.ask(path, { body: { [required]: 'x' } })).json();
      await fc.assert(
        fc.asyncProperty(bodies, bodies, async (first, second) => {
          const made = await admin.ask(path, { body: first });
          expect(made.statusCode, made.body).toBe(201);
          expect(made.json()).toMatchObject(stored(first));
          expect((await admin.ask(`${path}/${made.json().id}`)).json()).toMatchObject(stored(first));
          const changed = await admin.ask(`${path}/${id}`, {
            method: 'PATCH',
            body: second,
            headers: { 'if-match': '*' },
          });
          expect(changed.statusCode, changed.body).toBe(200);
          expect(changed.json()).toMatchObject(stored(second));
          const q = encodeURIComponent((second[required] ?? '').trim().slice(0, 200).toWellFormed());
          expect((await admin.ask(`${path}?q=${q}`)).statusCode).toBe(200);
        }),
        { numRuns: 40 },
      );
    }, 60_000);

    it.each(Object.keys(lengths))(
      'refuses control characters and halves of characters in %s, and names it',
      async (field) => {
        for (const bad of [
          'a\u0000b',
          '\u0001',
          'a\u001bb',
          'a\u007fb',
          'a\u009b31mb',
          '\ud800',
          'a\udc00b',
        ]) {
          const body = { [required]: 'x', [field]: bad };
          const answer = await admin.ask(path, { body });
          expect(answer.statusCode, JSON.stringify(bad)).toBe(400);
          expect(answer.json().errors).toMatchObject([{ path: [field], code: 'control_characters' }]);
        }
      },
    );

    it.each(Object.entries(lengths))(
      'refuses a %s of more than %i characters, and names it',
      async (field, max) => {
        const send = (length: number) =>
          admin.ask(path, { body: { [required]: 'x', [field]: 'é'.repeat(length) } });
        expect((await send(max)).statusCode).toBe(201);
        const answer = await send(max + 1);
        expect(answer.json()).toMatchObject({ status: 400, errors: [{ path: [field], code: 'too_big' }] });
      },
    );

    it.each(nasty)('takes %j for text to look for, and for nothing else', async (text) => {
      for (const name of ['q', ...(path.endsWith('people') ? ['jobTitle'] : ['category', 'city'])]) {
        const asked = `${name}=${encodeURIComponent(text)}`;
        const lists = [`${path}?${asked}`, `${path}/count?${asked}`];
        if (name === 'q')
          lists.push(`${path}/search?${asked}`, `${path}/duplicates?${required}=${encodeURIComponent(text)}`);
        for (const list of lists) {
          const answer = await admin.ask(list);
          expect(answer.statusCode, `${list}: ${answer.body}`).toBe(200);
        }
      }
    });
  });
}
