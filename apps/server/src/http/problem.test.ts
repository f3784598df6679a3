import { type Problem, problem, routes } from '@vif/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Asker, startVif, type TestVif } from '../testing/test-vif.ts';

let vif: TestVif;
let admin: Asker;
beforeAll(async () => {
  vif = await startVif();
  ({ admin } = await vif.workspace('Acme'));
});
afterAll(() => vif.close());

const organisations = routes['organisations.list'].path;

type Faulty = Problem & { errors: { path: string[]; message: string }[] };

describe('an error', () => {
  it('is problem details (RFC 9457) with a stable code and the request’s id', async () => {
    const answer = await vif.ask(organisations);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    const read = problem.parse(answer.json());
    expect(read).toMatchObject({ status: answer.statusCode, code: 'not_signed_in' });
    expect(read.requestId).toBe(answer.headers['x-request-id']);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('speaks the reader’s language, in its sentence and at each field', async () => {
    const ask = (language: string) =>
      admin.ask(organisations, {
        body: { email: 'x', siren: '1' },
        headers: { 'accept-language': language },
      });
    const french = (await ask('de, fr-CA;q=0.8, en;q=0.5')).json<Faulty>();
    const english = (await ask('fr;q=0.1, en-GB')).json<Faulty>();
    expect(french.detail).toBe('Corrigez les champs signalés et renvoyez. Rien n’a été enregistré.');
    expect(english.detail).toBe('Correct the fields marked and send again. Nothing was saved.');
    const messages = (answer: Faulty) =>
      Object.fromEntries(answer.errors.map(({ path, message }) => [path.join('.'), message]));
    expect(messages(french)).toEqual({
      name: 'À remplir',
      email: 'Ce n’est pas une adresse e-mail',
      siren: 'Ce n’est pas un SIREN : neuf chiffres dont la clé est juste',
    });
    expect(messages(english)).toMatchObject({ name: 'Fill this in', email: 'This is not an e-mail address' });
  });

  it('says what was wrong about a type, with what was really sent', async () => {
    const ask = (language: string) =>
      admin.ask(organisations, {
        body: { name: 12, active: 'yes' },
        headers: { 'accept-language': language },
      });
    const english = (await ask('en')).json().errors;
    expect(english[0]).toMatchObject({ path: ['name'], code: 'invalid_type' });
    expect(english[0].message).toMatch(/string.*number/);
    const french = (await ask('fr')).json().errors;
    expect(french[0].message).toMatch(/nombre|number/);
    expect(french[0].message).not.toMatch(/undefined/);
  });

  it('does not list two hundred countries', async () => {
    const { errors } = (await admin.ask(`${organisations}?country=Atlantis`)).json();
    expect(errors[0].path).toEqual(['country']);
    expect(errors[0].message.length).toBeLessThan(100);
  });
});

describe('every answer', () => {
  const everywhere = {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  };

  it('carries the security headers and an id of its own', async () => {
    const paths = [
      '/health',
      organisations,
      '/nowhere',
      '/api/v1/openapi.json',
      '/%zz',
      `/api/v1/people/${'x'.repeat(300)}`,
    ];
    const ids = new Set<unknown>();
    for (const path of paths) {
      const { headers } = await admin.ask(path);
      expect(headers, path).toMatchObject(everywhere);
      ids.add(headers['x-request-id']);
    }
    expect(ids.size).toBe(paths.length);
    expect(ids).not.toContain(undefined);
  });

  it('says nothing of what serves it', async () => {
    const { headers } = await admin.ask(organisations);
    expect(headers).not.toHaveProperty('server');
    expect(headers).not.toHaveProperty('x-powered-by');
  });

  it('of people’s data is kept by no shared cache', async () => {
    const { headers } = await admin.ask(organisations);
    expect(headers['cache-control']).toBe('private, no-cache');
    expect(headers['cache-status']).toMatch(/^vif; /);
  });
});

describe('a fault of ours', () => {
  it('answers 500 without its cause, which the log has under the same number', async () => {
    await vif.database.owner.query('alter view app.organisations rename column notes to canary_column');
    try {
      const answer = await admin.ask(organisations, { body: { name: 'x' } });
      expect(answer.statusCode).toBe(500);
      const { code, requestId, detail } = problem.parse(answer.json());
      expect(code).toBe('internal');
      expect(detail).toContain(requestId);
      expect(answer.body).not.toMatch(/canary|column|relation|select|organisations/i);
      const line = vif.logged.find((one) => one.includes(requestId) && one.includes('"level":50'));
      expect(line).toContain('42703');
    } finally {
      await vif.database.owner.query('alter view app.organisations rename column canary_column to notes');
    }
  });
});
