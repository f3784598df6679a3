import type { Policy } from './policy.ts';

/** The part of the cache that the small queue may take before it has to give. */
const smallShare = 0.1;

/** Uses that count. */
const mostUses = 3;

/** Uses in the small queue that take an entry to the main one. */
const usesForMain = 2;

/**
 * S3-FIFO by the letter of its paper (Yang et al., SOSP 2023, algorithm 1), with Maps as queues: a small queue of a tenth,
 * a main queue of the rest, and as many ghosts as the main queue has entries.
 */
export function plainS3Fifo(size: number): Policy {
  /** Uses by key, the oldest key first; so is `main`. */
  const small = new Map<string, number>();
  const main = new Map<string, number>();
  const ghosts = new Set<string>();
  const smallSize = Math.max(1, Math.round(size * smallShare));
  const mainSize = size - smallSize;

  function evictFromMain(): void {
    for (const [key, uses] of main) {
      main.delete(key);
      if (uses === 0) return;
      main.set(key, uses - 1);
    }
  }

  function evictFromSmall(): void {
    for (const [key, uses] of small) {
      small.delete(key);
      if (uses < usesForMain) {
        remember(key);
        return;
      }
      if (main.size >= mainSize) evictFromMain();
      main.set(key, 0);
    }
  }

  function remember(key: string): void {
    ghosts.add(key);
    for (const oldest of ghosts) {
      if (ghosts.size <= mainSize) return;
      ghosts.delete(oldest);
    }
  }

  return {
    use(key) {
      const queue = small.has(key) ? small : main;
      const uses = queue.get(key);
      if (uses === undefined) return false;
      if (uses < mostUses) queue.set(key, uses + 1);
      return true;
    },
    add(key) {
      while (small.size + main.size >= size) {
        if (small.size >= smallSize || main.size === 0) evictFromSmall();
        else evictFromMain();
      }
      const queue = ghosts.delete(key) ? main : small;
      queue.set(key, 0);
    },
  };
}
