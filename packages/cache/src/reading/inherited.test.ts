import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Awaitable } from '../authority.ts';
import { Cache } from '../cache.ts';
import { MemoryAuthority } from '../memory/memory-authority.ts';
import type { Recorded } from '../recorder.ts';

let authority: MemoryAuthority;
let cache: Cache;
beforeEach(() => {
  authority = new MemoryAuthority();
  cache = new Cache({ authority });
});

const part = (value = 'part') => cache.getOrSet('part', () => value, { tags: ['of the part'] });
const whole = (load: () => unknown) => cache.getOrSet('whole', load);

describe('a load depends on what it took from the cache', () => {
  it('that was loaded for it', async () => {
    await whole(() => part());
    authority.bump(['of the part']);
    expect(await whole(() => 'anew')).toBe('anew');
  });

  it('that was held', async () => {
    await part();
    await whole(() => part());
    authority.bump(['of the part']);
    expect(await whole(() => 'anew')).toBe('anew');
  });

  it('that another was loading', async () => {
    const gate = Promise.withResolvers<void>();
    const slow = () => cache.getOrSet('part', () => gate.promise, { tags: ['of the part'] });
    const first = slow();
    const outer = whole(slow);
    gate.resolve();
    await Promise.all([first, outer]);
    authority.bump(['of the part']);
    expect(await whole(() => 'anew')).toBe('anew');
  });

  it('by its own key alone, where nothing was held under it', async () => {
    await whole(async () => (await cache.get('part')) ?? 'none');
    expect(await whole(() => 'anew')).toBe('none');
    await cache.set('part', 'some');
    expect(await whole(() => 'anew')).toBe('anew');
  });

  it('through another cache', async () => {
    const other = new Cache({ authority });
    await whole(() => other.getOrSet('part', () => 1, { tags: ['of the part'] }));
    authority.bump(['of the part']);
    expect(await whole(() => 'anew')).toBe('anew');
  });

  it('and is held no longer than that', async () => {
    await whole(() => cache.getOrSet('part', () => 1, { ttl: 40 }));
    const { ttl } = await cache.read('whole', () => 'anew');
    expect(ttl).toBeLessThanOrEqual(40);
  });

  it('whoever else takes it meanwhile', async () => {
    await whole(() => sleep(5));
    await part();
    authority.bump(['of the part']);
    expect(await whole(() => 'anew')).toBeUndefined();
  });
});

describe('a load is not held', () => {
  it('that did without one that failed', async () => {
    const failing = () => cache.getOrSet('part', () => Promise.reject(new Error('no part')));
    await whole(() => failing().catch(() => 'without'));
    expect(await whole(() => 'anew')).toBe('anew');
  });

  it('that did without one that took too long', async () => {
    const late = () => cache.getOrSet('part', () => sleep(1_000), { hardTimeout: 5 });
    await whole(() => late().catch(() => 'without'));
    expect(await whole(() => 'anew')).toBe('anew');
  });
});

describe('with a recorder', () => {
  let found: Pick<Recorded<unknown>, 'tags' | 'refused'>;
  const recorder = {
    record: async <Value>(load: () => Awaitable<Value>): Promise<Recorded<Value>> => ({
      value: await load(),
      ...found,
    }),
  };
  beforeEach(() => {
    cache = new Cache({ authority, recorder });
  });

  it('a load depends on what was recorded, said and inherited', async () => {
    for (const tag of ['recorded', 'said', 'of the part']) {
      found = { tags: ['recorded'] };
      await cache.clear();
      await cache.getOrSet('whole', () => part(), { tags: ['said'] });
      authority.bump([tag]);
      expect(await whole(() => 'anew'), tag).toBe('anew');
    }
  });

  it('a refused one is given to its reader and not held, nor what was made of it', async () => {
    const refusals: unknown[] = [];
    cache.events.on('unstored', ({ why, error }) => refusals.push([why, error]));
    found = { tags: [], refused: 'it reads the clock' };
    const outcome = await cache.read('whole', () => part());
    expect(outcome).toMatchObject({ value: 'part', stored: false, refused: 'it reads the clock' });
    expect(refusals).toContainEqual(['refused', 'it reads the clock']);
    found = { tags: ['recorded'] };
    expect(await part('again')).toBe('again');
    expect(await whole(() => 'anew')).toBe('anew');
  });

  it('one that nobody says anything of is not held', async () => {
    found = { tags: [] };
    await whole(() => 'of nothing');
    expect(await whole(() => 'anew')).toBe('anew');
  });
});
