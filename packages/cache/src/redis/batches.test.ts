import { describe, expect, it } from 'vitest';
import { Batches } from './batches.ts';

/** Batches that answer each item with itself, and note what was sent. */
function noted() {
  const sent: string[][] = [];
  const batches = new Batches(async (items: readonly string[]) => {
    sent.push([...items]);
    return items;
  });
  return { sent, ask: (item: string, bytes?: number) => batches.ask(item, item, bytes) };
}

describe('batches', () => {
  it('send together what is asked in one turn, also by those who waited for other promises', async () => {
    const { sent, ask } = noted();
    const late = async () => {
      for (let i = 0; i < 5; i++) await Promise.resolve();
      return ask('late');
    };
    await Promise.resolve();
    expect(await Promise.all([ask('a'), late(), ask('b')])).toEqual(['a', 'late', 'b']);
    expect(sent).toEqual([['a', 'b', 'late']]);
  });

  it('ask once for what several ask, and again for who comes after it was sent', async () => {
    const { sent, ask } = noted();
    const first = Promise.all([ask('a'), ask('a')]);
    await new Promise((resolve) => {
      process.nextTick(resolve);
    });
    await Promise.all([first, ask('a')]);
    expect(sent).toEqual([['a'], ['a']]);
  });

  it('hold so many items and so many bytes', async () => {
    const { sent, ask } = noted();
    const all = Promise.all(Array.from({ length: 60 }, (_, at) => ask(String(at))));
    expect(sent.map(({ length }) => length)).toEqual([25, 25]); // at once
    await all;
    expect(sent.map(({ length }) => length)).toEqual([25, 25, 10]);
    sent.length = 0;
    await Promise.all([ask('a', 400_000), ask('b', 600_000), ask('c', 1), ask('d', 9_000_000), ask('e')]);
    expect(sent).toEqual([['a', 'b'], ['c'], ['d'], ['e']]);
  });

  it('fail for all who are in them, and for nobody else', async () => {
    let fails = true;
    const batches = new Batches(async (items: readonly string[]) => {
      if (fails) throw new Error('away');
      return items;
    });
    const all = await Promise.allSettled([batches.ask('a', 'a'), batches.ask('b', 'b')]);
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    fails = false;
    expect(await batches.ask('a', 'a')).toBe('a');
  });
});
