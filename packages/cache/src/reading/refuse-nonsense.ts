import type { ReadOptions } from './read-options.ts';

/** Options that are amounts, and the most that they may be. */
const amounts = {
  ttl: Infinity,
  absentTtl: Infinity,
  jitter: 1,
  grace: Infinity,
  softTimeout: Infinity,
  hardTimeout: Infinity,
  refreshAhead: Infinity,
  bytes: Infinity,
} as const satisfies Partial<Record<keyof ReadOptions<never>, number>>;

/**
 * @throws {RangeError} for an amount that is none, such as a time that came of a missing setting
 * @throws {TypeError} for tags in one text, each of whose letters would be a tag
 */
export function refuseNonsense(options: ReadOptions<never>): void {
  for (const name in amounts) {
    const option = name as keyof typeof amounts; // its own
    const amount = options[option];
    if (amount === undefined || typeof amount === 'function') continue;
    if (!(typeof amount === 'number' && amount >= 0 && amount <= amounts[option]))
      throw new RangeError(`${option} is ${String(amount)}: give a number from 0 to ${amounts[option]}.`);
  }
  if (typeof options.tags === 'string')
    throw new TypeError(`tags is '${String(options.tags)}': give a list.`);
}
