import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { Cache } from './cache.ts';
import { ProtectedKey } from './keys/protected-key.ts';
import { MemoryAuthority } from './memory/memory-authority.ts';
import type { Namespace } from './namespace.ts';

let authority: MemoryAuthority;
let here: Cache<string>;
let there: Cache<string>;
beforeEach(() => {
  authority = new MemoryAuthority();
  here = new Cache({ authority, maxBytes: 1e6 });
  there = new Cache({ authority, maxBytes: 1e6 });
});

const by = (tag: string) => ({ tags: [tag] });
/** Which of the keys a cache still has; `namespace:key`, or `namespace@scope:key`. */
async function held(cache: Cache<string>, full: readonly string[]): Promise<string[]> {
  const found = await Promise.all(full.map(async (one) => (await ofFull(cache, one).get()) !== undefined));
  return full.filter((_, at) => found[at]);
}
function ofFull(cache: Cache<string>, full: string) {
  const [, name = '', scope, key = ''] = /^([^:@]*)(?:@([^:]*))?:(.*)$/.exec(full) ?? [];
  const namespace: Namespace<string> = cache.namespace(
    name,
    scope === undefined ? {} : { scope: () => scope },
  );
  return {
    get: () => namespace.get(key),
    load: (load: () => Promise<string>) => namespace.read(key, load, by(`tag of ${full}`)),
  };
}

const all = ['orders:1', 'orders:2', 'orders@acme:1', 'rows:1', ':1', ':orders'];
const ways: readonly [string, (cache: Cache<string>) => Promise<void>, readonly string[]][] = [
  ['a key', (cache) => cache.namespace('orders').delete('1'), ['orders:1']],
  ['keys', (cache) => cache.namespace('orders').deleteMany(['1', '2', '3']), ['orders:1', 'orders:2']],
  ['a key of the root', (cache) => cache.delete('1'), [':1']],
  [
    'a key in a scope',
    (cache) => cache.namespace('orders', { scope: () => 'acme' }).delete('1'),
    ['orders@acme:1'],
  ],
  ['a tag', (cache) => cache.invalidateTags(['tag of rows:1', 'tag of :1', 'unknown']), ['rows:1', ':1']],
  ['a tag that is a text', (cache) => cache.invalidateTags('tag of rows:1'), ['rows:1']],
  ['a namespace', (cache) => cache.namespace('orders').clear(), ['orders:1', 'orders:2', 'orders@acme:1']],
  ['a full key', (cache) => cache.invalidatePattern('orders@acme:1'), ['orders@acme:1']],
  ['a pattern in a namespace', (cache) => cache.invalidatePattern('orders:1*'), all.slice(0, 3)],
  ['a pattern in a scope', (cache) => cache.invalidatePattern('orders@acme:?'), all.slice(0, 3)],
  ['a pattern in the root', (cache) => cache.invalidatePattern(':*'), [':1', ':orders']],
  ['a pattern over namespaces', (cache) => cache.invalidatePattern('orders*'), all],
  ['everything', (cache) => cache.clear(), all],
  ['everything by pattern', (cache) => cache.invalidatePattern('*'), all],
];

describe.each(ways)('invalidating %s', (_, invalidate, reached) => {
  const left = all.filter((key) => !reached.includes(key));

  it('reaches that and nothing else, also in another cache’s memory', async () => {
    for (const cache of [here, there])
      for (const key of all) await ofFull(cache, key).load(async () => 'old');
    expect(await held(there, all)).toEqual(all);
    await invalidate(here);
    expect(await held(here, all)).toEqual(left);
    expect(await held(there, all)).toEqual(left);
  });

  it('reaches what is being loaded, whose value is given out and not kept', async () => {
    const over = Promise.withResolvers<string>();
    const loads = [here, there].flatMap((cache) =>
      all.map((key) => ofFull(cache, key).load(() => over.promise)),
    );
    await Promise.resolve();
    await invalidate(here);
    over.resolve('old');
    const outcomes = await Promise.all(loads);
    expect(outcomes.map(({ value }) => value)).toEqual(Array(12).fill('old'));
    expect(outcomes.map(({ stored }) => stored)).toEqual([...all, ...all].map((key) => left.includes(key)));
    expect(await held(there, all)).toEqual(left);
  });

  it('is told once to who listens', async () => {
    const told: unknown[] = [];
    here.events.on('invalidated', (what) => told.push(what));
    await invalidate(here);
    expect(told).toHaveLength(1);
  });

  it('throws when the authority cannot be told', async () => {
    const down = new Cache<string>({
      authority: {
        position: () => undefined,
        check: () => 'unreachable',
        bump: () => Promise.reject(new Error('down')),
      },
    });
    await expect(invalidate(down)).rejects.toThrow('down');
  });
});

describe('a pattern', () => {
  it('invalidates at least what matches, whatever it is', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ':', '@', '%', '*', '?', '4', '0', '\ud800') });
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.option(text, { nil: undefined }),
        text,
        fc.nat(),
        async (name, scope, key, cut) => {
          const namespace = here.namespace(name, scope === undefined ? {} : { scope: () => scope });
          await namespace.set(key, 'a');
          const { key: full } = await namespace.explain(key);
          await here.invalidatePattern(`${full.slice(0, cut % (full.length + 1))}*`);
          expect(await namespace.get(key)).toBeUndefined();
        },
      ),
    );
  });

  it.each(['100%:*', '%zz:*', '%ff@x:*', '%E9:a'])(
    '%s that no key can match is no error',
    async (pattern) => {
      await here.set('a', 'a');
      await here.invalidatePattern(pattern);
      expect(await here.get('a')).toBe('a');
    },
  );
});

describe('a protected prefix', () => {
  const jobs = ['jobs:', 'whatsapp'];
  let guarded: Cache<string>;
  beforeEach(() => {
    guarded = new Cache({ authority, maxBytes: 1e6, protect: jobs });
  });

  it.each<[string, (cache: Cache<string>) => Promise<unknown>]>([
    ['getOrSet', (cache) => cache.namespace('jobs').getOrSet('1', () => 'a')],
    ['read', (cache) => cache.namespace('jobs').read('1', () => 'a')],
    ['wrap', (cache) => cache.namespace('jobs').wrap('a', () => 'a')()],
    ['get', (cache) => cache.namespace('jobs').get('1')],
    ['getMany', (cache) => cache.namespace('jobs').getMany(['1'])],
    ['set', (cache) => cache.namespace('jobs').set('1', 'a')],
    ['delete', (cache) => cache.namespace('jobs').delete('1')],
    ['clear', (cache) => cache.namespace('jobs').clear()],
    ['explain', (cache) => cache.namespace('jobs').explain('1')],
    ['no namespace', (cache) => cache.set('jobs:1', 'a')],
    ['a scope', (cache) => cache.namespace('whatsapp', { scope: () => 'acme' }).get('1')],
    ['a longer name', (cache) => cache.namespace('whatsapp2').clear()],
    ['a full key', (cache) => cache.invalidatePattern('jobs:1')],
    ['a pattern', (cache) => cache.invalidatePattern('jobs:*')],
  ])('is refused by %s, as a rejection', async (_, use) => {
    await expect(use(guarded)).rejects.toThrow(ProtectedKey);
    expect(guarded.memory?.entries).toBe(0);
  });

  it('keeps nobody from what only looks like it', async () => {
    await guarded.set('my jobs:1', 'a');
    await guarded.namespace('my jobs').set('1', 'b');
    expect([await guarded.get('my jobs:1'), await guarded.namespace('my jobs').get('1')]).toEqual(['a', 'b']);
  });
});
