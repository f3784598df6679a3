import { afterEach, describe, expect, it } from 'vitest';
import type { JointTier, Stored } from '../tier.ts';
import { positionOf } from './position-of.ts';
import { storedOf } from './stored-of.ts';

interface OpenedJointTier {
  readonly tier: JointTier<unknown>;
  close(this: void): Promise<void>;
}

/** Gives a fresh, empty tier whose leases end after so many milliseconds. */
export type OpenJointTier = (lease: number) => Promise<OpenedJointTier>;

/**
 * What every tier must hold that lies with its authority, besides `tierContract` and `authorityContract`.
 *
 * @example
 * jointTierContract('the Redis tier', async (lease) => {
 *   const store = new RedisStore({ connection, partition: randomUUID(), lease });
 *   await store.connected();
 *   return { tier: store.tier, close: async () => store.close() };
 * });
 */
export function jointTierContract(name: string, open: OpenJointTier): void {
  const opened: OpenedJointTier[] = [];
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
  });
  async function fresh(lease = 60_000): Promise<JointTier<unknown>> {
    const one = await open(lease);
    opened.push(one);
    return one.tier;
  }
  /** As a load that began now would give it. */
  async function loaded(
    tier: JointTier<unknown>,
    value: unknown,
    tags: readonly string[],
  ): Promise<Stored<unknown>> {
    return { ...storedOf(value), token: { ...(await positionOf(tier.authority)), tags } };
  }
  const expired = (stored: Stored<unknown>): Stored<unknown> => ({ ...stored, expires: Date.now() - 1000 });

  describe(`${name} keeps the contract of joint tiers`, () => {
    it('finds what was settled, as it was', async () => {
      const tier = await fresh();
      const { position } = await tier.look('k');
      const stored = { ...storedOf(new Map([[1n, undefined]])), token: { ...position, tags: ['a', ''] } };
      expect(await tier.settle('k', stored)).toBe('current');
      expect(await tier.look('k')).toStrictEqual({
        stored,
        missed: undefined,
        position,
        holder: undefined,
      });
      expect(await tier.get('k')).toStrictEqual(stored);
    });

    it('refuses what was bumped since it was read, and leaves what is held', async () => {
      const tier = await fresh();
      const old = await loaded(tier, 'old', ['a']);
      await tier.settle('k', await loaded(tier, 'held', ['b']));
      await tier.authority.bump(['a']);
      expect(await tier.settle('k', old)).toBe('outdated');
      expect(await tier.look('k')).toMatchObject({ stored: { value: 'held' } });
      expect(await tier.settle('k', { ...old, token: { ...old.token, epoch: 'another' } })).toBe('forgotten');
      expect(await tier.look('k')).toMatchObject({ stored: { value: 'held' } });
    });

    it('says of each miss why, and does not give what is not current', async () => {
      const tier = await fresh();
      await tier.settle('outdated', await loaded(tier, 1, ['a', 'b']));
      await tier.settle('current', await loaded(tier, 2, ['c']));
      await tier.set('forgotten', { ...storedOf(3), token: { epoch: 'another', sequence: 0, tags: [] } });
      await tier.authority.bump(['b']);
      for (const missed of ['absent', 'outdated', 'forgotten'] as const)
        expect(await tier.look(missed)).toMatchObject({ stored: undefined, missed });
      expect(await tier.look('current')).toMatchObject({ stored: { value: 2 }, missed: undefined });
    });

    it('gives with a miss where the authority stood before anything that follows', async () => {
      const tier = await fresh();
      await tier.authority.bump(['a']);
      const { position } = await tier.look('k');
      expect(position).toEqual(await positionOf(tier.authority));
      await tier.authority.bump(['a']);
      expect(await tier.settle('k', { ...storedOf(1), token: { ...position, tags: ['a'] } })).toBe(
        'outdated',
      );
      expect(await tier.settle('k', { ...storedOf(1), token: { ...position, tags: ['b'] } })).toBe('current');
    });

    it('answers all who ask at once each for their own key', async () => {
      const tier = await fresh();
      const keys = Array.from({ length: 450 }, (_, at) => `k${at}`);
      const stored = await loaded(tier, 0, ['a']);
      const large = Buffer.alloc(50_000, 7).toString('latin1');
      const value = (at: number) => (at % 10 === 0 ? large + at : at);
      const settled = keys.map(async (key, at) => {
        if (at % 3 > 0) await tier.settle(key, { ...stored, value: value(at) });
      });
      await Promise.all(settled);
      const looks = await Promise.all([...keys, ...keys].map((key) => tier.look(key)));
      for (const [at, { stored: found }] of looks.entries()) {
        const nth = at % keys.length;
        expect(found?.value).toBe(nth % 3 === 0 ? undefined : value(nth));
      }
    });

    it('holds no value beyond its time', async () => {
      const tier = await fresh();
      const stored = { ...(await loaded(tier, 1, [])), expires: Date.now() - 2, keptUntil: Date.now() - 1 };
      await tier.settle('k', await loaded(tier, 0, []));
      expect(await tier.settle('k', stored)).toBe('current');
      expect(await tier.look('k')).toMatchObject({ missed: 'absent' });
      await tier.settle('k', { ...stored, keptUntil: Date.now() + 100 });
      await expect.poll(async () => (await tier.look('k')).missed).toBe('absent');
    });

    it('clears, and what the authority knows stays', async () => {
      const tier = await fresh();
      const stored = await loaded(tier, 1, ['a']);
      await tier.settle('k', stored);
      await tier.clear('');
      expect(await tier.look('k', 'one')).toMatchObject({ missed: 'absent', holder: 'one' });
      expect(await tier.settle('k', stored)).toBe('current');
    });

    describe('a lease', () => {
      it('is one asker’s at a time, who may ask again, and is not given where nobody asks', async () => {
        const tier = await fresh();
        expect((await tier.look('k')).holder).toBeUndefined();
        const holders = await Promise.all(
          ['one', 'two', 'one'].map(async (asker) => (await tier.look('k', asker)).holder),
        );
        expect(holders).toEqual(['one', 'one', 'one']);
        expect((await tier.look('k')).holder).toBe('one');
        expect((await tier.look('another', 'two')).holder).toBe('two');
      });

      it('is given for a value that is outdated, forgotten or expired, and not for a fresh one', async () => {
        const tier = await fresh();
        await tier.settle('outdated', await loaded(tier, 1, ['a']));
        await tier.authority.bump(['a']);
        await tier.set('forgotten', storedOf(2));
        await tier.settle('expired', expired(await loaded(tier, 3, ['a'])));
        await tier.settle('fresh', await loaded(tier, 4, ['a']));
        expect(await tier.look('outdated', 'one')).toMatchObject({ missed: 'outdated', holder: 'one' });
        expect(await tier.look('forgotten', 'one')).toMatchObject({ missed: 'forgotten', holder: 'one' });
        expect(await tier.look('expired', 'one')).toMatchObject({ stored: { value: 3 }, holder: 'one' });
        expect(await tier.look('fresh', 'one')).toMatchObject({ stored: { value: 4 }, holder: undefined });
      });

      it('is let go of by its holder with a value, current or not, and without one', async () => {
        const tier = await fresh();
        const stored = await loaded(tier, 1, ['a']);
        const holderNow = async () => (await tier.look('k')).holder;
        await tier.look('k', 'one');
        await tier.settle('k', expired(stored), 'two');
        await tier.settle('k', expired(stored));
        await tier.release('k', 'two');
        expect(await holderNow()).toBe('one');
        await tier.settle('k', expired(stored), 'one');
        expect(await holderNow()).toBeUndefined();
        await tier.look('k', 'two');
        await tier.release('k', 'two');
        expect(await holderNow()).toBeUndefined();
        await tier.look('k', 'three');
        await tier.authority.bump(['a']);
        expect(await tier.settle('k', stored, 'three')).toBe('outdated');
        expect(await holderNow()).toBeUndefined();
      });

      it('ends by itself after its holder died, and not before if it is renewed', async () => {
        const tier = await fresh(300);
        await tier.look('dead', 'one');
        await tier.look('alive', 'one');
        await expect
          .poll(
            async () => {
              await tier.renew('alive', 'one');
              await tier.renew('dead', 'another');
              return (await tier.look('dead', 'two')).holder;
            },
            { interval: 20, timeout: 5000 },
          )
          .toBe('two');
        expect((await tier.look('alive', 'two')).holder).toBe('one');
      });
    });
  });
}
