import { expect, it } from 'vitest';
import { columnTags, tableTags } from './tags.ts';

it('a read of a workspace’s part of a table depends on any write to that, and on what goes through all of it', () => {
  expect(tableTags('w', 'data.people')).toEqual(['w:data.people:any', '*:data.people:bulk']);
  expect(tableTags('*', 'auth.user')).toEqual(['*:auth.user:any', '*:auth.user:bulk']);
});

it('a narrowed read depends on its value, and still on what goes through all of the table', () => {
  expect(columnTags('w', 't', 'c', '1')).toEqual(['w:t:c=1', 'w:t:bulk', '*:t:bulk']);
  expect(columnTags('*', 't', 'c', '1')).toEqual(['*:t:c=1', '*:t:bulk']);
});
