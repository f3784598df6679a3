import { tierContract } from '../testing/tier-contract.ts';
import { MemoryTier } from './memory-tier.ts';

tierContract('the memory tier', (maxBytes) =>
  Promise.resolve({ tier: new MemoryTier<unknown>({ maxBytes }), close: () => Promise.resolve() }),
);
