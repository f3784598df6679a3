import { expect, it } from 'vitest';
import { ReadOnlyTracking } from './read-only-tracking.ts';

/** Whether a transaction that begins so, and goes on so, is known to be one. */
function isReadOnly(...texts: string[]): boolean {
  const tracking = new ReadOnlyTracking();
  for (const text of texts) tracking.send(text)('T');
  return tracking.send('commit')('I');
}

it('a transaction that begins READ ONLY is', () => {
  expect(isReadOnly('begin read only', 'select 1 -- read')).toBe(true);
});

it.each([
  ['begin /* not read only */'],
  ['begin -- read only\n'],
  ['begin read only', 'set transaction read write'],
  ['begin read only', 'set transaction read/**/write'],
  ['begin read only', 'set transaction read -- only\n write'],
])('a comment does not make it so: %s %s', (...texts) => {
  expect(isReadOnly(...texts)).toBe(false);
});
