import { copyFile, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { tierContract } from '../testing/tier-contract.ts';
import type { Stored } from '../tier.ts';
import { FilesystemTier, type FilesystemTierOptions } from './filesystem-tier.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vif-cache-'));
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(folder, { recursive: true });
});

tierContract('the filesystem tier', async (maxBytes) => {
  const own = await mkdtemp(join(tmpdir(), 'vif-cache-'));
  const tier = await FilesystemTier.open<unknown>({ folder: own, maxBytes });
  return { tier, close: () => rm(own, { recursive: true }) };
});

const open = (options: Partial<FilesystemTierOptions> = {}) =>
  FilesystemTier.open<unknown>({ folder, maxBytes: 1e6, ...options });
const stored = (value: unknown, expires = Date.now() + 3_600_000): Stored<unknown> => ({
  value,
  token: { epoch: 'e', sequence: 1, tags: [] },
  namespace: 'ns',
  storedAt: 0,
  expires,
  keptUntil: expires,
  bytes: 1,
});
const files = async () => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
};
const onlyFile = async () => {
  const [file, ...others] = await files();
  expect(others).toEqual([]);
  return file ?? '';
};

describe('the filesystem tier', () => {
  it('keeps what it holds when the process ends', async () => {
    await (await open({ sync: true })).set('k', stored(new Map([[1, 'one']])));
    const again = await open();
    expect((await again.get('k'))?.value).toEqual(new Map([[1, 'one']]));
    expect(again.bytes).toBe((await stat(await onlyFile())).size);
  });

  it('is for its user’s eyes only', async () => {
    await (await open()).set('k', stored('secret'));
    expect((await stat(await onlyFile())).mode & 0o777).toBe(0o600);
    expect(await onlyFile()).not.toContain('k:');
  });

  it('refuses a torn file at every length, and sweeps it', async () => {
    const tier = await open();
    await tier.set('k', stored({ text: 'a value of some length', list: [1, 2, 3] }));
    const file = await onlyFile();
    const whole = await readFile(file);
    for (let length = 0; length < whole.length; length++) {
      await writeFile(file, whole.subarray(0, length));
      expect(await tier.get('k')).toBeUndefined();
      expect(await files()).toEqual([]);
    }
    await writeFile(file, whole);
    expect(await tier.get('k')).toBeDefined();
  });

  it('refuses a file that was moved to another key’s place', async () => {
    const tier = await open();
    await tier.set('a', stored('of a'));
    const ofA = await onlyFile();
    await tier.set('b', stored('of b'));
    const ofB = (await files()).find((file) => file !== ofA) ?? '';
    await copyFile(ofA, ofB);
    expect(await tier.get('b')).toBeUndefined();
    expect((await tier.get('a'))?.value).toBe('of a');
  });

  it('sweeps what expired, what was emptied and what a crash left half written', async () => {
    const tier = await open();
    await tier.set('soon', stored('a', Date.now() + 50));
    await tier.set('late', stored('b'));
    await tier.set('never', stored('c', Infinity));
    await writeFile(join(folder, 'being-written', 'left'), 'half');
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 120_000 });
    const again = await open();
    expect(await files()).toHaveLength(2);
    await truncate((await files())[0] ?? '');
    await Promise.all(['soon', 'late', 'never'].map((key) => again.get(key)));
    expect(await files()).toHaveLength(1);
  });

  it('lets a file that is being written be, whose process may live', async () => {
    await open();
    await writeFile(join(folder, 'being-written', 'now'), 'half');
    await open();
    expect(await files()).toHaveLength(1);
  });

  it('stays within its bound also where several write, a tenth for each apart', async () => {
    const tiers = await Promise.all([open({ maxBytes: 200_000 }), open({ maxBytes: 200_000 })]);
    for (let at = 0; at < 100; at++)
      for (const [which, tier] of tiers.entries())
        await tier.set(`${which}:${at}`, stored(Buffer.alloc(5000, at)));
    const sizes = await Promise.all((await files()).map(async (file) => (await stat(file)).size));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(240_000);
    expect(sizes.length).toBeGreaterThan(20);
  });

  it('lets go first what nobody used for longest', async () => {
    const tier = await open({ maxBytes: 30_000 });
    for (const key of ['a', 'b', 'c', 'd', 'e']) await tier.set(key, stored(Buffer.alloc(5000)));
    await tier.get('a');
    await tier.set('f', stored(Buffer.alloc(5000)));
    const held = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((key) => tier.get(key)));
    expect(held.map((one) => one !== undefined)).toEqual([true, false, true, true, true, true]);
  });
});
