import { MemoryTier } from './memory-tier.ts';
import { tierContract } from './testing/tier-contract.ts';

tierContract('the memory tier', (maxBytes) =>
  Promise.resolve({ tier: new MemoryTier<unknown>({ maxBytes }), close: () => Promise.resolve() }),
);
