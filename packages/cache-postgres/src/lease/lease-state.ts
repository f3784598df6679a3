/**
 * States of a lease. From each but `closed` a lost connection leads to `lost`, and `close()` to `closed`. An authority is
 * common when several processes share it, which then each have a lease.
 * - `taking`: connected, and asks for the lock. Another process has it that does not share this authority, unless the first
 *   answer is on its way. A common authority that turns out to be another one than before leads back here.
 * - `unasked`: connected, without the lock: the common authority cannot be asked which one it is. Nothing is drained.
 * - `waiting`: has the lock; whoever served before from another authority did not let go in order and may still serve.
 *   Nothing is drained: a row that is gone would tell its writer that nobody serves the older value.
 * - `drifted`: has the lock and drains; some table's writes leave no row, or the authority could not be made to forget.
 * - `holding`: has the lock and drains. Held, as long as the last good look was sent within the bound.
 * - `lost`: connects again, with pauses that grow.
 * - `closed`: for good.
 */
export type LeaseState = 'taking' | 'unasked' | 'waiting' | 'drifted' | 'holding' | 'lost' | 'closed';
