import { expect, it } from 'vitest';
import { Cache } from '../cache.ts';
import { Refusals } from './refusals.ts';

it('an explanation says why what was loaded was not kept, until it is', async () => {
  let refused: string | undefined = 'it calls random()';
  const cache = new Cache({
    recorder: { record: async (load) => ({ value: await load(), tags: ['row'], refused }) },
  });
  await cache.getOrSet('a', () => 1);
  expect(await cache.explain('a')).toMatchObject({
    next: 'load: nothing is held; not kept: it calls random()',
    notKept: 'it calls random()',
  });
  expect(await cache.explain('b')).not.toHaveProperty('notKept');
  refused = undefined;
  await cache.getOrSet('a', () => 1);
  await cache.delete('a');
  expect((await cache.explain('a')).next).toBe('load: nothing is held');
});

it('the reasons of the last thousand keys are kept', () => {
  const refusals = new Refusals();
  refusals.refused('first', 'why');
  refusals.refused('second', 'why');
  refusals.refused('first', 'why');
  for (let at = 0; at < 999; at++) refusals.refused(`key ${at}`, 'why');
  expect(['first', 'second', 'key 0', 'key 998'].map((key) => refusals.of(key))).toEqual([
    'why',
    undefined,
    'why',
    'why',
  ]);
});
