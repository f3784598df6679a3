import { expect, it } from 'vitest';
import { Trouble } from './trouble.ts';

const lost = { status: 0, headers: {}, text: 'ECONNRESET' };
const later = { status: 503, headers: { 'retry-after': '1' }, text: '{"code":"database_unavailable"}' };
const unknown = { status: 503, headers: {}, text: '{"code":"outcome_unknown"}' };

it('excuses nothing while all is well', async () => {
  const trouble = new Trouble();
  expect(trouble.watch()(lost)).toBe(false);
  await trouble.during(() => Promise.resolve());
  expect(trouble.watch()(later)).toBe(false);
});

it('excuses what was asked before, while or answered after something was disturbed', async () => {
  const trouble = new Trouble();
  const before = trouble.watch();
  let meanwhile = before;
  await trouble.during(() => {
    meanwhile = trouble.watch();
    return Promise.resolve();
  });
  for (const isExcuse of [before, meanwhile]) {
    for (const reply of [lost, later, unknown]) expect(isExcuse(reply)).toBe(true);
  }
});

it('excuses neither a fault nor a refusal that does not say when to come again', async () => {
  const trouble = new Trouble();
  await trouble.during(() => {
    const isExcuse = trouble.watch();
    expect(isExcuse({ ...later, headers: {} })).toBe(false);
    for (const status of [401, 404, 500]) expect(isExcuse({ ...later, status })).toBe(false);
    return Promise.resolve();
  });
});
