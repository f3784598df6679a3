import { expect, it } from 'vitest';
import { NoticedRows } from './noticed-rows.ts';

it('keeps no more than a hundred thousand tags of a transaction', () => {
  const heard = new NoticedRows();
  const tags = Array.from({ length: 100 }, (_, i) => `tag ${i}`);
  const note = (times: number) => {
    for (let i = 0; i < times; i++)
      heard.note({ message: `vif_cache ${JSON.stringify([String(i), tags, 'shop.orders', 'UPDATE', '7'])}` });
  };
  note(1000);
  expect(heard.take()).toHaveLength(1000);
  note(1001);
  expect(heard.take()).toBeUndefined();
  note(1);
  expect(heard.take()).toHaveLength(1);
});
