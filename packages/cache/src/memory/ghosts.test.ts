import { describe, expect, it } from 'vitest';
import { Ghosts, hashOf } from './ghosts.ts';

const hashes = Array.from({ length: 1000 }, (_, at) => hashOf(`key ${at}`));

describe('ghosts', () => {
  it('are recalled once, and only from among the last', () => {
    const ghosts = new Ghosts(1000);
    for (const hash of hashes.slice(0, 100)) ghosts.remember(hash);
    expect([89, 90, 99].map((at) => ghosts.recall(hashes[at] ?? 0, 10))).toEqual([false, true, true]);
    expect(ghosts.recall(hashes[90] ?? 0, 10)).toBe(false);
    expect(ghosts.recall(hashOf('never remembered'), 100)).toBe(false);
  });

  it('are nearly as many as was asked for, in memory that does not grow', () => {
    const ghosts = new Ghosts(500);
    const { bytes } = ghosts;
    for (const hash of hashes) ghosts.remember(hash);
    const recalled = hashes.slice(500).filter((hash) => ghosts.recall(hash, 500));
    expect(recalled.length).toBeGreaterThan(400);
    expect(ghosts.bytes).toBe(bytes);
    expect(bytes).toBeLessThan(500 * 12);
  });
});
