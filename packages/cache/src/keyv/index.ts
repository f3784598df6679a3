export { KeyvStore } from './keyv-store.ts';
export { KeyvTier, type KeyvTierOptions } from './keyv-tier.ts';
