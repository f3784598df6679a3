import { expect, it, vi } from 'vitest';
import { ApiProblem } from './api-problem.ts';
import type { Conflict } from './conflict.ts';
import { saveVersioned } from './save-versioned.ts';

type Fields = { name: string; city: string };
type Ask = (conflicts: Conflict<Fields>[]) => Promise<string[]>;

/** A record on a server that refuses an outdated version, as Vif's does. */
function server(current: Fields, version: number) {
  const sent: Partial<Fields>[] = [];
  return {
    sent,
    send: (change: Partial<Fields>, etag: string | undefined): Promise<Fields> => {
      sent.push(change);
      if (etag !== `"${version}"`) {
        return Promise.reject(new ApiProblem(412, { code: 'version_outdated', current }, `"${version}"`));
      }
      return Promise.resolve({ ...current, ...change });
    },
  };
}

const before = { name: 'Vif', city: 'Lyon' };
const fieldsOf = (record: unknown) => record as Fields; // the server above answers nothing else
const never = () => Promise.reject(new Error('asked'));

it('sends once when nobody else saved', async () => {
  const { send, sent } = server(before, 1);
  const saved = await saveVersioned({
    before,
    etag: '"1"',
    change: { city: 'Nice' },
    send,
    fieldsOf,
    ask: never,
  });
  expect(saved).toEqual({ name: 'Vif', city: 'Nice' });
  expect(sent).toHaveLength(1);
});

it('sends again by itself, upon the newer version, when the others changed other fields', async () => {
  const { send, sent } = server({ name: 'Vif SA', city: 'Lyon' }, 2);
  const saved = await saveVersioned({
    before,
    etag: '"1"',
    change: { city: 'Nice' },
    send,
    fieldsOf,
    ask: never,
  });
  expect(saved).toEqual({ name: 'Vif SA', city: 'Nice' });
  expect(sent).toEqual([{ city: 'Nice' }, { city: 'Nice' }]);
});

it('asks when both changed a field, and sends what the person keeps', async () => {
  const { send, sent } = server({ name: 'Vif SA', city: 'Paris' }, 2);
  const ask = vi.fn<Ask>(() => Promise.resolve(['city']));
  const change = { city: 'Nice', name: 'Vif SAS' };
  const saved = await saveVersioned({ before, etag: '"1"', change, send, fieldsOf, ask });
  expect(ask).toHaveBeenCalledExactlyOnceWith([
    { field: 'city', before: 'Lyon', theirs: 'Paris', mine: 'Nice' },
    { field: 'name', before: 'Vif', theirs: 'Vif SA', mine: 'Vif SAS' },
  ]);
  expect(sent.at(-1)).toEqual({ name: 'Vif SAS' });
  expect(saved).toEqual({ name: 'Vif SAS', city: 'Paris' });
});

it('saves nothing when the person goes back to editing', async () => {
  const { send, sent } = server({ name: 'Vif', city: 'Paris' }, 2);
  const ask = () => Promise.resolve(undefined);
  const saved = await saveVersioned({ before, etag: '"1"', change: { city: 'Nice' }, send, fieldsOf, ask });
  expect(saved).toBeUndefined();
  expect(sent).toHaveLength(1);
});

it('asks again only about what changed since it asked', async () => {
  const states = [
    { name: 'Vif', city: 'Paris' },
    { name: 'Vif', city: 'Nantes' },
  ];
  const ask = vi.fn<Ask>(() => Promise.resolve([]));
  let version = 1;
  const send = (change: Partial<Fields>) => {
    const current = states.shift();
    if (!current) return Promise.resolve({ ...before, ...change });
    version++;
    return Promise.reject(new ApiProblem(412, { code: 'version_outdated', current }, `"${version}"`));
  };
  await saveVersioned({ before, etag: '"1"', change: { city: 'Nice' }, send, fieldsOf, ask });
  expect(ask.mock.calls).toEqual([
    [[{ field: 'city', before: 'Lyon', theirs: 'Paris', mine: 'Nice' }]],
    [[{ field: 'city', before: 'Paris', theirs: 'Nantes', mine: 'Nice' }]],
  ]);
});

it('gives up on a record that somebody changes faster than it can be sent', async () => {
  const send = vi.fn<() => Promise<never>>(() =>
    Promise.reject(new ApiProblem(412, { code: 'version_outdated', current: before }, '"x"')),
  );
  const save = saveVersioned({ before, etag: '"1"', change: { city: 'Nice' }, send, fieldsOf, ask: never });
  await expect(save).rejects.toMatchObject({ code: 'version_outdated' });
  expect(send.mock.calls.length).toBeLessThan(10);
});

it('lets every other problem through', async () => {
  const send = () => Promise.reject(new ApiProblem(403, { code: 'not_owner' }, undefined));
  const save = saveVersioned({ before, etag: '"1"', change: { city: 'Nice' }, send, fieldsOf, ask: never });
  await expect(save).rejects.toMatchObject({ code: 'not_owner' });
});
