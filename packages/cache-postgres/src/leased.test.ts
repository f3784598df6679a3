import { expect, it } from 'vitest';
import { leased } from './leased.ts';

it('an authority can be asked while its lease is held, and bumped always', async () => {
  const bumped: string[] = [];
  const lease = { held: true };
  const position = { epoch: 'e', sequence: 1 };
  const authority = leased(
    {
      position: () => position,
      check: () => 'current',
      bump: (tags) => void bumped.push(...tags),
    },
    lease,
  );
  const token = { ...position, tags: [] };
  expect([authority.position(), authority.check(token)]).toEqual([position, 'current']);
  lease.held = false;
  expect([authority.position(), authority.check(token)]).toEqual([undefined, 'unreachable']);
  await authority.bump(['a']);
  expect(bumped).toEqual(['a']);
});
