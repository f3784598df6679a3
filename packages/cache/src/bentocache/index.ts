export { type TierDriverOptions, type TierDriverResult, tierDriver } from './tier-driver.ts';
