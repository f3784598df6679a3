import { expect, it } from 'vitest';
import { goneOn } from './gone-on.ts';

it('is thirty days after, across months and the change of the clocks', () => {
  expect(goneOn('2026-10-20T10:00:00Z').toISOString()).toBe('2026-11-19T10:00:00.000Z');
  expect(goneOn('2027-01-31T23:59:59+02:00').toISOString()).toBe('2027-03-02T21:59:59.000Z');
});
