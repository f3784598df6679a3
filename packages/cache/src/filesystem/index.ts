export { FilesystemTier, type FilesystemTierOptions } from './filesystem-tier.ts';
