/** Days a record stays in the bin, which the server empties. */
const days = 30;

/**
 * When a record that was put into the bin goes for good.
 * @example goneOn('2026-11-01T10:00:00Z').toISOString() // '2026-12-01T10:00:00.000Z'
 */
export function goneOn(deletedAt: string): Date {
  return new Date(Date.parse(deletedAt) + days * 86_400_000);
}
