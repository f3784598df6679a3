import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FifoQueue, type Queued } from './fifo-queue.ts';

interface Entry extends Queued<Entry> {
  readonly id: number;
}

it('holds what was appended, in that order, without what was removed, and counts it', () => {
  const step = fc.record({
    do: fc.constantFrom('append' as const, 'remove' as const, 'renew' as const, 'resize' as const),
    at: fc.nat({ max: 9 }),
    bytes: fc.nat({ max: 100 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const queue = new FifoQueue<Entry>();
      const expected: Entry[] = [];
      for (const [id, { do: what, at, bytes }] of steps.entries()) {
        const entry = expected[at];
        if (what === 'append') {
          const added = { id, bytes, older: undefined, newer: undefined };
          queue.append(added);
          expected.push(added);
        } else if (entry && what === 'remove') {
          queue.remove(entry);
          expected.splice(at, 1);
        } else if (entry && what === 'renew') {
          queue.remove(entry);
          queue.append(entry);
          expected.push(...expected.splice(at, 1));
        } else if (entry) {
          queue.resize(entry, bytes);
        }
        expect([queue.entries, queue.oldest?.id]).toEqual([expected.length, expected[0]?.id]);
        expect(queue.bytes).toBe(expected.reduce((sum, one) => sum + one.bytes, 0));
      }
      for (const { id } of expected) {
        expect(queue.oldest?.id).toBe(id);
        if (queue.oldest) queue.remove(queue.oldest);
      }
      expect([queue.entries, queue.bytes, queue.oldest]).toEqual([0, 0, undefined]);
    }),
  );
});
