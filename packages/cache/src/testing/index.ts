export { authorityContract } from './authority-contract.ts';
export type { OpenAuthority, OpenedAuthority } from './opened-authority.ts';
export { type OpenTier, tierContract } from './tier-contract.ts';
