import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Position, Tag, Token } from '../authority.ts';
import { authorityModel, type Fate, runOf, type Step } from './authority-model.ts';
import { followingContract } from './following-contract.ts';
import type { OpenAuthority, OpenedAuthority } from './opened-authority.ts';
import { positionOf } from './position-of.ts';

/**
 * Registers the cases that every authority must hold, in the words of `Authority`.
 *
 * @example
 * describe('the memory authority', () => {
 *   authorityContract(async (capacity) => {
 *     const authority = new MemoryAuthority({ capacity });
 *     return { authority, forget: () => authority.forget(), close: () => {} };
 *   });
 * });
 */
export function authorityContract(open: OpenAuthority): void {
  const opened: OpenedAuthority[] = [];
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
  });
  async function fresh(capacity = 1000): Promise<OpenedAuthority> {
    const one = await open(capacity);
    opened.push(one);
    return one;
  }

  describe('a bump', () => {
    it('outdates tokens with one of its tags and no other', async () => {
      const { authority } = await fresh();
      const position = await positionOf(authority);
      expect(await authority.check({ ...position, tags: ['a'] })).toBe('current');
      await authority.bump(['a', 'b']);
      expect(await authority.check({ ...position, tags: ['a'] })).toBe('outdated');
      expect(await authority.check({ ...position, tags: ['c', 'b'] })).toBe('outdated');
      expect(await authority.check({ ...position, tags: ['c', 'ab', ''] })).toBe('current');
      expect(await authority.check({ ...position, tags: [] })).toBe('current');
    });

    it('outdates those from before it, and not one from after it', async () => {
      const { authority } = await fresh();
      const before = await positionOf(authority);
      await authority.bump(['a']);
      const between = await positionOf(authority);
      expect(await authority.check({ ...between, tags: ['a'] })).toBe('current');
      await authority.bump(['b']);
      expect(await authority.check({ ...before, tags: ['a'] })).toBe('outdated');
      expect(await authority.check({ ...between, tags: ['a'] })).toBe('current');
      await authority.bump(['a']);
      expect(await authority.check({ ...between, tags: ['a'] })).toBe('outdated');
      expect(await authority.check({ ...(await positionOf(authority)), tags: ['a', 'b'] })).toBe('current');
    });

    it('that is the first one outdates like any other', async () => {
      const { authority } = await fresh();
      await authority.bump(['a']); // when nobody asked for a position yet
      const position = await positionOf(authority);
      expect(await authority.check({ ...position, tags: ['a'] })).toBe('current');
      await authority.bump(['a']);
      expect(await authority.check({ ...position, tags: ['a'] })).toBe('outdated');
    });

    it('of no tag, of one named twice and of an iterator is one', async () => {
      const { authority } = await fresh();
      const position = await positionOf(authority);
      await authority.bump([]);
      expect(await authority.check({ ...position, tags: ['a'] })).toBe('current');
      await authority.bump(['a', 'a']);
      await authority.bump(new Set(['b']).values());
      for (const tag of ['a', 'b'])
        expect(await authority.check({ ...position, tags: [tag] })).toBe('outdated');
      const after = await positionOf(authority);
      expect(await authority.check({ ...after, tags: ['a', 'b'] })).toBe('current');
    });

    it('of one text is one tag, and of what is no list of texts is refused', async () => {
      const { authority } = await fresh();
      const position = await positionOf(authority);
      const text = 'orders';
      await authority.bump(text);
      expect(await authority.check({ ...position, tags: ['orders'] })).toBe('outdated');
      expect(await authority.check({ ...position, tags: ['o', 'r'] })).toBe('current');
      for (const odd of [undefined, 7, [undefined]]) {
        const tags = odd as unknown as string[]; // as a program without types would
        await expect((async () => authority.bump(tags))()).rejects.toThrow(TypeError);
      }
    });

    it('takes tags of any text', async () => {
      const { authority } = await fresh();
      const texts = [
        '',
        ' ',
        '\n',
        '0',
        '#1',
        '=a',
        'epoch',
        'sequence',
        'floor',
        '__proto__',
        'é',
        '\0',
        '🙂',
      ];
      for (const bumped of texts) {
        const position = await positionOf(authority);
        await authority.bump([bumped]);
        for (const tag of texts) {
          const verdict = await authority.check({ ...position, tags: [tag] });
          expect({ bumped, tag, verdict }).toEqual({
            bumped,
            tag,
            verdict: tag === bumped ? 'outdated' : 'current',
          });
        }
      }
    });

    it('outdates all of its tags at one moment, however many', async () => {
      const { authority } = await fresh(10_000);
      const tags = Array.from({ length: 5000 }, (_, i) => `tag ${i}`);
      const ends = [tags.slice(0, 1), tags.slice(-1)];
      const first = await positionOf(authority);
      const bumped = Promise.resolve(authority.bump(tags)).then(() => 'done');
      const positions: Position[] = [first];
      const seen: string[] = [];
      for (let i = 0; i < 20; i++) {
        positions.push(await positionOf(authority));
        for (const end of ends) seen.push(await authority.check({ ...first, tags: end }));
      }
      expect(await bumped).toBe('done');
      const outdated = seen.indexOf('outdated');
      expect(seen.slice(outdated).every((verdict) => verdict === 'outdated')).toBe(true);
      for (const position of positions) {
        const [one, other] = await Promise.all(
          ends.map(async (end) => authority.check({ ...position, tags: end })),
        );
        expect(one).toBe(other);
      }
      expect(await authority.check({ ...first, tags: ['another', ...tags] })).toBe('outdated');
    });
  });

  describe('who follows', () => {
    followingContract(fresh);
  });

  describe('a token', () => {
    it('is forgotten when the authority lost its memory, also after as many bumps as before', async () => {
      const { authority, forget } = await fresh();
      await authority.bump(['a']);
      const token = { ...(await positionOf(authority)), tags: ['b'] };
      await forget();
      expect(await authority.check(token)).toBe('forgotten');
      const next = await positionOf(authority);
      await authority.bump(['a']);
      await authority.bump(['a']);
      expect(await authority.check(token)).toBe('forgotten');
      expect(await authority.check({ ...next, tags: ['a'] })).toBe('outdated');
      expect(await authority.check({ ...next, tags: ['b'] })).toBe('current');
    });

    it('of an epoch that never was is forgotten', async () => {
      const { authority } = await fresh();
      const position = await positionOf(authority);
      expect(await authority.check({ ...position, epoch: '', tags: [] })).toBe('forgotten');
      expect(await authority.check({ ...position, epoch: `${position.epoch}0`, tags: [] })).toBe('forgotten');
    });

    it('is known while no more was bumped than the capacity, and never believed when more was', async () => {
      const { authority } = await fresh(10);
      const token: Token = { ...(await positionOf(authority)), tags: ['a'] };
      for (let i = 0; i < 9; i++) await authority.bump([`other ${i}`]);
      expect(await authority.check(token)).toBe('current');
      await authority.bump(['a']);
      expect(await authority.check(token)).toBe('outdated');
      for (let i = 0; i < 50; i++) {
        const recent = await positionOf(authority);
        await authority.bump([`another ${i}`]);
        expect(['outdated', 'forgotten']).toContain(await authority.check(token));
        expect(await authority.check({ ...recent, tags: ['a'] })).toBe('current');
        expect(await authority.check({ ...recent, tags: [`another ${i}`] })).toBe('outdated');
      }
    });

    it('from after a bump of more tags than the capacity is known', async () => {
      const { authority } = await fresh(10);
      const before = await positionOf(authority);
      const tags = Array.from({ length: 25 }, (_, i) => `tag ${i}`);
      await authority.bump(tags);
      for (const tag of tags)
        expect(await authority.check({ ...before, tags: [tag] })).toMatch(/outdated|forgotten/);
      expect(await authority.check({ ...(await positionOf(authority)), tags })).toBe('current');
    });
  });

  describe('any sequence of calls', () => {
    const tag = fc.constantFrom<Tag>('a', 'b', 'c', 'd', 'e', 'f');
    const step: fc.Arbitrary<Step> = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({ kind: fc.constant('bump'), tags: fc.array(tag, { maxLength: 4 }) }),
      },
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('position') }) },
      {
        weight: 6,
        arbitrary: fc.record({
          kind: fc.constant('check'),
          nth: fc.nat(50),
          tags: fc.array(tag, { maxLength: 3 }),
        }),
      },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('forget') }) },
    );
    const steps = fc.array(step, { minLength: 1, maxLength: 60 });

    it('is answered like by a list of all that happened', async () => {
      await expectFates(1000, ({ verdict, expected }) => {
        expect(verdict).toBe(expected);
      });
    });

    it('is answered so when memory is short, or with forgotten', async () => {
      const counted = { current: 0, outdated: 0, forgotten: 0, unreachable: 0 };
      await expectFates(4, ({ verdict, expected, bumpsSince }) => {
        counted[verdict]++;
        const mayForget = verdict === 'forgotten' && bumpsSince > 4;
        expect(verdict).toBe(mayForget ? 'forgotten' : expected);
      });
      expect(counted.current).toBeGreaterThan(0);
      expect(counted.forgotten).toBeGreaterThan(0);
      expect(counted.outdated).toBeGreaterThan(0);
    });

    async function expectFates(capacity: number, examine: (fate: Fate) => void): Promise<void> {
      const property = fc.asyncProperty(steps, async (taken) => {
        const one = await open(capacity);
        try {
          for await (const fate of runOf(taken, one, authorityModel())) examine(fate);
        } finally {
          await one.close();
        }
      });
      await fc.assert(property, { numRuns: 60 });
    }
  });
}
